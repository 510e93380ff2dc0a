package io.mailflow.alerting;

import io.mailflow.schema.Alert.Measure;
import io.mailflow.schema.Reason;
import io.mailflow.schema.Severity;
import java.util.List;
import java.util.stream.Stream;

/** Recipients of one code were given up; their senders get non-delivery reports. */
final class MessagesExpired implements Policy {

    @Override
    public Reason reason() {
        return Reason.MESSAGES_EXPIRED;
    }

    @Override
    public Stream<Finding> judge(ConnectorView view) {
        long matter = view.recipientsThatMatter(view.thresholds().expiredRecipients());
        return view.queues().values().stream()
                .filter(queue -> queue.expiredLastHour() >= matter)
                .map(queue -> new Finding(
                        reason(),
                        queue.code(),
                        Severity.CRITICAL,
                        view.lastHour(),
                        List.of(new Measure(
                                reason(),
                                "recipients that expired in the last hour",
                                queue.expiredLastHour(),
                                matter))));
    }
}
