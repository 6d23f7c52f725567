// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.RunSettings;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Defines a Flink variant and submits it. */
interface JobDefinition {

    /**
     * Submits the job of a pass.
     *
     * @param pass number of the pass; what the job keeps outside is kept apart by it
     */
    JobClient submit(StreamExecutionEnvironment env, RunSettings settings, int pass)
            throws Exception;
}
