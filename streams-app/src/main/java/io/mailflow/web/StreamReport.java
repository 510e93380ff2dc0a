package io.mailflow.web;

import java.util.List;

/**
 * One instance of the stream.
 *
 * @param state in the words of Kafka Streams, lower case
 * @param stateBytes size of its stores on disk
 */
public record StreamReport(String state, long stateBytes, List<StreamThread> threads) {

    /** A stream thread with its tasks, such as {@code 0_1}. */
    public record StreamThread(String name, String state, List<String> activeTasks, List<String> standbyTasks) {}
}
