// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickstartOptionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void from_nothingGiven_hasTheDocumentedDefaults() {
        QuickstartOptions options = from(Map.of("java.version", "17", "segmenter.events", " "));

        assertThat(options.events()).isEmpty();
        assertThat(options.duration()).isEmpty();
        assertThat(options.generator(NOW).users()).isEqualTo(2_000);
        assertThat(options.generator(NOW).start()).isEqualTo(NOW.minus(Duration.ofDays(730)));
    }

    @Test
    void from_values_areParsed() {
        QuickstartOptions options =
                from(
                        Map.of(
                                "segmenter.events", "a/b.csv",
                                "segmenter.duration", "60s",
                                "segmenter.speed", "3600",
                                "segmenter.kafka.port", "19092",
                                "segmenter.job.model.k", "4"));

        assertThat(options.events()).contains(Path.of("a/b.csv"));
        assertThat(options.duration()).contains(Duration.ofMinutes(1));
        assertThat(options.speed()).contains(3_600.0);
        assertThat(options.kafkaPort()).contains(19_092);
        assertThat(options.jobOverrides()).isEqualTo(Map.of("model.k", "4"));
    }

    @Test
    void from_replayAndCalibrationAtOnce_isRefused() {
        assertThatThrownBy(
                        () ->
                                from(
                                        Map.of(
                                                "segmenter.events", "a.csv",
                                                "segmenter.calibrate", "b.csv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segmenter.calibrate: 'b.csv' excludes segmenter.events");
    }

    @Test
    void from_unknownKey_refusedWithTheKeysThatExist() {
        assertThatThrownBy(() -> from(Map.of("segmenter.evnts", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segmenter.evnts: no such option")
                .hasMessageContaining("-Dsegmenter.events");
    }

    @ParameterizedTest
    @CsvSource({
        "users, many",
        "seed, 1.5",
        "duration, soon",
        "speed, -1",
        "speed, fast",
        "late, -0.1",
        "kafka.port, 0",
        "dashboard.port, 70000",
        "parallelism, two"
    })
    void from_badValue_refusedWithKeyAndValue(String key, String value) {
        assertThatThrownBy(() -> from(Map.of("segmenter." + key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segmenter." + key)
                .hasMessageContaining("'" + value + "'");
    }

    private static QuickstartOptions from(Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        return QuickstartOptions.from(properties);
    }
}
