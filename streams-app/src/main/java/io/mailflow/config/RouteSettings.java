package io.mailflow.config;

import io.mailflow.schema.Owner;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How incidents reach on-call ({@code route.*}).
 *
 * @param alertmanagers addresses of the members of one Alertmanager cluster, each told everything; none: nobody is paged
 * @param user name for basic authentication, or null
 * @param password of that user, or null
 * @param bearerToken sent instead of a user, or null
 * @param pageUrl where people open the program's page, for links; or null
 * @param runbookUrl where the house's own instructions stand, {@code {entry}} standing for the catalogue entry; or null
 * @param resendEvery how often an alert that fires is sent again
 * @param firingFor how long Alertmanager keeps an alert firing that is not sent again
 * @param ourAdmin value of the label {@code owner} where {@link Owner#OUR_ADMIN} must act
 * @param remoteOrganisation value of the label where {@link Owner#REMOTE_ORGANISATION} must act
 * @param sender value of the label where {@link Owner#SENDER} must act
 */
public record RouteSettings(
        List<URI> alertmanagers,
        @Nullable String user,
        @Nullable SecretSource password,
        @Nullable SecretSource bearerToken,
        @Nullable URI pageUrl,
        @Nullable String runbookUrl,
        Duration resendEvery,
        Duration firingFor,
        String ourAdmin,
        String remoteOrganisation,
        String sender) {

    /** The word that stands where there is none. */
    static final String NONE = "none";

    /** The defaults of {@code mailflow.yaml}: incidents are kept, nobody is paged. */
    public static final RouteSettings DEFAULT = new RouteSettings(
            List.of(),
            null,
            null,
            null,
            null,
            null,
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            "our-admin",
            "remote-organisation",
            "sender");

    public RouteSettings {
        alertmanagers = List.copyOf(alertmanagers);
    }

    /** The same settings for other Alertmanagers. */
    public RouteSettings withAlertmanagers(List<URI> others) {
        return new RouteSettings(
                others,
                user,
                password,
                bearerToken,
                pageUrl,
                runbookUrl,
                resendEvery,
                firingFor,
                ourAdmin,
                remoteOrganisation,
                sender);
    }

    /** What the label {@code owner} says. */
    public String label(Owner owner) {
        return switch (owner) {
            case OUR_ADMIN -> ourAdmin;
            case REMOTE_ORGANISATION -> remoteOrganisation;
            case SENDER -> sender;
        };
    }
}
