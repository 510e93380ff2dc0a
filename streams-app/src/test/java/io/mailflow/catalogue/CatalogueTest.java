package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.reply.LedExamples;
import io.mailflow.reply.LedExamples.Example;
import io.mailflow.reply.Reply;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private static final Catalogue CATALOGUE = Catalogue.shipped();
    private static final String EN = Languages.ENGLISH;
    private static final Destination MAIL = new Destination("mail.contoso.com", "203.0.113.7", 25);

    static List<Example> examples() {
        return LedExamples.all();
    }

    static Set<String> causes() {
        return ReplyParser.causes();
    }

    static Set<String> entries() {
        return CATALOGUE.entries();
    }

    @Test
    void hasAnEntryForEverySituationOnConnectors() {
        assertThat(CATALOGUE.entries()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(CATALOGUE.causes()).containsAll(ReplyParser.causes());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleHasItsEntryCauseAndOwner(Example example) {
        Remediation remedy = CATALOGUE.remedy(Situation.of(ReplyParser.parse(example.text())), EN);
        assertThat(remedy.entry()).isEqualTo(example.entry());
        assertThat(remedy.cause()).isEqualTo(example.cause());
        assertThat(remedy.owner()).isEqualTo(example.owner());
        assertComplete(remedy);
    }

    /** Reachable, and by its own example at a better rank than any other. */
    @ParameterizedTest
    @MethodSource("entries")
    void everyEntryAnswersItsOwnExampleAlone(String id) {
        String example = CATALOGUE.example(id).orElseThrow();
        Reply reply = ReplyParser.parse(example);
        assertOneBest(reply, id);
        assertThat(structureOf(id).firstStep()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void noTwoEntriesMatchATextAtTheSameRank(Example example) {
        assertOneBest(ReplyParser.parse(example.text()), example.entry());
    }

    private static void assertOneBest(Reply reply, String id) {
        String cause = reply.cause().orElse(null);
        EntryIndex.Match best = CATALOGUE.index().find(reply.code(), reply.text(), cause);
        assertThat(best.id()).isEqualTo(id);
        assertThat(CATALOGUE.index().matches(reply.code(), reply.text(), cause).stream()
                        .filter(match -> match.rank() == best.rank()))
                .hasSize(1);
    }

    @Test
    void everyEntryHasAFirstStepOfItsOwn() {
        Texts english = CATALOGUE.texts(EN);
        assertThat(CATALOGUE.entries().stream().map(id -> {
                    Step first = Objects.requireNonNull(structureOf(id).firstStep());
                    return english.pattern("entries." + id + ".firstStep")
                            + first.command(Platform.EXCHANGE_ONLINE)
                            + first.command(Platform.EXCHANGE_SERVER);
                }))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("causes")
    void everyCauseHasARemedyOfItsOwnWhateverTheCode(String cause) {
        for (Relation relation : new Relation[] {null, Relation.ON_PREMISES, Relation.PARTNER}) {
            Situation situation = named("450 4.4.317", cause).on(null, relation, null, null);
            Remediation remedy = CATALOGUE.remedy(situation, EN);
            assertThat(remedy.cause()).isEqualTo(cause);
            assertComplete(remedy);
            assertThat(CATALOGUE.isGeneric(named("599 5.9.999", cause))).isFalse();
            assertThat(CATALOGUE.remedy(named("599 5.9.999", cause), EN).title())
                    .doesNotContain("fails with 599");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "450 4.4.312, 550 5.4.312",
        "450 4.4.315, 550 5.4.315",
        "450 4.4.316, 550 5.4.316",
        "450 4.4.317, 550 5.4.317",
        "450 4.4.318, 550 5.4.318",
        "450 4.7.320, 550 5.7.320",
        "450 4.7.323, 550 5.7.323",
        "450 4.4.8, 550 5.4.8"
    })
    void theFinalTwinTellsOfLostMailAndMendsTheSame(String deferral, String last) {
        Remediation waiting = CATALOGUE.remedy(Situation.of(deferral), EN);
        Remediation lost = CATALOGUE.remedy(Situation.of(last), EN);
        assertThat(lost.entry()).isNotEqualTo(waiting.entry());
        assertThat(lost.title()).startsWith("Messages expired");
        assertThat(lost.owner()).isEqualTo(waiting.owner());
        assertThat(ids(lost)).containsAll(ids(waiting).subList(1, ids(waiting).size()));
    }

    @ParameterizedTest
    @CsvSource({
        "450 4.4.317, certificate-expired, Certificate of the destination server has expired (450 4.4.317)",
        "550 5.4.300, connection-reset, Connection reset by the destination server (550 5.4.300)",
        "550 4.4.7, dns-no-records, DNS holds no address for the destination server (550 4.4.7)",
        "none, connection-refused, Connection refused by the destination server",
        "450 4.4.317, starttls-required, The destination server demands STARTTLS before it takes mail (450 4.4.317)"
    })
    void theInnermostCauseDecidesUnderAWrapper(String code, String cause, String title) {
        assertThat(CATALOGUE.remedy(named(code, cause), EN).title()).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({
        "450 4.7.322, certificate-expired, dane-certificate-expired.firstStep",
        "450 4.4.312, dns-no-records, dns-query-failed.firstStep",
        "450 4.7.320, certificate-subject-mismatch, show-certificate"
    })
    void anEntryKeepsWhatItCoversItself(String code, String cause, String firstStep) {
        assertThat(ids(CATALOGUE.remedy(named(code, cause), EN)).get(0) + ".firstStep")
                .startsWith(firstStep.replace(".firstStep", ""));
    }

    @Test
    void sendersOfLostMailAreToldAfterTheFaultUnderAWrapperIsKnown() {
        assertThat(ids(CATALOGUE.remedy(named("550 5.4.300", "certificate-expired"), EN)))
                .startsWith("show-certificate")
                .endsWith("message-expired");
    }

    @Test
    void aCauseChoosesBetweenEntriesOfOneCodeWhereManyRepliesAreLookedAtTogether() {
        assertThat(CATALOGUE.entry(named("550 5.7.1", "relay-denied"))).isEqualTo("unable-to-relay");
        assertThat(CATALOGUE.entry(named("550 5.7.1", "recipient-restricted"))).isEqualTo("resolver-restricted");
        assertThat(CATALOGUE.entry(Situation.of("550 5.7.1"))).isEqualTo("refused-by-policy");
        assertThat(CATALOGUE.entry(named("454 4.7.0", "certificate-expired"))).isEqualTo("tls-channel-failed");
    }

    @Test
    void ownEnvironmentAndPartnerGetDifferentStepsAndOwners() {
        Remediation ours = on(Relation.ON_PREMISES, "450 4.4.316");
        Remediation theirs = on(Relation.PARTNER, "450 4.4.316");
        assertThat(ours.owner()).isEqualTo(Owner.OUR_ADMIN);
        assertThat(theirs.owner()).isEqualTo(Owner.REMOTE_ORGANISATION);
        assertThat(ids(ours)).contains("allow-microsoft", "fix-now").doesNotContain("send-partner-facts");
        assertThat(ids(theirs))
                .contains("send-partner-facts", "ask-partner-port")
                .doesNotContain("fix-now");
        assertThat(ours.causes()).hasSize(3);
        assertThat(theirs.causes()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "450 4.4.312",
                "450 4.4.315",
                "450 4.4.316",
                "450 4.4.317",
                "450 4.4.318",
                "450 4.7.320",
                "451 4.9.9"
            })
    void forEveryCodeThePartnerIsContactedWhereTheServerIsTheirs(String code) {
        Remediation ours = on(Relation.ON_PREMISES, code);
        Remediation theirs = on(Relation.PARTNER, code);
        assertThat(ours.steps()).isNotEqualTo(theirs.steps());
        assertThat(ours.owner()).isEqualTo(Owner.OUR_ADMIN);
        assertThat(theirs.owner()).isEqualTo(Owner.REMOTE_ORGANISATION);
        assertThat(theirs.steps()).anySatisfy(step -> assertThat(step.text()).contains("partner"));
    }

    @Test
    void whatIsMendedHereStaysHereWhoeverIsAtTheOtherEnd() {
        assertThat(on(Relation.PARTNER, "550 5.7.509").owner()).isEqualTo(Owner.OUR_ADMIN);
        assertThat(ids(on(Relation.PARTNER, "550 5.7.509"))).contains("include-senders");
    }

    @Test
    void retiredServersHaveTheirWayOut() {
        Remediation remedy = CATALOGUE.remedy(
                Situation.of("450 4.4.316").on("To Berlin", Relation.ON_PREMISES, null, "contoso.com"), EN);
        assertThat(texts(remedy)).contains("Fix now", "invalid recipients", "Internal relay", "Authoritative");
        assertThat(commands(remedy))
                .contains("Set-OutboundConnector -Identity 'To Berlin' -Enabled $false")
                .contains("Remove-OutboundConnector -Identity 'To Berlin'")
                .contains("Set-AcceptedDomain -Identity contoso.com -DomainType Authoritative");
        assertThat(remedy.takesEffect()).isEqualTo("after 30 minutes to 1 hour");
        assertThat(remedy.verify()).contains("an hour");
    }

    @Test
    void exchangeOnlineAndExchangeServerGetDifferentCommands() {
        Situation refused = Situation.of("450 4.4.317");
        String online = String.join(
                "\n",
                commands(CATALOGUE.remedy(refused.on("C", Relation.ON_PREMISES, Platform.EXCHANGE_ONLINE, null), EN)));
        String server = String.join(
                "\n",
                commands(CATALOGUE.remedy(refused.on("C", Relation.ON_PREMISES, Platform.EXCHANGE_SERVER, null), EN)));
        assertThat(online).contains("Get-OutboundConnector -Identity C").doesNotContain("Get-SendConnector");
        assertThat(server).contains("Get-SendConnector -Identity C").doesNotContain("Get-OutboundConnector");
        assertThat(commands(CATALOGUE.remedy(Situation.of("451 4.4.397"), EN)))
                .as("the code tells the platform where nothing else does")
                .anySatisfy(command -> assertThat(command).contains("Get-SendConnector"));
    }

    @Test
    void commandsNameTheServerOfTheEvidence() {
        Remediation remedy =
                CATALOGUE.remedy(Situation.of("450 4.4.316").at(new Destination("mail.contoso.com", null, 2525)), EN);
        assertThat(commands(remedy)).contains("Test-NetConnection -ComputerName mail.contoso.com -Port 2525");
        assertThat(remedy.title()).isEqualTo("Connection refused by mail.contoso.com (450 4.4.316)");
    }

    @Test
    void anIpv6AddressIsBracketedWhereAPortFollows() {
        Remediation remedy =
                CATALOGUE.remedy(Situation.of("421 4.4.2").at(new Destination(null, "2001:db8::25", null)), EN);
        assertThat(commands(remedy)).contains("openssl s_client -starttls smtp -crlf -connect '[2001:db8::25]:25'");
    }

    @Test
    void anUnknownServerIsLeftForTheReaderToFillIn() {
        Remediation remedy = CATALOGUE.remedy(Situation.of("450 4.4.316"), EN);
        assertThat(commands(remedy)).contains("Test-NetConnection -ComputerName '<destination server>' -Port 25");
        assertThat(remedy.title()).contains("the destination server");
    }

    @Test
    void certificateNamesGetIntoParametersAndCommands() {
        Remediation remedy = CATALOGUE.remedy(
                Situation.of(
                        ReplyParser.parse(
                                "450 4.4.317 Cannot connect to remote server [Message=SubjectMismatch "
                                        + "Expected Subject: mail.contoso.com. Presented Subject: CN=ex01.contoso.com. Thumbprint: AB.]")),
                EN);
        assertThat(remedy.parameters())
                .containsEntry("expected", "mail.contoso.com")
                .containsEntry("presented", "CN=ex01.contoso.com");
        assertThat(commands(remedy)).anySatisfy(command -> assertThat(command).endsWith("-TlsDomain ex01.contoso.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail; reboot", "$(reboot)", "`reboot`", "-oProxyCommand=x", "a b", "x\" | y"})
    void nothingButANameGetsInAsAHost(String host) {
        Remediation remedy = CATALOGUE.remedy(Situation.of("450 4.4.316").at(new Destination(host, host, 25)), EN);
        assertThat(commands(remedy)).contains("Test-NetConnection -ComputerName '<destination server>' -Port 25");
        assertThat(remedy.toString()).doesNotContain(host);
    }

    @Test
    void aCodeNobodyListedGetsItsMeaningAndItsServer() {
        Situation situation = Situation.of("550 4.2.4")
                .on(null, Relation.ON_PREMISES, null, null)
                .at(MAIL);
        Remediation remedy = CATALOGUE.remedy(situation, EN);
        assertThat(CATALOGUE.isGeneric(situation)).isTrue();
        assertThat(remedy.title()).contains("mail.contoso.com (203.0.113.7)");
        assertThat(remedy.causes().get(0))
                .contains("refused for good", "about the mailbox", "distribution list could not be expanded");
        assertComplete(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "none, no-reply",
        "421, service-not-active",
        "450 4.7.502, source-throttled",
        "554, any-other-code",
        "550 4.4.7, queue-expired",
        "400 4.4.7, message-delayed",
        "250 2.1.5, accepted"
    })
    void everyKindOfCodeHasAnEntry(String code, String entry) {
        Remediation remedy = CATALOGUE.remedy(Situation.of(code), EN);
        assertThat(remedy.entry()).isEqualTo(entry);
        assertComplete(remedy);
    }

    @Test
    void stepsSayWhoTakesThemAndWhenTheyShow() {
        Remediation remedy = on(Relation.PARTNER, "450 4.4.316");
        assertThat(remedy.steps())
                .anySatisfy(step -> assertThat(step.owner()).isEqualTo(Owner.REMOTE_ORGANISATION))
                .anySatisfy(step -> assertThat(step.takesEffect()).isNotNull());
    }

    static void assertComplete(Remediation remedy) {
        assertThat(Stream.of(remedy.title(), remedy.verify(), remedy.explanation(), remedy.giveUp()))
                .noneMatch(String::isBlank);
        assertThat(remedy.causes()).isNotEmpty().hasSameSizeAs(remedy.ranking());
        assertThat(remedy.links()).isNotEmpty();
        assertThat(remedy.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.text()).isNotBlank());
        assertThat(remedy.toString()).doesNotContainPattern("\\{[a-zA-Z]+}");
    }

    private static StructureFile.Entry structureOf(String id) {
        return Objects.requireNonNull(CATALOGUE.structure().all().entries().get(id));
    }

    private static Situation named(String code, String cause) {
        return Situation.of(code).withCauses(List.of(new Situation.CauseCount(cause, 10)));
    }

    private static Remediation on(Relation relation, String code) {
        return CATALOGUE.remedy(
                Situation.of(code).on(null, relation, null, null).at(MAIL), EN);
    }

    private static List<String> ids(Remediation remedy) {
        return remedy.steps().stream()
                .map(step -> Objects.requireNonNull(step.id()))
                .toList();
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
}
