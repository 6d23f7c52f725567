// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import java.io.Serializable;
import java.util.List;

/** Names of the topics, all derived from one namespace. */
public record Topics(
        String clickstream,
        String changes,
        String memberships,
        String snapshots,
        String deadLetters)
        implements Serializable {

    /** Plain names for the empty namespace, else prefixed by it and a dot. */
    public static Topics of(String namespace) {
        String prefix = namespace.isEmpty() ? "" : namespace + ".";
        return new Topics(
                prefix + "clickstream",
                prefix + "segment-changes",
                prefix + "segment-memberships",
                prefix + "centroid-snapshots",
                prefix + "dead-letters");
    }

    /** The same with another input. */
    Topics withClickstream(String topic) {
        return new Topics(topic, changes, memberships, snapshots, deadLetters);
    }

    /** All five, the input first. */
    public List<String> all() {
        return List.of(clickstream, changes, memberships, snapshots, deadLetters);
    }
}
