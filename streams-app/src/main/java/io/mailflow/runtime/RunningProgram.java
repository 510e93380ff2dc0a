package io.mailflow.runtime;

import io.mailflow.readmodel.ReadModel;
import io.mailflow.readmodel.ReadModelFeed;
import io.mailflow.readmodel.ReadState;
import io.mailflow.route.RouteCounts;
import io.mailflow.route.Router;
import io.mailflow.web.GroupReport;
import io.mailflow.web.Program;
import io.mailflow.web.ReadModelReport;
import io.mailflow.web.RouterReport;
import io.mailflow.web.StreamReport;
import org.jspecify.annotations.Nullable;

/** Stream and read model as one program, for those who look from outside. */
final class RunningProgram implements Program {

    private final Pipeline pipeline;
    private final GroupWatch group;
    private final ReadModel model;
    private final ReadModelFeed feed;
    private final Router router;

    RunningProgram(Pipeline pipeline, GroupWatch group, ReadModel model, ReadModelFeed feed, Router router) {
        this.pipeline = pipeline;
        this.group = group;
        this.model = model;
        this.feed = feed;
        this.router = router;
    }

    @Override
    public ReadState state() {
        if (pipeline.failure().isPresent() || pipeline.hasStopped()) {
            return ReadState.FAILED;
        }
        ReadState reading = feed.state();
        return reading == ReadState.RUNNING && !pipeline.isRunning() ? ReadState.REBALANCING : reading;
    }

    @Override
    public @Nullable String reason() {
        if (pipeline.failure().isPresent()) {
            return "The stream stopped: " + pipeline.failure().get().getMessage();
        }
        if (pipeline.hasStopped()) {
            return "The stream has stopped";
        }
        if (feed.reason() != null) {
            return feed.reason();
        }
        return state() == ReadState.REBALANCING ? "The stream gets its partitions or restores its state" : null;
    }

    @Override
    public StreamReport stream() {
        return pipeline.report();
    }

    @Override
    public GroupReport group() {
        return group.report();
    }

    @Override
    public RouterReport router() {
        RouteCounts counts = router.counts();
        return new RouterReport(
                counts.active() > 0,
                counts.openIncidents(),
                counts.accepted(),
                counts.refused(),
                counts.unreachable(),
                counts.untold(),
                counts.unreadable(),
                counts.failures());
    }

    @Override
    public ReadModelReport readModel() {
        return new ReadModelReport(feed.state(), model.version(), feed.recordsBehind(), model.bytes());
    }

    @Override
    public void rebuildReadModel() {
        feed.rebuild();
    }
}
