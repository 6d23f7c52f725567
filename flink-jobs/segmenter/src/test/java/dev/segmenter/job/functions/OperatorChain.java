// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.functions.OperatorHistory.Arrival;
import dev.segmenter.job.functions.OperatorHistory.Restart;
import dev.segmenter.job.functions.OperatorHistory.Step;
import dev.segmenter.job.functions.OperatorHistory.Tick;
import dev.segmenter.job.functions.OperatorHistory.Training;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.oracle.OracleResult.Output;
import dev.segmenter.oracle.OracleResult.OverQuota;
import dev.segmenter.oracle.OracleSettings;
import dev.segmenter.oracle.RawEvent;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.DeadLetter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Admit, roll and assign, wired as the job wires them, on their way through a history. */
final class OperatorChain implements AutoCloseable {
    private static final int MAX_PARALLELISM = AssignHarness.MAX_PARALLELISM;

    final Map<String, List<Output>> outputs = new TreeMap<>();
    final List<DeadLetter> late = new ArrayList<>();
    final List<OverQuota> overQuota = new ArrayList<>();
    long counted;
    long duplicates;

    private final OperatorHistory history;
    private final Map<Integer, Long> newest = new HashMap<>();
    private AdmitHarness admit;
    private List<RollHarness> rolls = new ArrayList<>();
    private List<AssignHarness> assigns = new ArrayList<>();
    private long clock = Long.MIN_VALUE;
    private long trained = Long.MIN_VALUE;
    private int published;

    private OperatorChain(OperatorHistory history) throws Exception {
        this.history = history;
        start(1, 1, null, null, null);
    }

