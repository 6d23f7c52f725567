// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

/** Turns a T into the value bytes of one Kafka record; implementations are not thread-safe. */
public interface RecordEncoder<T> {

    /**
     * The record's bytes, in an array of the caller's own.
     *
     * @throws NullPointerException if a field is null that must not be, naming it
     */
    byte[] encode(T record);
}
