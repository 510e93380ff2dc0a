package io.mailflow.catalogue;

import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What may lie behind a failure, in words, each with what speaks for it. */
public final class LikelyCauses {

    /** A sentence and the mark that ends it, which goes behind the brackets. */
    private static final Pattern END = Pattern.compile("^(.*?)([.\u3002]?)$", Pattern.DOTALL);

    private LikelyCauses() {}

    /** The causes of a remediation, likeliest first, in the language of the texts; so must the remediation be. */
    public static List<String> of(Remediation remediation, Texts texts) {
        List<String> causes = remediation.causes();
        if (remediation.ranking().size() != causes.size()) {
            return causes;
        }
        return IntStream.range(0, causes.size())
                .mapToObj(i -> withWhy(causes.get(i), remediation.ranking().get(i), texts))
                .toList();
    }

    private static String withWhy(String likely, Remediation.RankedCause ranked, Texts texts) {
        return ranked.clues().stream()
                .flatMap(clue -> texts.find("evidence." + clue, Map.of()).stream())
                .reduce((first, then) -> texts.text("alert.and-then", Map.of("first", first, "then", then)))
                .map(why -> {
                    String end = END.matcher(likely).replaceFirst("$2");
                    return texts.text(
                                    "alert.likely-why",
                                    Map.of("likely", END.matcher(likely).replaceFirst("$1"), "why", why))
                            + end;
                })
                .orElse(likely);
    }
}
