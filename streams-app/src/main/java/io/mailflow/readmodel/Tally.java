package io.mailflow.readmodel;

/** How often something with a name was seen. */
public record Tally(String name, long count) {}
