package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.reply.CertificateNames;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every entry and every cause in every language, as they are read. When this fails, read the difference as the
 * administrator would; if it is meant, write the snapshots anew with {@code -Dmailflow.snapshots=write}.
 */
class CatalogueSnapshotTest {

    static final List<String> ALL = Languages.SHIPPED;

    private static final Path FOLDER = Path.of("src", "test", "resources", "io", "mailflow", "catalogue", "snapshots");
    private static final Catalogue CATALOGUE = Catalogue.shipped();

    @ParameterizedTest
    @FieldSource("ALL")
    void everyEntryAndCauseReadsAsReviewed(String language) throws IOException {
        Path file = FOLDER.resolve(language + ".txt");
        String now = page(language);
        if ("write".equals(System.getProperty("mailflow.snapshots"))) {
            Files.writeString(file, now);
        }
        assertThat(file).as("write it with -Dmailflow.snapshots=write").exists();
        assertThat(now).isEqualTo(Files.readString(file));
    }

    private static String page(String language) {
        StringBuilder page = new StringBuilder();
        for (String id : CATALOGUE.entries()) {
            Situation situation =
                    Situation.of(ReplyParser.parse(CATALOGUE.example(id).orElseThrow()));
            write(page, "entry " + id, CATALOGUE.remedy(known(situation, Relation.ON_PREMISES), language));
        }
        for (String cause : CATALOGUE.causes()) {
            Situation situation = Situation.of("450 4.4.317").withCauses(List.of(new Situation.CauseCount(cause, 10)));
            write(page, "cause " + cause, CATALOGUE.remedy(known(situation, Relation.PARTNER), language));
        }
        return page.toString();
    }

    private static Situation known(Situation situation, Relation relation) {
        return situation
                .on("To Berlin", relation, null, "contoso.com")
                .at(new Destination("mail.contoso.com", "203.0.113.7", 25))
                .with(
                        "5f3c1a52-0c8f-4d0e-9d0e-08de19030bb9",
                        new CertificateNames(Optional.of("mail.contoso.com"), Optional.of("CN=ex01.contoso.com")));
    }

    private static void write(StringBuilder page, String heading, Remediation remedy) {
        page.append("== ").append(heading).append(" | ").append(remedy.owner()).append('\n');
        page.append(remedy.title()).append('\n').append(remedy.explanation()).append('\n');
        remedy.causes().forEach(cause -> page.append("  - ").append(cause).append('\n'));
        for (Remediation.Step step : remedy.steps()) {
            page.append("  > ").append(step.text()).append('\n');
            if (step.command() != null) {
                page.append("      ").append(step.command()).append('\n');
            }
        }
        page.append("  ").append(remedy.takesEffect()).append('\n');
        page.append("  ").append(remedy.verify()).append('\n');
        page.append("  ").append(remedy.giveUp()).append("\n\n");
    }
}
