package io.mailflow.guarantees;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs a main class in a child process and ends it together with the test: standard input closes with the process that
 * started it, however that one died.
 */
public final class Supervised {

    private Supervised() {}

    /** The name of a class with a main method, then its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(Supervised::endWithParent, "end-with-parent");
        watch.setDaemon(true);
        watch.start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever written.
            }
        } catch (IOException e) {
            // As good as closed.
        }
        Runtime.getRuntime().halt(1);
    }
}
