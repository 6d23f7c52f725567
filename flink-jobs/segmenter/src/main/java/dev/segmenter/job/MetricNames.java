// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import org.apache.flink.metrics.MetricGroup;

/** Every metric of the job, declared once; all live in the group {@value #GROUP} of their operator. */
public final class MetricNames {
    public static final String GROUP = "segmenter";

    public static final String EVENTS_READ = "events_read";
    public static final String EVENTS_ADMITTED = "events_admitted";
    public static final String EVENTS_COUNTED = "events_counted";
    public static final String OTHER_TYPES = "events_of_other_types";
    public static final String DUPLICATES = "duplicates";
    public static final String LATE = "late";
    public static final String INVALID = "invalid";
    public static final String UNDECODABLE = "undecodable";
    public static final String OVER_QUOTA = "over_quota";
    public static final String ERASURES = "erasures";

    public static final String CACHE_BYTES = "cache_bytes";
    public static final String CACHE_MISSES = "cache_misses";
    public static final String CARRIED_BYTES = "carried_bytes";

    public static final String VOTES = "votes";
    public static final String LATE_VOTES = "late_votes";
    public static final String THINNED_VOTES = "thinned_votes";
    public static final String BATCHES = "batches";
    public static final String SNAPSHOTS = "snapshots";
    public static final String SEGMENTS = "segments_";
    public static final String MODEL_VERSION = "model_version";
    public static final String MODEL_AGE_MS = "model_age_ms";
    public static final String INERTIA = "inertia";
    public static final String SILHOUETTE = "silhouette";
    public static final String DRIFT_SCORE = "drift_score";
    public static final String DRIFT_LEVEL = "drift_level";
    public static final String DRIFT_ALARMS = "drift_alarms";
    public static final String DRIFTING = "drifting";
    public static final String HALF_LIFE_MS = "half_life_ms";
    public static final String CENTROID_SHIFT = "centroid_shift";
    public static final String SEGMENT_MIX = "segment_mix";
    public static final String DAVIES_BOULDIN = "davies_bouldin";
    public static final String OUTLIER_SHARE = "outlier_share";
    public static final String RELABELLED = "relabelled";
    public static final String SHADOW_INERTIA = "shadow_inertia_k_";
    public static final String SHADOW_SILHOUETTE = "shadow_silhouette_k_";
    public static final String SHADOW_DAVIES_BOULDIN = "shadow_davies_bouldin_k_";

    public static final String WAITING_VECTORS = "waiting_vectors";
    public static final String LATE_VERSIONS = "late_versions";
    public static final String USERS_SLOT = "users_slot_";
    public static final String SEGMENT_ID_SLOT = "segment_id_slot_";
    public static final String CHANGES = "changes_";
    public static final String VERSION_IN_USE = "version_in_use";
    public static final String USERS_MET_BY_VERSION = "users_met_by_version";
    public static final String USERS_MOVED_BY_VERSION = "users_moved_by_version";
    public static final String EVENT_TO_CHANGE_MS = "event_to_change_ms";

    private MetricNames() {}

    /** The one group of an operator's own metrics. */
    public static MetricGroup group(MetricGroup operator) {
        return operator.addGroup(GROUP);
    }
}
