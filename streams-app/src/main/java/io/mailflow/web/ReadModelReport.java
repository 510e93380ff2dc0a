package io.mailflow.web;

import io.mailflow.readmodel.ReadState;

/**
 * The local database.
 *
 * @param version counts its changes
 * @param recordsBehind records on the topics that are not in yet
 * @param bytes size on disk
 */
public record ReadModelReport(ReadState state, long version, long recordsBehind, long bytes) {}
