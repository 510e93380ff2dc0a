package io.mailflow.catalogue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A strict reading of PowerShell: what it does not understand it refuses. */
final class PowerShellTokens {

    private static final String QUOTES = "'\u2018\u2019\u201a\u201b";

    private final String line;
    private final List<String> literals = new ArrayList<>();
    private int at;

    private PowerShellTokens(String line) {
        this.line = line;
    }

    /** The single-quoted words of a command that is well-formed. */
    static List<String> literals(String line) {
        PowerShellTokens tokens = new PowerShellTokens(line);
        tokens.code(' ');
        return tokens.literals;
    }

    /** Code up to a closing character, or to the end. */
    private void code(char closing) {
        Deque<Character> open = new ArrayDeque<>();
        while (at < line.length()) {
            char here = line.charAt(at++);
            if (QUOTES.indexOf(here) >= 0) {
                single();
            } else if (here == '"') {
                expandable();
            } else if (here == '(' || here == '{' || here == '[') {
                open.push(here == '(' ? ')' : here == '{' ? '}' : ']');
            } else if (here == ')' || here == '}' || here == ']') {
                if (open.isEmpty() && here == closing) {
                    return;
                }
                if (open.isEmpty() || open.pop() != here) {
                    throw refused("an unexpected " + here);
                }
            } else if (here == '<' || here == '>' || here == '`' || here == '&' || Character.isISOControl(here)) {
                throw refused("a bare " + here);
            }
        }
        if (!open.isEmpty() || closing != ' ') {
            throw refused("something left open");
        }
    }

    private void single() {
        StringBuilder literal = new StringBuilder();
        while (at < line.length()) {
            char here = line.charAt(at++);
            if (QUOTES.indexOf(here) >= 0) {
                if (at < line.length() && QUOTES.indexOf(line.charAt(at)) >= 0) {
                    literal.append(here);
                    at++;
                } else {
                    literals.add(literal.toString());
                    return;
                }
            } else {
                literal.append(here);
            }
        }
        throw refused("a quote left open");
    }

    private void expandable() {
        while (at < line.length()) {
            char here = line.charAt(at++);
            if (here == '"') {
                return;
            }
            if (here == '$' && at < line.length() && line.charAt(at) == '(') {
                at++;
                code(')');
            }
        }
        throw refused("a quote left open");
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(what + " at " + at + " in: " + line);
    }
}
