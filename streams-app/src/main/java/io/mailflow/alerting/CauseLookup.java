package io.mailflow.alerting;

/** Tells why a code of the connector under evaluation fails. */
@FunctionalInterface
public interface CauseLookup {

    /** The likeliest cause of a code by the evidence so far. */
    FirstCause of(String code);
}
