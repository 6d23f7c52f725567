// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

/** How the value of a Kafka record is written. */
public enum WireFormat {
    /** Avro single-object encoding: C3 01, fingerprint of the schema, Avro binary. No registry. */
    AVRO,
    /** Confluent's header: 0, id of the schema in a registry, Avro binary. */
    CONFLUENT,
    /** One JSON object; input events only. */
    JSON
}