    /** Runs all of a history, the end of its replay included. */
    static OperatorChain run(OperatorHistory history) throws Exception {
        try (OperatorChain chain = new OperatorChain(history)) {
            List<Step> steps = history.steps();
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i) instanceof Restart restart) {
                    int end = Math.min(steps.size(), i + 1 + restart.lost());
                    chain.restart(restart.parallelism(), steps.subList(i + 1, end));
                } else {
                    chain.take(steps.get(i));
                }
            }
            chain.finish();
            return chain;
        }
    }

    private void take(Step step) throws Exception {
        if (step instanceof Arrival arrival) {
            arrive(arrival.record());
        } else if (step instanceof Tick) {
            tick();
        } else if (step instanceof Training training) {
            train(training.share());
        }
    }

    private void arrive(RawEvent record) throws Exception {
        for (ClickEvent event : admit.process(record)) {
            int subtask =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            event.userId(), MAX_PARALLELISM, rolls.size());
            rolls.get(subtask).process(event);
            forward(subtask);
        }
        if (!record.isErasure()) {
            newest.merge(record.partition(), record.time(), Math::max);
        }
    }

    /** To the least of all partitions; one that has shown nothing holds the clock. */
    private void tick() throws Exception {
        long partitions = history.records().stream().map(RawEvent::partition).distinct().count();
        if (newest.size() == partitions && !newest.isEmpty()) {
            long least = newest.values().stream().mapToLong(Long::longValue).min().getAsLong();
            advance(Math.min(least - history.disorder() - 1, history.endTime()));
        }
    }

    private void advance(long time) throws Exception {
        clock = Math.max(clock, time);
        for (int subtask = 0; subtask < rolls.size(); subtask++) {
            rolls.get(subtask).watermark(clock);
            forward(subtask);
            assigns.get(subtask).usersWatermark(clock);
            collect(subtask);
        }
    }

    private void train(double share) throws Exception {
        if (clock == Long.MIN_VALUE) {
            return;
        }
        long from = trained == Long.MIN_VALUE ? clock - history.disorder() : trained;
        publishUpTo(from + (long) (share * (clock - from)));
    }

    private void publishUpTo(long time) throws Exception {
        trained = Math.max(trained, time);
        for (; published < history.snapshots().size(); published++) {
            CentroidSnapshot next = history.snapshots().get(published);
            if (next.getCreatedAt().toEpochMilli() > trained) {
                break;
            }
            for (AssignHarness assign : assigns) {
                assign.model(next);
            }
        }
        for (int subtask = 0; subtask < assigns.size(); subtask++) {
            assigns.get(subtask).modelsWatermark(trained);
            collect(subtask);
        }
    }

    private void forward(int subtask) throws Exception {
        for (UserUpdate update : rolls.get(subtask).drainEmitted()) {
            assigns.get(subtask).update(update);
        }
        collect(subtask);
    }

    private void collect(int subtask) {
        for (SegmentOutput output : assigns.get(subtask).drainEmitted()) {
            outputs.computeIfAbsent(output.userId(), user -> new ArrayList<>())
                    .add(new Output(output.change(), output.membership()));
        }
    }

    private void finish() throws Exception {
        advance(history.endTime());
        publishUpTo(Math.max(clock, history.endTime()));
        for (int subtask = 0; subtask < rolls.size(); subtask++) {
            rolls.get(subtask).finish();
            forward(subtask);
            assigns.get(subtask).finish();
            collect(subtask);
        }
        account();
    }

    private void restart(int parallelism, List<Step> lost) throws Exception {
        int former = rolls.size();
        OperatorSubtaskState admitState = admit.snapshot();
        List<OperatorSubtaskState> rollStates = new ArrayList<>();
        List<OperatorSubtaskState> assignStates = new ArrayList<>();
        for (int subtask = 0; subtask < former; subtask++) {
            long number = rolls.get(subtask).prepareSnapshot();
            forward(subtask);
            rollStates.add(rolls.get(subtask).snapshotAfterBarrier(number));
            assignStates.add(assigns.get(subtask).snapshot());
            collect(subtask);
        }
        account();
        lose(lost);
        close();
        // A restored source has not seen what it read before: its watermarks begin anew.
        newest.clear();
        clock = Long.MIN_VALUE;
        trained = Long.MIN_VALUE;
        start(parallelism, former, admitState, packed(rollStates), packed(assignStates));
    }

    /** Steps that leave no trace: what came out of them is in no committed transaction. */
    private void lose(List<Step> steps) throws Exception {
        Map<String, List<Output>> committed = new TreeMap<>();
        outputs.forEach((user, records) -> committed.put(user, List.copyOf(records)));
        int publishedBefore = published;
        for (Step step : steps) {
            take(step);
        }
        outputs.clear();
        committed.forEach((user, records) -> outputs.put(user, new ArrayList<>(records)));
        published = publishedBefore;
    }

    private static OperatorSubtaskState packed(List<OperatorSubtaskState> states) throws Exception {
        return AbstractStreamOperatorTestHarness.repackageState(
                states.toArray(OperatorSubtaskState[]::new));
    }

    private void start(
            int parallelism,
            int former,
            OperatorSubtaskState admitState,
            OperatorSubtaskState rollState,
            OperatorSubtaskState assignState)
            throws Exception {
        OracleSettings settings = history.settings();
        long end = history.endTime();
        AssignTiming timing = new AssignTiming(true, history.disorder(), history.disorder(), end);
        admit = new AdmitHarness(settings.features(), settings.lateness()).openFrom(admitState);
        rolls = new ArrayList<>();
        assigns = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            RollHarness roll =
                    new RollHarness(
                            settings.features(),
                            settings.roll(),
                            end,
                            parallelism,
                            i,
                            history.cache());
            AssignHarness assign =
                    AssignHarness.of(
                            settings.features(),
                            settings.assign(),
                            timing,
                            parallelism,
                            i,
                            history.cache());
            if (history.onRocksDb()) {
                roll.with(new EmbeddedRocksDBStateBackend());
                assign.setStateBackend(new EmbeddedRocksDBStateBackend());
            }
            rolls.add(
                    rollState == null
                            ? roll.open()
                            : roll.openFrom(part(rollState, former, parallelism, i)));
            assigns.add(
                    assignState == null
                            ? assign.opened()
                            : assign.openedFrom(part(assignState, former, parallelism, i)));
        }
    }

    private static OperatorSubtaskState part(
            OperatorSubtaskState all, int former, int parallelism, int subtask) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                all, MAX_PARALLELISM, former, parallelism, subtask);
    }

    /** What the operators at hand have counted and refused: each begins at nothing. */
    private void account() throws Exception {
        late.addAll(admit.letters());
        for (RollHarness roll : rolls) {
            counted += roll.metrics().count(MetricNames.EVENTS_COUNTED);
            duplicates += roll.metrics().count(MetricNames.DUPLICATES);
            for (DeadLetter letter : roll.letters()) {
                long minute = letter.getEventTime().toEpochMilli();
                overQuota.add(new OverQuota(letter.getUserId(), minute, letter.getCount()));
            }
        }
    }

    @Override
    public void close() throws Exception {
        admit.close();
        for (int subtask = 0; subtask < rolls.size(); subtask++) {
            rolls.get(subtask).close();
            assigns.get(subtask).close();
        }
    }
}
