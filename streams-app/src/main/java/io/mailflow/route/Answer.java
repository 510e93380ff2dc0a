package io.mailflow.route;

/** What became of a call to an Alertmanager. */
sealed interface Answer {

    /** It has taken in everything. */
    record Accepted() implements Answer {}

    /**
     * It will not take this, however often it is sent.
     *
     * @param status HTTP status
     * @param reason in its words, shortened
     */
    record Refused(int status, String reason) implements Answer {

        /** Whether something in what was sent is to blame, not the address or the credentials. */
        boolean blamesTheContent() {
            return status == 400 || status == 413 || status == 422;
        }
    }

    /**
     * It cannot be reached or cannot work now.
     *
     * @param reason what happened, in one line
     */
    record Unreachable(String reason) implements Answer {}
}
