package io.mailflow.simulate;

import java.time.Instant;

/**
 * A simulated message.
 *
 * @param received when the tenant's server took it
 * @param networkMessageId Exchange's id of it, a GUID
 * @param messageId its {@code Message-ID} without angle brackets
 * @param internalMessageId its id on the tenant's server
 * @param sender the sender's address
 * @param subject its subject
 * @param bytes its size
 * @param recipientCount how many recipients it has
 */
record Mail(
        Instant received,
        String networkMessageId,
        String messageId,
        long internalMessageId,
        String sender,
        String subject,
        int bytes,
        int recipientCount) {}
