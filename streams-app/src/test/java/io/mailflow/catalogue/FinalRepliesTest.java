package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.reply.ReplyClass;
import io.mailflow.reply.ReplyParser;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import io.mailflow.schema.Remediation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was refused for good or has expired is tried by no server again: nobody is told to wait for that. */
class FinalRepliesTest {

    private static final Catalogue CATALOGUE = Catalogue.shipped();
    private static final Set<String> TRIED_AGAIN = Set.of("retry-queue", "wait-for-retries");
    private static final Pattern RETRY = Pattern.compile(
            "\\b(?:retry|retries|next try|later attempt|another try|before the first message expires)\\b",
            Pattern.CASE_INSENSITIVE);

    static Set<String> entries() {
        return CATALOGUE.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void noFinalEntryTellsToWaitForARetry(String id) {
        for (String code : finalCodes(id)) {
            List<Situation> situations = new ArrayList<>(List.of(Situation.of(code)));
            ReplyParser.causes()
                    .forEach(cause ->
                            situations.add(Situation.of(code).withCauses(List.of(new Situation.CauseCount(cause, 1)))));
            for (Situation situation : situations) {
                for (Relation relation : Relation.values()) {
                    for (Platform platform : Platform.values()) {
                        assertNothingIsTriedAgain(CATALOGUE.remedy(situation.on(null, relation, platform, null), "en"));
                    }
                }
            }
        }
    }

    private static void assertNothingIsTriedAgain(Remediation remedy) {
        List<String> texts = new ArrayList<>(List.of(remedy.title(), remedy.verify(), remedy.giveUp()));
        remedy.steps().forEach(step -> texts.add(step.text()));
        assertThat(texts)
                .as(remedy.entry() + " " + remedy.cause())
                .noneMatch(text -> RETRY.matcher(text).find());
        assertThat(remedy.steps()).extracting(Remediation.Step::id).doesNotContainAnyElementsOf(TRIED_AGAIN);
    }

    @ParameterizedTest
    @CsvSource({"550 5.7.321", "550 5.7.322", "550 5.7.323", "550 5.7.324", "550 5.7.325", "550 5.4.316", "550 4.4.7"})
    void whatWasLostIsVerifiedByMailOfToday(String code) {
        Remediation remedy = CATALOGUE.remedy(Situation.of(code), "en");
        assertThat(remedy.verify()).startsWith("A test message sent through the connector now is delivered");
        assertThat(CATALOGUE.in("da", remedy).verify()).startsWith("En testmeddelelse");
    }

    @Test
    void whatIsDeferredIsStillTriedAgain() {
        assertThat(CATALOGUE.remedy(Situation.of("451 4.7.1"), "en").verify()).startsWith("The next retry");
        assertThat(CATALOGUE.remedy(Situation.of("550 5.7.8"), "en").verify()).startsWith("A new message");
        assertThat(CATALOGUE.remedy(Situation.of("454 4.7.8"), "en").verify()).startsWith("The next retry");
    }

    /** Each of these had the plan of something else once. */
    @ParameterizedTest
    @CsvSource({
        "535 5.7.8, set-login, restart-transport",
        "454 4.7.0, restart-services, restart-transport",
        "550 5.6.11, end-lines, sender-corrects",
        "550 5.1.20, one-from-address, sender-corrects",
        "550 5.7.57, client-login, clocks-and-names"
    })
    void aPlanSuitsItsEntry(String code, String has, String hasNot) {
        Situation here = Situation.of(code).on(null, Relation.ON_PREMISES, Platform.EXCHANGE_SERVER, null);
        assertThat(CATALOGUE.remedy(here, "en").steps())
                .extracting(Remediation.Step::id)
                .contains(has)
                .doesNotContain(hasNot);
    }

    @Test
    void aThrottledRecipientIsNoStoppedService() {
        Remediation remedy = CATALOGUE.remedy(
                Situation.of(ReplyParser.parse("432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded"))
                        .on(null, Relation.ON_PREMISES, null, null),
                "en");
        assertThat(remedy.steps())
                .extracting(Remediation.Step::id)
                .contains("slow-recipient")
                .doesNotContain("activate-components", "mail-services");
    }

    /** Alerts hold no address, and what looks like one is none either. */
    @ParameterizedTest
    @MethodSource("entries")
    void noCommandLooksAsIfItHeldAnAddress(String id) {
        Situation situation =
                Situation.of(ReplyParser.parse(CATALOGUE.example(id).orElseThrow()));
        for (Platform platform : Platform.values()) {
            assertThat(CATALOGUE
                            .remedy(situation.on(null, null, platform, null), "en")
                            .toString())
                    .doesNotContain("@");
        }
    }

    private static List<String> finalCodes(String id) {
        StructureFile.Entry entry =
                Objects.requireNonNull(CATALOGUE.structure().all().entries().get(id));
        return entry.codes().stream()
                .map(codes -> EntryIndex.expanded(codes).get(0))
                .filter(code -> ReplyClass.of(code) == ReplyClass.PERMANENT)
                .toList();
    }
}
