// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

/** A user's state beside its one timer, so that both cost one state access. */
public final class Timed<T> {
    /** No timer is set. */
    public static final long NONE = Long.MAX_VALUE;

    private T value;
    private long timer;
    private int storedBytes;
    private byte[] packed;
    private int packedStart;

    public Timed(T value, long timer) {
        this.value = value;
        this.timer = timer;
    }

    public T value() {
        return value;
    }

    /** Mostly the value it has: storing a reference anew costs the garbage collector a look at it. */
    public void setValue(T newValue) {
        if (value != newValue) {
            value = newValue;
        }
    }

    /** Event time, ms, of the timer, or {@link #NONE}. */
    public long timer() {
        return timer;
    }

    public void setTimer(long timer) {
        this.timer = timer;
    }

    /** Bytes of the stored form when this was last read or written, 0 before. */
    int storedBytes() {
        return storedBytes;
    }

    void setStoredBytes(int storedBytes) {
        this.storedBytes = storedBytes;
    }

    /** Makes this stand for the bytes of a stored form, and for nothing else. */
    void setPacked(byte[] bytes, int start, int length) {
        packed = bytes;
        packedStart = start;
        storedBytes = length;
    }

    /** An array with the stored form, {@link #storedBytes} long; null but for a carrier. */
    byte[] packed() {
        return packed;
    }

    /** Where the stored form begins in it. */
    int packedStart() {
        return packedStart;
    }
}
