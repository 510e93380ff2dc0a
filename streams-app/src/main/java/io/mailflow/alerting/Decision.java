package io.mailflow.alerting;

import io.mailflow.schema.Publication;

/** What one evaluation decides about one (tenant, connector, code). */
public sealed interface Decision {

    /** The episode as it is after the decision: what to remember, or, once resolved, to forget. */
    Episode episode();

    /** Why it was decided so. */
    Why why();

    /** A decision that everybody hears of. */
    sealed interface Published extends Decision {

        /** What it was decided on. */
        Grounds grounds();

        /** What the published record says about itself. */
        Publication publication();
    }

    /** A new episode. */
    record Open(Episode episode, Why why, Grounds grounds) implements Published {
        @Override
        public Publication publication() {
            return Publication.OPENED;
        }
    }

    /** Its severity rose; reasons, cause and owner may have changed with it. */
    record Escalate(Episode episode, Why why, Grounds grounds) implements Published {
        @Override
        public Publication publication() {
            return Publication.ESCALATED;
        }
    }

    /** It means something else now: other reasons, another first cause or owner. */
    record Change(Episode episode, Why why, Grounds grounds) implements Published {
        @Override
        public Publication publication() {
            return Publication.CHANGED;
        }
    }

    /** Nothing changed for long; said again. */
    record Repeat(Episode episode, Why why, Grounds grounds) implements Published {
        @Override
        public Publication publication() {
            return Publication.REPEATED;
        }
    }

    /** A program that was catching up is there; nobody was paged for the episode yet. */
    record BecomeCurrent(Episode episode, Why why, Grounds grounds) implements Published {
        @Override
        public Publication publication() {
            return Publication.BECAME_CURRENT;
        }
    }

    /** What silence alone had opened or raised is taken back; the episode is as it stands without that. */
    record Correct(Episode episode, Why why, Grounds grounds) implements Published {
        @Override
        public Publication publication() {
            return Publication.CORRECTED;
        }
    }

    /** The episode ended. */
    record Resolve(Episode episode, Why why, Grounds grounds) implements Published {
        @Override
        public Publication publication() {
            return Publication.RESOLVED;
        }
    }

    /** The episode stays open, and nobody needs to hear of it; its memory may have moved on. */
    record Hold(Episode episode, Why why) implements Decision {}
}
