package io.mailflow.alerting;

import io.mailflow.schema.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Why a code fails, as its replies tell.
 *
 * @param cause the catalogue's token of the likeliest cause, or null if the evidence names none
 * @param owner who must act on it
 */
public record FirstCause(@Nullable String cause, Owner owner) {}
