package io.mailflow.web;

import io.mailflow.schema.Sha256;

/**
 * An answer as it is sent.
 *
 * @param tag its entity tag, by what it says: the same on every instance
 * @param body JSON; not to be changed
 */
record Rendered(String tag, byte[] body) {

    private static final int TAG_BYTES = 12;

    static Rendered of(byte[] body) {
        return new Rendered("W/\"" + Sha256.hex(body, TAG_BYTES) + "\"", body);
    }
}
