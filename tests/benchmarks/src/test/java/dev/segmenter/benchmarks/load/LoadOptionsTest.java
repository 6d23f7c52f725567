// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.config.SegmenterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadOptionsTest {
    @Test
    void from_nothingGiven_isTheDefaultSuiteWithEveryVariant() {
        LoadOptions options = LoadOptions.from(new Properties());

        assertThat(options.suite()).isEqualTo(LoadOptions.Suite.DRAIN);
        assertThat(options.variants()).containsExactly(Variant.values());
        assertThat(options.window().toSeconds()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void from_unknownKey_isRefusedWithTheListOfAll() {
        assertThatThrownBy(() -> from("load.user", "7"))
                .hasMessageContaining("load.user: no such option")
                .hasMessageContaining("load.users");
    }

    @Test
    void from_badValue_isRefusedByKey() {
        assertThatThrownBy(() -> from("load.features", "12")).hasMessageContaining("load.features");
        assertThatThrownBy(() -> from("load.variants", "whole")).hasMessageContaining("whole-job");
        assertThatThrownBy(() -> from("load.window", "fast")).hasMessageContaining("load.window");
        assertThatThrownBy(() -> from("load.users", "0")).hasMessageContaining("load.users");
        assertThatThrownBy(() -> from("load.partitions", "1"))
                .hasMessageContaining("load.partitions");
    }

    @Test
    void features_asConfiguration_areTheSameSet(@TempDir Path folder) throws IOException {
        for (int clustered : new int[] {8, 16, 32}) {
            Path file = folder.resolve(clustered + ".yaml");
            Files.writeString(file, LoadFeatures.yaml(LoadFeatures.of(clustered)));

            SegmenterConfig config =
                    SegmenterConfig.load(file, Map.of("kafka.bootstrap-servers", "127.0.0.1:1"));

            assertThat(LoadFeatures.of(clustered).dimension()).isEqualTo(clustered);
            assertThat(config.features().fingerprint())
                    .isEqualTo(LoadFeatures.of(clustered).fingerprint());
        }
    }

    @Test
    void runSettings_writtenAndRead_areEqual(@TempDir Path folder) throws IOException {
        RunSettings settings =
                new RunSettings(
                        "whole-job",
                        "127.0.0.1:9",
                        "topic",
                        7,
                        2,
                        16,
                        16,
                        Duration.ofSeconds(10),
                        "1g",
                        folder,
                        Map.of("guards.stay", "0 s"));

        assertThat(RunSettings.read(settings.write())).isEqualTo(settings);
    }

    private static LoadOptions from(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return LoadOptions.from(properties);
    }
}
