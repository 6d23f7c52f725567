// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.job.state.UserValues.Moment;
import dev.segmenter.model.Prefetchable;

/**
 * Timers of the cache's users, one each at most, that the store does not have: of users that are not written since
 * their timer was set. An entry whose user was written meanwhile, has another timer or is gone is passed over.
 */
final class CachedTimers<T extends Prefetchable> {
    private final CachedUsers users;
    private final DecodedValues<T> decoded;
    private final GroupPrefetch<T> ahead;
    private final DueUsers due = new DueUsers();
    private final int[] firing = new int[GroupPrefetch.MOST];
    private final long[] firingAt = new long[GroupPrefetch.MOST];
    private boolean isFiring;

    CachedTimers(CachedUsers users, DecodedValues<T> decoded, GroupPrefetch<T> ahead) {
        this.users = users;
        this.decoded = decoded;
        this.ahead = ahead;
    }

    /** Notes the timer of a user that has just changed, unless the store has it. */
    void schedule(int place) {
        long time = timer(place);
        if (time == Timed.NONE
                || time == users.registered(place)
                || time == users.scheduled(place)) {
            return;
        }
        if (due.size() > 2 * users.size()) {
            due.retain(i -> staysScheduled(due.placeAt(i), due.timeAt(i)));
        }
        due.add(time, place);
        users.setScheduled(place, time);
    }

    /** Whether a timer that is due now is one of these, and not one that the store had and has no more. */
    boolean isFiring() {
        return isFiring;
    }

    /** Gives users whose timer is due up to that time, ms; false if there was none. */
    boolean fireUpTo(long time, Moment moment) throws Exception {
        isFiring = true;
        boolean any = false;
        while (due.isAnyUpTo(time)) {
            int count = 0;
            while (count < firing.length && due.isAnyUpTo(time)) {
                firingAt[count] = due.earliest();
                firing[count++] = due.take();
            }
            ahead.byPlace(firing, 0, count);
            for (int i = 0; i < count; i++) {
                if (staysScheduled(firing[i], firingAt[i])) {
                    users.setScheduled(firing[i], Timed.NONE);
                    moment.at(users.userId(firing[i]), firingAt[i]);
                    any = true;
                }
            }
        }
        isFiring = false;
        return any;
    }

    /** And if not, the user may be scheduled for that time anew. */
    private boolean staysScheduled(int place, long time) {
        boolean stays =
                !users.isFree(place) && users.registered(place) != time && timer(place) == time;
        if (!stays && users.scheduled(place) == time) {
            users.setScheduled(place, Timed.NONE);
        }
        return stays;
    }

    /** Of its value; {@link Timed#NONE} if there is none. */
    private long timer(int place) {
        if (users.isDecoded(place)) {
            return decoded.at(users.slot(place)).timer();
        }
        byte[] entry = users.entry(place);
        return users.packedBytes(place) == 0
                ? Timed.NONE
                : TimedSerializer.timerIn(entry, IdBytes.end(entry));
    }
}
