// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.kafkastreams;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * One user's panes: counts by event type for each hour of the last day and each day of the last
 * quarter; for days also purchases' prices, sessions begun and items seen. A value of the store.
 */
final class UserPanes {
    static final int NO_SEGMENT = -1;

    static final List<String> TYPES = List.of("view", "cart", "favorite", "purchase", "cancel");
    private static final int OTHER = TYPES.size();
    private static final int PURCHASE = TYPES.indexOf("purchase");
    private static final int CANCEL = TYPES.indexOf("cancel");
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final int HOURS = 24;
    private static final int DAYS = 90;
    private static final long SESSION_GAP = 30 * 60_000;

    private final Deque<Pane> hours = new ArrayDeque<>();
    private final Deque<Pane> days = new ArrayDeque<>();
    long lastEvent = Long.MIN_VALUE;
    int segment = NO_SEGMENT;

    private static final class Pane {
        final int number;
        final int[] counts = new int[OTHER + 1];
        double spend;
        int sessions;
        int[] items = {};

        Pane(int number) {
            this.number = number;
        }
    }

    /** Takes an event of this time, ms; item 0 for none. */
    void add(long time, String type, int item, double price) {
        int index = TYPES.indexOf(type);
        int kind = index < 0 ? OTHER : index;
        pane(hours, time / HOUR).counts[kind]++;
        Pane day = pane(days, time / DAY);
        day.counts[kind]++;
        if (kind == PURCHASE) {
            day.spend += price;
        }
        if (lastEvent == Long.MIN_VALUE || time - lastEvent > SESSION_GAP) {
            day.sessions++;
        }
        if (item != 0 && kind < CANCEL) {
            addItem(day, item);
        }
        lastEvent = Math.max(lastEvent, time);
        slide(lastEvent);
    }

    /** Forgets panes that have left every window at this time, ms. */
    void slide(long now) {
        drop(hours, now / HOUR - HOURS);
        drop(days, now / DAY - DAYS);
    }

    boolean isEmpty() {
        return days.isEmpty();
    }

    private static void drop(Deque<Pane> panes, long upTo) {
        while (!panes.isEmpty() && panes.peekFirst().number <= upTo) {
            panes.removeFirst();
        }
    }

    /** The pane of a number, mostly the newest. */
    private static Pane pane(Deque<Pane> panes, long number) {
        Pane last = panes.peekLast();
        if (last == null || last.number < number) {
            panes.addLast(new Pane((int) number));
            return panes.peekLast();
        }
        for (Pane pane : panes) {
            if (pane.number == number) {
                return pane;
            }
        }
        return last; // Older than what is kept, or between panes: counts in the newest.
    }

    private static void addItem(Pane day, int item) {
        int at = Arrays.binarySearch(day.items, item);
        if (at < 0) {
            int place = -at - 1;
            int[] more = new int[day.items.length + 1];
            System.arraycopy(day.items, 0, more, 0, place);
            more[place] = item;
            System.arraycopy(day.items, place, more, place + 1, day.items.length - place);
            day.items = more;
        }
    }

    /** Values of all features at this time, ms, in own units. */
    double[] values(Plan plan, long now) {
        List<Plan.Feature> features = plan.features();
        double[] values = new double[features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(features.get(i), now);
        }
        for (int i = 0; i < values.length; i++) {
            Plan.Feature feature = features.get(i);
            if (feature.kind() == Plan.Kind.RATIO) {
                double below = values[feature.denominator()];
                values[i] = below == 0 ? 0 : values[feature.numerator()] / below;
            }
        }
        return values;
    }

    private double value(Plan.Feature feature, long now) {
        if (feature.kind() == Plan.Kind.RATIO) {
            return 0;
        }
        if (feature.kind() == Plan.Kind.RECENCY) {
            return Math.max(0, now - lastEvent) / (double) DAY;
        }
        boolean hourly = feature.isHourly();
        long after = hourly ? now / HOUR - feature.hours() : now / DAY - feature.hours() / HOURS;
        Deque<Pane> panes = hourly ? hours : days;
        if (feature.kind() == Plan.Kind.DISTINCT) {
            return distinct(panes, after);
        }
        double sum = 0;
        for (Pane pane : panes) {
            if (pane.number > after) {
                sum += of(pane, feature);
            }
        }
        return sum;
    }

    private static int distinct(Deque<Pane> panes, long after) {
        int[] all = new int[panes.stream().mapToInt(pane -> pane.items.length).sum()];
        int length = 0;
        for (Pane pane : panes) {
            if (pane.number > after) {
                System.arraycopy(pane.items, 0, all, length, pane.items.length);
                length += pane.items.length;
            }
        }
        Arrays.sort(all, 0, length);
        int distinct = 0;
        for (int i = 0; i < length; i++) {
            distinct += i == 0 || all[i] != all[i - 1] ? 1 : 0;
        }
        return distinct;
    }

    private static double of(Pane pane, Plan.Feature feature) {
        if (feature.kind() == Plan.Kind.SUM) {
            return pane.spend;
        }
        if (feature.kind() == Plan.Kind.SESSIONS) {
            return pane.sessions;
        }
        double sum = 0;
        for (int kind = 0; kind <= OTHER; kind++) {
            if ((feature.types() & (1 << kind)) != 0) {
                sum += pane.counts[kind];
            }
        }
        return sum;
    }

    /** For the store. */
    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(size());
        out.putLong(lastEvent).putInt(segment);
        out.putShort((short) hours.size()).putShort((short) days.size());
        for (Pane hour : hours) {
            write(hour, out);
        }
        for (Pane day : days) {
            write(day, out);
            out.putDouble(day.spend).putInt(day.sessions).putInt(day.items.length);
            for (int item : day.items) {
                out.putInt(item);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private int size() {
        int size = 16 + hours.size() * 32;
        for (Pane day : days) {
            size += 32 + 16 + 4 * day.items.length;
        }
        return size;
    }

    private static void write(Pane pane, ByteBuffer out) {
        out.putInt(pane.number);
        for (int count : pane.counts) {
            out.putInt(count);
        }
    }

    /** Of the store's bytes; null gives a user without panes. */
    static UserPanes of(byte[] bytes) {
        UserPanes user = new UserPanes();
        if (bytes == null) {
            return user;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        user.lastEvent = in.getLong();
        user.segment = in.getInt();
        int hourCount = in.getShort();
        int dayCount = in.getShort();
        for (int i = 0; i < hourCount; i++) {
            user.hours.addLast(read(in));
        }
        for (int i = 0; i < dayCount; i++) {
            Pane day = read(in);
            day.spend = in.getDouble();
            day.sessions = in.getInt();
            day.items = new int[in.getInt()];
            in.asIntBuffer().get(day.items);
            in.position(in.position() + 4 * day.items.length);
            user.days.addLast(day);
        }
        return user;
    }

    private static Pane read(ByteBuffer in) {
        Pane pane = new Pane(in.getInt());
        for (int kind = 0; kind <= OTHER; kind++) {
            pane.counts[kind] = in.getInt();
        }
        return pane;
    }
}
