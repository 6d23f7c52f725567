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

    /** Entries, those to be passed over included. */
    int size() {
        return due.size();
    }

    /** Notes the timer of a user that has just changed, unless the store has it. */
    void schedule(int place) {
        long time = timer(place);
        if (!isOwn(place, time) || time == users.scheduled(place)) {
            return;
        }
        due.add(time, place);
        users.setScheduled(place, time);
        if (due.size() > 2 * users.size()) {
            scheduleAnew();
        }
    }

    /** One entry a user at most, whatever has piled up. */
    private void scheduleAnew() {
        due.clear();
        for (int place = 0; place < users.end(); place++) {
            if (!users.isFree(place)) {
                long time = timer(place);
                boolean own = isOwn(place, time);
                if (own) {
                    due.add(time, place);
                }
                users.setScheduled(place, own ? time : Timed.NONE);
            }
        }
    }

    /** A timer that there is, and that the store does not have. */
    private boolean isOwn(int place, long time) {
        return time != Timed.NONE && time != users.registered(place);
    }

    /** Whether a timer that is due now is one of these, and not one that the store had and has no more. */
    boolean isFiring() {
        return isFiring;
    }

    /** Gives users whose timer is due up to that time, ms; false if there was none. */
    boolean fireUpTo(long time, Moment moment) throws Exception {
        isFiring = true;
        boolean any = false;
        due.passTo(time);
        while (due.isAnyDue()) {
            int count = 0;
            while (count < firing.length && due.isAnyDue()) {
                firingAt[count] = due.nextTime();
                firing[count++] = due.take();
            }
            ahead.byPlace(firing, 0, count);
            for (int i = 0; i < count; i++) {
                if (isStillDue(firing[i], firingAt[i])) {
                    moment.at(users.userId(firing[i]), firingAt[i]);
                    any = true;
                }
            }
        }
        isFiring = false;
        return any;
    }

    /** Of an entry taken: the user may be scheduled for that time anew. */
    private boolean isStillDue(int place, long time) {
        if (users.isFree(place)) {
            return false;
        }
        if (users.scheduled(place) == time) {
            users.setScheduled(place, Timed.NONE);
        }
        return isOwn(place, time) && timer(place) == time;
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
