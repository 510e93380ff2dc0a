package io.mailflow.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mailflow.schema.Owner;
import io.mailflow.schema.Platform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step without its words.
 *
 * @param platform only where the message waits on this platform, or null for both
 * @param who takes it, or null for whoever must act on the whole
 * @param whileQueued only where messages wait for another try
 * @param takesEffect after how long it shows, or null
 * @param powershell command for PowerShell, whatever the platform
 * @param exchangeOnline command for Exchange Online PowerShell
 * @param exchangeServer command for the Exchange Management Shell
 * @param sh command for a POSIX shell
 */
record Step(
        @Nullable Platform platform,
        @Nullable Owner who,
        boolean whileQueued,
        @Nullable Span takesEffect,
        @Nullable String powershell,
        @JsonProperty("exchange-online") @Nullable String exchangeOnline,
        @JsonProperty("exchange-server") @Nullable String exchangeServer,
        @Nullable String sh) {

    /** Without command and conditions. */
    static final Step WORDS_ONLY = new Step(null, null, false, null, null, null, null, null);

    boolean hasCommand() {
        return powershell != null || exchangeOnline != null || exchangeServer != null || sh != null;
    }

    /** Whether the step makes sense there: not where all of its commands are for the other platform. */
    boolean fits(Platform on) {
        return platform == null ? !hasCommand() || command(on).isPresent() : platform == on;
    }

    /** The command to run where the message waits on a platform. */
    Optional<Command> command(Platform on) {
        String own = on == Platform.EXCHANGE_ONLINE ? exchangeOnline : exchangeServer;
        if (own != null) {
            return Optional.of(new Command(own, Command.Shell.POWERSHELL));
        }
        if (powershell != null) {
            return Optional.of(new Command(powershell, Command.Shell.POWERSHELL));
        }
        return Optional.ofNullable(sh).map(line -> new Command(line, Command.Shell.POSIX));
    }
}
