// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.model.Hashes;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Generated events as Avro single objects of about 102 bytes, written by hand since generating must be
 * much faster than what is measured. Each user is one of eight habits that differ in what they do;
 * event time advances evenly, each event up to a minute behind it; 1 of 200 is sent twice. Not
 * thread-safe.
 */
public final class LoadEvents {
    /** Event time of the first, ms: 2025-01-01 00:00 UTC. */
    public static final long START = 1_735_689_600_000L;

    private static final double DAY = 86_400_000;
    private static final int DISORDER = 60_000;
    private static final int ONE_IN_TWICE = 200;
    private static final int HEADER = 10;
    private static final int HABITS = 8;
    private static final int CATALOGUE = 50_000;
    private static final int IDS = 10_000_000;
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[][] TYPES = {
        bytes("view"), bytes("cart"), bytes("favorite"), bytes("purchase"), bytes("cancel")
    };
    private static final int PURCHASE = 3;

    /** Of each habit, cumulated: views, carts, favourites, purchases; the rest cancels. */
    private static final double[][] MIX = {
        {0.70, 0.82, 0.87, 0.97},
        {0.93, 0.96, 0.98, 0.999},
        {0.40, 0.45, 0.47, 0.97},
        {0.45, 0.85, 0.90, 0.99},
        {0.60, 0.65, 0.95, 0.99},
        {0.50, 0.60, 0.62, 0.85},
        {0.80, 0.92, 0.93, 0.99},
        {0.85, 0.88, 0.92, 0.995}
    };

    private final SplittableRandom random;
    private final Skew skew;
    private final int census;
    private final byte[] header;
    private final byte[] id = new byte[24];
    private final byte[] record = new byte[256];
    private int length;
    private boolean repeat;
    private int user;
    private int counted;

    public LoadEvents(LoadOptions options) {
        this(options.seed(), options.skew(), options.census() ? options.users() : 0);
    }

    /** Census: how many users act once before all else. */
    LoadEvents(long seed, Skew skew, int census) {
        this.census = census;
        this.random = new SplittableRandom(seed);
        this.skew = skew;
        this.header = headerOf();
    }

    /** Event time of the i-th event at this density, ms. */
    public static long timeOf(long i, long eventsPerDay) {
        return START + spanOf(i, eventsPerDay);
    }

    /** How long so many events take at this density, ms. */
    static long spanOf(long events, long eventsPerDay) {
        return (long) (events * (DAY / eventsPerDay));
    }

    /** Makes the next event, at most a minute before this event time, ms. */
    public void next(long time) {
        if (repeat) {
            repeat = false;
            return;
        }
        user = counted < census ? counted++ : skew.draw(random);
        encode(user, time - random.nextInt(DISORDER), random.nextLong());
        repeat = random.nextInt(ONE_IN_TWICE) == 0;
    }

    /** Makes the next event at exactly this time, ms. */
    public void nextAt(long time) {
        user = skew.draw(random);
        encode(user, time, random.nextLong());
    }

    /** The user of the event made last, 0 .. users-1; 0 acts most. */
    public int user() {
        return user;
    }

    /** Record key of the event made last. */
    public byte[] key() {
        return userId(user);
    }

    /** Record value of the event made last. */
    public byte[] value() {
        return Arrays.copyOf(record, length);
    }

    /** Ids are scattered, so that who acts most is not first in anything. */
    static byte[] userId(int user) {
        byte[] text = bytes("user-0000000");
        int number = (int) ((user * 7_919L + 13) % IDS);
        for (int at = text.length - 1; number > 0; number /= 10) {
            text[at--] = (byte) ('0' + number % 10);
        }
        return text;
    }

    /** A view by any user id at this time, ms: of one who is measured. */
    public byte[] view(byte[] userId, long time) {
        length = 0;
        begin(userId, time, random.nextLong(), TYPES[0]);
        end(1, Double.NaN, time);
        return value();
    }

    private void encode(int who, long time, long eventId) {
        double[] mix = MIX[(int) ((Hashes.of(who, 1) >>> 8) % HABITS)];
        double draw = random.nextDouble();
        int type = 0;
        while (type < mix.length && draw >= mix[type]) {
            type++;
        }
        length = 0;
        begin(userId(who), time, eventId, TYPES[type]);
        int breadth = 20 + (int) (Hashes.of(who, 2) & 127);
        int item = (int) ((Hashes.of(who, random.nextInt(breadth)) >>> 1) % CATALOGUE);
        end(item, type >= PURCHASE ? 5 + random.nextInt(20_000) / 100.0 : Double.NaN, time);
    }

    private void begin(byte[] userId, long time, long eventId, byte[] type) {
        put(header);
        hex(eventId);
        string(id);
        string(userId);
        varint(time);
        string(type);
    }

    /** Price NaN for none. */
    private void end(int item, double price, long time) {
        option(bytes("item-" + item));
        option(bytes("category-" + item % 97));
        if (Double.isNaN(price)) {
            varint(0);
        } else {
            varint(1);
            LITTLE_ENDIAN.set(record, length, price);
            length += Double.BYTES;
        }
        option(bytes("visit-" + time / 1_800_000));
        varint(0);
    }

    private void hex(long eventId) {
        long mixed = Hashes.of(eventId, 3);
        for (int i = 0; i < id.length; i++) {
            long nibble = (i < 16 ? eventId >>> (4 * i) : mixed >>> (4 * (i - 16))) & 15;
            id[i] = (byte) Character.forDigit((int) nibble, 16);
        }
    }

    private void option(byte[] text) {
        varint(1);
        string(text);
    }

    private void string(byte[] text) {
        varint(text.length);
        put(text);
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, record, length, bytes.length);
        length += bytes.length;
    }

    /** Avro's long: zigzag, then seven bits a byte. */
    private void varint(long number) {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            record[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        record[length++] = (byte) rest;
    }

    private static byte[] headerOf() {
        Event any =
                Event.newBuilder()
                        .setEventId("e")
                        .setUserId("u")
                        .setEventTime(Instant.EPOCH)
                        .setEventType("view")
                        .build();
        return Arrays.copyOf(SingleObjectCodec.of(Event.class).encode(any), HEADER);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
