package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailflow.reply.LedExamples;
import io.mailflow.reply.LedExamples.Example;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private static final Catalogue ENGLISH = Catalogue.english();
    private static final Destination MAIL = new Destination("mail.contoso.com", "203.0.113.7", 25);

    static List<Example> examples() {
        return LedExamples.all();
    }

    static Set<String> causes() {
        return ReplyParser.causes();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleHasItsEntryAndOwner(Example example) {
        Remediation remedy = ENGLISH.remedy(ReplyParser.parse(example.text()), Situation.UNKNOWN);
        assertThat(remedy.entry()).isEqualTo(example.entry());
        assertThat(remedy.owner()).isEqualTo(example.owner());
        assertThat(remedy.cause()).isEqualTo(example.cause());
        assertComplete(remedy);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void everyCauseHasARemedyOfItsOwnWhateverTheCode(String cause) {
        for (Relation relation : new Relation[] {null, Relation.ON_PREMISES, Relation.PARTNER}) {
            Remediation remedy = ENGLISH.remedy("450 4.4.317", List.of(cause), relation, null);
            assertThat(remedy.cause()).isEqualTo(cause);
            assertComplete(remedy);
            assertThat(ENGLISH.remedy("599 5.9.999", List.of(cause), relation, null)
                            .entry())
                    .as("entry for a cause under a code nobody listed")
                    .isNotEqualTo(Catalogue.ANY_OTHER_CODE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "450 4.4.312, 550 5.4.312, dns-query-failed",
        "450 4.4.315, 550 5.4.315, connection-timed-out",
        "450 4.4.316, 550 5.4.316, connection-refused",
        "450 4.4.317, 550 5.4.317, remote-server-answers-with-error",
        "450 4.4.318, 550 5.4.318, connection-closed",
        "450 4.7.320, 550 5.7.320, certificate-invalid",
        "450 4.7.323, 5.7.323, dane-tlsa"
    })
    void deferralAndFinalCodeReachTheSameRemedy(String deferral, String last, String entry) {
        assertThat(ENGLISH.remedy(deferral, Situation.UNKNOWN).entry()).isEqualTo(entry);
        assertThat(ENGLISH.remedy(last, Situation.UNKNOWN).entry()).isEqualTo(entry);
    }

    @ParameterizedTest
    @CsvSource({
        "450 4.4.317, certificate-expired, certificate-expired",
        "450 4.4.317, service-unavailable, service-unavailable",
        "450 4.4.317, connection-failed, remote-server-answers-with-error",
        "550 5.4.300, connection-reset, connection-closed",
        "550 4.4.7, dns-no-records, dns-query-failed",
        "441 4.4.1, connection-refused, connection-refused",
        "450 4.7.322, certificate-expired, dane-certificate",
        "450 4.7.320, certificate-subject-mismatch, certificate-subject-mismatch",
        "none, connection-refused, connection-refused"
    })
    void theCauseDecidesUnlessTheCodesEntryKeepsIt(String code, String cause, String entry) {
        assertThat(ENGLISH.remedy(code, List.of(cause), null, null).entry()).isEqualTo(entry);
    }

    @Test
    void theMostFrequentCauseLeads() {
        List<String> causes = List.of("certificate-subject-mismatch", "certificate-expired");
        Remediation remedy = ENGLISH.remedy("450 4.4.317", causes, null, null);
        assertThat(remedy.entry()).isEqualTo("certificate-subject-mismatch");
        assertThat(remedy.cause()).isEqualTo("certificate-subject-mismatch");
    }

    @Test
    void likelyCausesThatTheEvidenceNamesMoveToTheFront() {
        assertThat(ENGLISH.remedy("450 4.4.312", Situation.UNKNOWN).causes().get(0))
                .contains("hosts the DNS zone");
        assertThat(ENGLISH.remedy("450 4.4.312", List.of("dns-no-records"), null, null)
                        .causes()
                        .get(0))
                .contains("no address or MX record");
    }

    @Test
    void ownEnvironmentAndPartnerGetDifferentStepsAndOwners() {
        Remediation ours = ENGLISH.remedy("450 4.4.316", List.of(), Relation.ON_PREMISES, MAIL);
        Remediation theirs = ENGLISH.remedy("450 4.4.316", List.of(), Relation.PARTNER, MAIL);
        assertThat(ours.owner()).isEqualTo(Owner.OUR_ADMIN);
        assertThat(theirs.owner()).isEqualTo(Owner.REMOTE_ORGANISATION);
        assertThat(texts(ours))
                .contains("IP ranges of Microsoft 365", "retired")
                .doesNotContain("partner");
        assertThat(texts(theirs))
                .contains("Only the partner can mend their side")
                .doesNotContain("retired");
        assertThat(ours.causes()).hasSize(3);
        assertThat(theirs.causes()).hasSize(2);
    }

    @Test
    void everyEntryDiffersBetweenOwnEnvironmentAndPartner() {
        for (String code : List.of(
                "450 4.4.312",
                "450 4.4.315",
                "450 4.4.316",
                "450 4.4.317",
                "450 4.4.318",
                "450 4.7.320",
                "451 4.9.9")) {
            Remediation ours = ENGLISH.remedy(code, List.of(), Relation.ON_PREMISES, MAIL);
            Remediation theirs = ENGLISH.remedy(code, List.of(), Relation.PARTNER, MAIL);
            assertThat(ours.steps()).as(code).isNotEqualTo(theirs.steps());
            assertThat(ours.owner()).as(code).isNotEqualTo(theirs.owner());
        }
    }

    @Test
    void retiredServersHaveTheirWayOut() {
        Remediation remedy = ENGLISH.remedy("450 4.4.316", List.of(), Relation.ON_PREMISES, MAIL);
        assertThat(texts(remedy)).contains("Fix now", "invalid recipients", "Internal relay", "Authoritative");
        assertThat(commands(remedy))
                .contains("Set-OutboundConnector \"<connector name>\" -Enabled $false")
                .contains("Remove-OutboundConnector \"<connector name>\"")
                .contains("Set-AcceptedDomain <accepted domain> -DomainType Authoritative");
        assertThat(remedy.takesEffect()).isEqualTo("30 minutes to an hour");
        assertThat(remedy.verify()).contains("an hour");
    }

    @Test
    void commandsNameTheServerOfTheEvidence() {
        Remediation remedy =
                ENGLISH.remedy("450 4.4.316", List.of(), null, new Destination("mail.contoso.com", null, 2525));
        assertThat(commands(remedy)).contains("Test-NetConnection mail.contoso.com -Port 2525");
        assertThat(remedy.title()).isEqualTo("Connection refused by mail.contoso.com (450 4.4.316)");
    }

    @Test
    void anIpv6AddressIsBracketedWhereAPortFollows() {
        Remediation remedy =
                ENGLISH.remedy("450 4.4.317", List.of(), null, new Destination(null, "2001:db8::25", null));
        assertThat(commands(remedy)).contains("openssl s_client -starttls smtp -connect [2001:db8::25]:25");
    }

    @Test
    void anUnknownServerIsLeftForTheReaderToFillIn() {
        Remediation remedy = ENGLISH.remedy("450 4.4.316", Situation.UNKNOWN);
        assertThat(commands(remedy)).contains("Test-NetConnection <destination server> -Port 25");
        assertThat(remedy.title()).contains("the destination server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail; reboot", "$(reboot)", "`reboot`", "-oProxyCommand=x", "a b", "x\" | y"})
    void nothingButANameGetsIntoACommand(String host) {
        Remediation remedy = ENGLISH.remedy("450 4.4.316", List.of(), null, new Destination(host, host, 25));
        assertThat(commands(remedy)).contains("Test-NetConnection <destination server> -Port 25");
        assertThat(remedy.toString()).doesNotContain(host);
    }

    @Test
    void aCodeNobodyListedGetsItsMeaningAndItsServer() {
        Remediation remedy = ENGLISH.remedy("550 4.2.4", List.of(), Relation.ON_PREMISES, MAIL);
        assertThat(remedy.entry()).isEqualTo(Catalogue.ANY_OTHER_CODE);
        assertThat(remedy.title()).contains("mail.contoso.com (203.0.113.7)");
        assertThat(remedy.causes().get(0))
                .contains("refused for good", "about the mailbox", "distribution list could not be expanded");
        assertComplete(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "none, no-reply",
        "421, service-unavailable",
        "450 4.7.502, throttled",
        "554, any-other-code",
        "250 2.1.5, accepted"
    })
    void everyKindOfCodeHasAnEntry(String code, String entry) {
        Remediation remedy = ENGLISH.remedy(code, Situation.UNKNOWN);
        assertThat(remedy.entry()).isEqualTo(entry);
        assertComplete(remedy);
    }

    @Test
    void anotherLanguageFallsBackToEnglish() {
        assertThat(Catalogue.load(Locale.forLanguageTag("tlh")).entries()).isEqualTo(ENGLISH.entries());
    }

    @Test
    void anUnknownKeyIsNamedWithItsLine() throws IOException {
        String yaml = english().replaceFirst("    title: ", "    titel: ");
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(CatalogueException.class)
                .hasMessageMatching(
                        "(?s)test.yaml, line \\d+: the key entries.dns-query-failed.titel is not known here; known are .*title.*");
    }

    @Test
    void aMissingKeyIsNamed() throws IOException {
        String yaml = english().replaceFirst("    verify: .*\n", "");
        assertThatThrownBy(() -> read(yaml))
                .hasMessage("test.yaml: the key entries.dns-query-failed.verify is missing");
    }

    @Test
    void anUnknownPlaceholderIsNamed() throws IOException {
        String yaml =
                english().replaceFirst("title: No IP address for \\{destination}", "title: No IP address for {server}");
        assertThatThrownBy(() -> read(yaml)).hasMessageContaining("placeholders [server]");
    }

    @Test
    void twoEntriesForOneCodeAreRefused() throws IOException {
        String yaml = english().replaceFirst("\"4.4.315\"", "\"4.4.316\"");
        assertThatThrownBy(() -> read(yaml)).hasMessageContaining("claim the code 4.4.316");
    }

    @Test
    void aDuplicateKeyIsRefused() throws IOException {
        String yaml = english() + "\nlanguage: de\n";
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("Duplicate");
    }

    private static void assertComplete(Remediation remedy) {
        assertThat(remedy.title()).isNotBlank();
        assertThat(remedy.causes()).isNotEmpty();
        assertThat(remedy.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.text()).isNotBlank());
        assertThat(remedy.verify()).isNotBlank();
        assertThat(remedy.toString()).doesNotContainPattern("\\{[a-z]+}");
    }

    private static String texts(Remediation remedy) {
        return String.join(
                "\n", remedy.steps().stream().map(Remediation.Step::text).toList());
    }

    private static List<String> commands(Remediation remedy) {
        return remedy.steps().stream()
                .map(Remediation.Step::command)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String english() throws IOException {
        try (InputStream yaml = Objects.requireNonNull(Catalogue.class.getResourceAsStream("en.yaml"))) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Catalogue read(String yaml) {
        return Catalogue.read("test.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
