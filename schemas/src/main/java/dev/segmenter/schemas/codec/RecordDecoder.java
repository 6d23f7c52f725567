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

    /**
     * Where the Avro binary begins if the bytes are known to be written with the schema of this
     * fingerprint (CRC-64-AVRO); negative if not, or not known yet.
     */
    default int bodyAt(byte[] bytes, long fingerprint) {
        return -1;
    }
}
