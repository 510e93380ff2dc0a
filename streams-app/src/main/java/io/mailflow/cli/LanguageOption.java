package io.mailflow.cli;

import io.mailflow.catalogue.Languages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The language in which a command writes ({@code @Mixin}). */
final class LanguageOption {

    @Option(
            names = "--lang",
            paramLabel = "TAG",
            description =
                    "Language of alerts and advice: en, zh-TW, zh-CN, pl, da or ja. Default: what the configuration"
                            + " says, else en.")
    private @Nullable String tag;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The language asked for, else another. */
    String or(String otherwise) {
        String asked = tag == null ? otherwise : tag;
        return Languages.find(asked)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There are no texts in '" + asked + "'; the catalogue has "
                                + String.join(", ", Languages.SHIPPED) + "."));
    }

    /** Whether one was asked for. */
    boolean isGiven() {
        return tag != null;
    }
}
