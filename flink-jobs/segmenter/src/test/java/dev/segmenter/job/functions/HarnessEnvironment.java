// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** Environments for harnesses; one of its own would start threads and folders for each, half of its cost. */
final class HarnessEnvironment {
    private static final IOManager DISKS = new IOManagerAsync();

    private HarnessEnvironment() {}

    static MockEnvironmentBuilder builder() {
        return new MockEnvironmentBuilder().setIOManager(DISKS);
    }
}
