package io.mailflow.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailflow.catalogue.OtherConnectors.Failing;
import io.mailflow.catalogue.OtherConnectors.Well;
import io.mailflow.schema.Remediation;
import io.mailflow.schema.Remediation.RankedCause;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtherConnectorsTest {

    private static final Instant SINCE = Instant.parse("2026-01-05T08:00:00Z");
    private static final Failing BERLIN = failing("To Berlin", "450 4.4.316", "mail.contoso.com", "203.0.113.7");

    @Test
    void severalConnectorsFailWhereTheyShareAServer() {
        assertThat(about(failing("To Hamburg", "451 4.4.0", "203.0.113.7"))).containsExactly(Clue.SEVERAL_CONNECTORS);
    }

    @Test
    void theSameFailureAtAnotherServerPointsElsewhere() {
        assertThat(about(failing("To Oslo", "450 4.4.316", "mx.fabrikam.com"))).containsExactly(Clue.SAME_ELSEWHERE);
        assertThat(about(failing("To Oslo", "450 4.4.315", "mx.fabrikam.com"))).isEmpty();
    }

    @Test
    void whatBeganAtAnotherTimeOrForAnotherCauseIsNotTheSame() {
        Failing later = new Failing(
                "northwind",
                "To Oslo",
                "450 4.4.316",
                null,
                SINCE.plus(OtherConnectors.TOGETHER).plusSeconds(1),
                Set.of());
        Failing named = new Failing("northwind", "To Oslo", "450 4.4.316", "mail-loop", SINCE, Set.of());
        assertThat(about(later)).isEmpty();
        assertThat(about(named)).isEmpty();
    }

    @Test
    void itselfItsOwnCodesAnotherTenantAndTheUnknownConnectorTellNothing() {
        Failing stranger = new Failing("fabrikam", "To Hamburg", "450 4.4.316", null, SINCE, BERLIN.servers());
        assertThat(about(
                        BERLIN,
                        failing("To Berlin", "450 4.4.315", "mail.contoso.com"),
                        stranger,
                        failing("unknown", "450 4.4.316", "mail.contoso.com")))
                .isEmpty();
    }

    @Test
    void oneConnectorFailsWhereAnotherDeliversToTheSamePlace() {
        Well sameServer = new Well("northwind", "To Contoso", Set.of("mail.contoso.com"));
        Well sameDomain = new Well("northwind", "To Contoso", Set.of("contoso.com"));
        Well otherPlace = new Well("northwind", "To Oslo", Set.of("mx.fabrikam.com"));
        Well otherTenant = new Well("fabrikam", "To Contoso", Set.of("mail.contoso.com"));
        assertThat(about(sameServer)).containsExactly(Clue.ONE_CONNECTOR);
        assertThat(about(sameDomain)).containsExactly(Clue.ONE_CONNECTOR);
        assertThat(about(otherPlace)).isEmpty();
        assertThat(about(otherTenant)).isEmpty();
    }

    @Test
    void whereSeveralFailItIsNotOneThoughAThirdDelivers() {
        assertThat(OtherConnectors.about(
                        BERLIN,
                        Set.of(),
                        List.of(failing("To Hamburg", "450 4.4.316", "mail.contoso.com")),
                        List.of(new Well("northwind", "To Contoso", Set.of("mail.contoso.com")))))
                .containsExactly(Clue.SEVERAL_CONNECTORS);
    }

    @Test
    void cluesRankTheCausesOnceMoreAndCountOnce() {
        Catalogue catalogue = Catalogue.shipped();
        Remediation published = catalogue.remedy(
                Situation.of("450 4.4.315").withCauses(List.of(new Situation.CauseCount("connection-timed-out", 9))),
                "da");
        assertThat(ids(published)).startsWith("server-down", "wrong-address");

        Remediation one = catalogue.with(Set.of(Clue.ONE_CONNECTOR), published);
        assertThat(ids(one)).startsWith("wrong-address", "server-down");
        assertThat(one.ranking().get(0).clues()).containsExactly("one-connector");
        assertThat(one.causes().get(0)).isEqualTo(published.causes().get(1));
        assertThat(catalogue.with(Set.of(Clue.ONE_CONNECTOR), one)).isEqualTo(one);
        assertThat(LikelyCauses.of(one, catalogue.texts("da")).get(0))
                .endsWith("(en anden connector til samme destination leverer).");

        assertThat(ids(catalogue.with(Set.of(Clue.SEVERAL_CONNECTORS), published)))
                .containsExactly("server-down", "packets-dropped", "wrong-address");
        assertThat(catalogue.in("pl", one))
                .isEqualTo(catalogue.with(Set.of(Clue.ONE_CONNECTOR), catalogue.in("pl", published)));
    }

    @Test
    void everyClueMovesSomeCauseAndIsSaidInWords() {
        assertThat(Catalogue.shipped().structure().all().likely().values().stream()
                        .flatMap(likely -> likely.clues().stream()))
                .contains(Clue.ONE_CONNECTOR, Clue.SEVERAL_CONNECTORS, Clue.SAME_ELSEWHERE);
        for (Clue clue : Clue.values()) {
            assertThat(Catalogue.shipped().texts("ja").has("evidence." + clue.id()))
                    .isTrue();
        }
    }

    private static List<String> ids(Remediation remediation) {
        return remediation.ranking().stream().map(RankedCause::id).toList();
    }

    private static Failing failing(String connector, String code, String... servers) {
        return new Failing("northwind", connector, code, null, SINCE, Set.of(servers));
    }

    private static Set<Clue> about(Failing... others) {
        return OtherConnectors.about(BERLIN, Set.of(), List.of(others), List.of());
    }

    private static Set<Clue> about(Well other) {
        return OtherConnectors.about(BERLIN, Set.of("contoso.com"), List.of(BERLIN), List.of(other));
    }
}
