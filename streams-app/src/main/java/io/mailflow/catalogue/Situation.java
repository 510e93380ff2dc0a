package io.mailflow.catalogue;

import io.mailflow.reply.CertificateNames;
import io.mailflow.reply.Reply;
import io.mailflow.schema.Destination;
import io.mailflow.schema.Platform;
import io.mailflow.schema.Relation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a failure.
 *
 * @param code reply code and enhanced status code, or {@code none}
 * @param text the reply, where one text is explained; null where many failures are looked at together
 * @param causes what the replies named, most attempts first
 * @param clues what else was seen
 * @param relation whose server stands at the other end, or null if nobody registered it
 * @param platform where the message waits, or null if unknown
 * @param connector the connector's name, or null if unknown
 * @param destination the server that failed, or null if no text named one
 * @param domain a domain that is routed there, or null if unknown
 * @param messageId network message id of a failing message, or null
 * @param certificate the names that a reply told
 */
public record Situation(
        String code,
        @Nullable String text,
        List<CauseCount> causes,
        Set<Clue> clues,
        @Nullable Relation relation,
        @Nullable Platform platform,
        @Nullable String connector,
        @Nullable Destination destination,
        @Nullable String domain,
        @Nullable String messageId,
        CertificateNames certificate) {

    /** A cause and the failed attempts that named it. */
    public record CauseCount(String cause, long attempts) {}

    public Situation {
        causes = List.copyOf(causes);
        clues = Set.copyOf(clues);
    }

    /** Of a code nothing else is known. */
    public static Situation of(String code) {
        return new Situation(
                code, null, List.of(), Set.of(), null, null, null, null, null, null, CertificateNames.NONE);
    }

    /** What one reply tells. */
    public static Situation of(Reply reply) {
        return new Situation(
                reply.code(),
                reply.text(),
                reply.cause().map(cause -> List.of(new CauseCount(cause, 1))).orElse(List.of()),
                Set.of(),
                null,
                null,
                null,
                reply.destination().orElse(null),
                null,
                null,
                CertificateNames.in(reply.text()));
    }

    /** With what the replies named. */
    public Situation withCauses(List<CauseCount> mostFrequentFirst) {
        return new Situation(
                code,
                text,
                mostFrequentFirst,
                clues,
                relation,
                platform,
                connector,
                destination,
                domain,
                messageId,
                certificate);
    }

    /** With what else was seen. */
    public Situation withClues(Set<Clue> seen) {
        return new Situation(
                code, text, causes, seen, relation, platform, connector, destination, domain, messageId, certificate);
    }

    /** On a connector. */
    public Situation on(
            @Nullable String name, @Nullable Relation whose, @Nullable Platform where, @Nullable String routed) {
        return new Situation(
                code, text, causes, clues, whose, where, name, destination, routed, messageId, certificate);
    }

    /** At a server. */
    public Situation at(@Nullable Destination server) {
        return new Situation(
                code, text, causes, clues, relation, platform, connector, server, domain, messageId, certificate);
    }

    /** Of a message, with the certificate names of its reply. */
    public Situation with(@Nullable String message, CertificateNames names) {
        return new Situation(
                code, text, causes, clues, relation, platform, connector, destination, domain, message, names);
    }
}
