package io.mailflow.simulate;

import java.util.regex.Pattern;

/** The documented layout of a last-error container, as strict as the composed ones can stand. */
final class LastErrorGrammar {

    private static final String REPLY = "\\d{3} \\d\\.\\d{1,3}\\.\\d{1,3} [^\\[\\]{}]+"
            + "( \\[(Message|LastAttemptedServerName|LastAttemptedIP|SmtpSecurity)=[^\\[\\]{}]*\\])*"
            + "( \\[[\\w.-]+ \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z [0-9A-F]{16}\\])?(\\([^()]*\\))?";
    private static final String INNER = "( -> (" + REPLY + "|\\w+: [^{}]+))*";
    private static final Pattern WHOLE = Pattern.compile("\\[\\{LED=" + REPLY + INNER
            + "\\};\\{MSG=[^{}]*\\};\\{FQDN=[\\w.-]*\\};\\{IP=[\\d.]*\\};\\{LRT=[\\d/: APM]*\\}\\]");
    private static final Pattern CUT = Pattern.compile("\\[\\{LED=\\d{3} \\d\\.\\d{1,3}\\.\\d{1,3} .+");

    private LastErrorGrammar() {}

    static boolean whole(String container) {
        return WHOLE.matcher(container).matches();
    }

    static boolean cut(String container) {
        return CUT.matcher(container).matches() && container.length() == 400;
    }
}
