package io.mailflow.committed;

import org.apache.kafka.common.TopicPartition;

/**
 * Somebody keeps a transaction open, and what stands behind it cannot be read. The message says where and what to do, for
 * the user to read.
 */
public final class OpenTransactionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OpenTransactionException(TopicPartition partition, long offset) {
        super("Somebody keeps a transaction open on " + partition.topic() + ", partition " + partition.partition()
                + ", offset " + offset
                + ", and what follows cannot be read; try again in a minute, and if this lasts see"
                + " kafka-transactions.sh find-hanging.");
    }
}
