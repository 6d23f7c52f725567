// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

/** Turns the value bytes of one Kafka record into a T; implementations are not thread-safe. */
public interface RecordDecoder<T> {

    /**
     * The record that the bytes hold.
     *
     * @throws UndecodableException if these bytes can never be read, for a reason of their own
     * @throws RegistryUnavailableException if they may be good, but the registry cannot tell now
     */
    T decode(byte[] bytes);
}
