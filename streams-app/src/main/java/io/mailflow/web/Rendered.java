package io.mailflow.web;

import io.mailflow.schema.Sha256;

/** An answer as it is sent. */
final class Rendered {

    private static final int TAG_BYTES = 12;

    private final String tag;
    private final byte[] body;

    /** @param body JSON; not to be changed any more */
    Rendered(byte[] body) {
        this.tag = "W/\"" + Sha256.hex(body, TAG_BYTES) + "\"";
        this.body = body;
    }

    /** Its entity tag, by what it says: the same on every instance. */
    String tag() {
        return tag;
    }

    /** JSON; not to be changed. */
    byte[] body() {
        return body;
    }
}
