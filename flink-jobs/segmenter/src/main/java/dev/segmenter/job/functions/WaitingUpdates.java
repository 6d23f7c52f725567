// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.UserKey;
import dev.segmenter.job.state.UserUpdateSerializer;
import dev.segmenter.model.event.UserUpdate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** Users' updates that wait for a model, in the order of their coming. */
final class WaitingUpdates {
    private final ListState<UserUpdate> updates;
    private final UserKey key;

    WaitingUpdates(StreamingRuntimeContext context, UserKey key) {
        this.updates =
                context.getListState(
                        new ListStateDescriptor<>("waiting", new UserUpdateSerializer()));
        this.key = key;
    }

    void add(String userId, UserUpdate update) throws Exception {
        key.set(userId);
        updates.add(update);
    }

    List<UserUpdate> of(String userId) throws Exception {
        key.set(userId);
        List<UserUpdate> found = new ArrayList<>();
        updates.get().forEach(found::add);
        return found;
    }

    /** These in place of all. */
    void keep(String userId, List<UserUpdate> rest) throws Exception {
        key.set(userId);
        updates.update(rest);
    }
}
