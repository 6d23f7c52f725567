// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.BesideUsers;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.CacheWeight;
import dev.segmenter.job.state.CarriedBytes;
import dev.segmenter.job.state.CarriedSnapshot;
import dev.segmenter.job.state.NothingBeside;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserKey;
import dev.segmenter.job.state.UserValues;
import dev.segmenter.model.Prefetchable;
import java.io.IOException;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * An operator with one value and at most one timer a user, behind a cache. Checkpoints carry what the cache has not
 * written to Flink's state; savepoints have everything there, where any tool finds it.
 */
abstract class UserOperator<T extends Prefetchable, OUT> extends AbstractStreamOperator<OUT>
        implements Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private final CacheOptions cache;

    /** Of Flink's state and timers. */
    transient UserKey key;

    transient UserValues<T> users;
    private transient BesideUsers beside;
    private transient TimerBundle due;
    private transient CarriedBytes.Buffers buffers;
    private transient boolean isCarrying;

    UserOperator(CacheOptions cache) {
        this.cache = cache;
    }

    /** The state's name. */
    abstract String stateName();

    abstract TypeSerializer<Timed<T>> serializer();

    abstract CacheWeight userWeight();

    /** What a user's timer was set for. */
    abstract void moment(String userId, long time) throws Exception;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        key = new UserKey(getKeyedStateBackend(), getRuntimeContext());
        users =
                cache.open(
                        getRuntimeContext(),
                        context.getKeyedStateStore(),
                        getInternalTimerService("moments", VoidNamespaceSerializer.INSTANCE, this),
                        key,
                        descriptor(stateName(), serializer()),
                        serializer(),
                        userWeight());
        beside = besideUsers(context.getKeyedStateStore());
        users.restore(context.getRawKeyedStateInputs(), beside);
        buffers = new CarriedBytes.Buffers();
        due = new TimerBundle(users, this::moment, getTimeServiceManager().orElseThrow());
    }

    /** What the operator holds of users beside their values; asked for once, before anything is restored. */
    BesideUsers besideUsers(KeyedStateStore states) {
        return new NothingBeside();
    }

    /** What is carried is no matter of Flink's timer service, which would else look for timers there. */
    @Override
    protected boolean isUsingCustomRawKeyedState() {
        return true;
    }

    long overflowBytes() {
        return cache.overflowBytes(getRuntimeContext(), key);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static <T> ValueStateDescriptor<Timed<T>> descriptor(
            String stateName, TypeSerializer<Timed<T>> serializer) {
        return new ValueStateDescriptor<>(
                stateName,
                SerializerTypeInformation.of((Class<Timed<T>>) (Class) Timed.class, serializer));
    }

    /** Where Flink's state or timers are touched the key is set; for most records none is. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord record) {}

    void fireUpTo(Watermark mark) throws Exception {
        due.fireUpTo(mark);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        due.add(timer);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("users have no timers of processing time");
    }

    /** All users that are there, at the end of a replay. */
    void forEachUser(ThrowingConsumer<String, Exception> visitor) throws Exception {
        flush();
        this.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        descriptor(stateName(), serializer()),
                        (userId, state) -> visitor.accept(userId));
    }

    /** Downstream has had the barrier by now. */
    @Override
    public OperatorSnapshotFutures snapshotState(
            long checkpointId,
            long timestamp,
            CheckpointOptions options,
            CheckpointStreamFactory factory)
            throws Exception {
        if (options.getCheckpointType().isSavepoint()) {
            flush();
        } else {
            beside.settle(users.onlyCarries());
        }
        OperatorSnapshotFutures futures =
                super.snapshotState(checkpointId, timestamp, options, factory);
        CarriedBytes carried = new CarriedBytes(buffers);
        if (users.carryInto(carried, beside)) {
            futures.setKeyedStateRawFuture(
                    new CarriedSnapshot(carried, users::carryRest, factory, key.keyGroupRange())
                            .toAsyncSnapshotFutureTask(getContainingTask().getCancelables()));
            carryOn();
        }
        return futures;
    }

    /** Bit by bit, by a timer: between two bits the task has time for records. Its future tells nothing. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void carryOn() {
        if (!isCarrying) {
            isCarrying = true;
            ProcessingTimeService time = getProcessingTimeService();
            time.registerTimer(
                    time.getCurrentProcessingTime() + UserValues.CARRY_EVERY_MS,
                    now -> carrySome());
        }
    }

    private void carrySome() throws IOException {
        isCarrying = false;
        if (users.carrySome()) {
            carryOn();
        }
    }

    /** The last checkpoint comes when there are no timers any more. */
    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    /** Brings everything into Flink's state. */
    final void flush() throws IOException {
        users.flush();
        beside.flush();
    }
}
