// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What is measured is what is deployed. */
class VariantRunTest {
    private static final Path DEPLOYMENT =
            Path.of("../../deploy/kubernetes/base/flink-deployment.yaml");
    private static final Path RUNBOOK = Path.of("../../deploy/runbook.md");
    private static final String KEY = "env.java.opts.taskmanager:";

    @Test
    void jvm_hasTheFlagsOfTheDeployment() throws IOException {
        String line =
                Files.readAllLines(DEPLOYMENT).stream()
                        .map(String::strip)
                        .filter(text -> text.startsWith(KEY))
                        .findFirst()
                        .orElseThrow();

        assertThat(VariantRun.jvm(LoadOptions.from(new Properties())))
                .contains(line.substring(KEY.length()).strip().split(" "));
    }

    @Test
    void latency_isMeasuredWithTheFlagOfTheRunbook() throws IOException {
        assertThat(Files.readString(RUNBOOK)).contains("-XX:MaxNewSize=" + LatencySuite.YOUNG);
    }
}
