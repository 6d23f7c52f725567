// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.feature.DefaultFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmenterConfigTest {
    @TempDir Path folder;

    @Test
    void defaults_areThoseOfAShop() {
        SegmenterConfig config = load("");

        assertThat(config.isReplay()).isFalse();
        assertThat(config.isExact()).isFalse();
        assertThat(config.isExactlyOnce()).isTrue();
        assertThat(config.lateness()).isEqualTo(Duration.ofHours(24));
        assertThat(config.initialModel()).isEqualTo("latest");
        assertThat(config.trainer().k()).isEqualTo(6);
        assertThat(config.trainer().halfLife()).isEqualTo(Duration.ofDays(90));
        assertThat(config.trainer().activationDelay()).isEqualTo(config.disorder());
        assertThat(config.topics().changes()).isEqualTo("segment-changes");
    }

    @Test
    void browsing_bringsTheDefaultsOfLogsOfDays() {
        SegmenterConfig config = load("features: browsing\n");

        assertThat(config.features().fingerprint())
                .isEqualTo(DefaultFeatures.browsing().fingerprint());
        assertThat(config.trainer().k()).isEqualTo(5);
        assertThat(config.trainer().warmUp()).isEqualTo(Duration.ofDays(2));
        assertThat(config.trainer().batchInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(config.trainer().halfLife()).isEqualTo(Duration.ofDays(7));
        assertThat(config.roll().voteInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(config.roll().exitAfter()).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void browsing_whatIsSetWins() {
        SegmenterConfig config =
                load(
                        "features: browsing\nmodel: {k: 6, vote-interval: 6h}\n",
                        Map.of("users.exit-after", "90d", "model.warm-up", "6h"));

        assertThat(config.trainer().k()).isEqualTo(6);
        assertThat(config.trainer().warmUp()).isEqualTo(Duration.ofHours(6));
        assertThat(config.trainer().batchInterval()).isEqualTo(Duration.ofHours(6));
        assertThat(config.roll().exitAfter()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void presetGivenAsAnOverride_bringsItsDefaultsToo() {
        SegmenterConfig config = load("model.k: 4\n", Map.of("features", "browsing"));

        assertThat(config.trainer().k()).isEqualTo(4);
        assertThat(config.roll().exitAfter()).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void ownFeatures_haveTheOptionsOwnDefaults() {
        SegmenterConfig config =
                load("features: [{name: views, kind: count, types: [view], window: 7d}]\n");

        assertThat(config.trainer().k()).isEqualTo(SegmenterOptions.K.defaultValue());
        assertThat(config.roll().exitAfter()).isEqualTo(SegmenterOptions.EXIT_AFTER.defaultValue());
    }

    @Test
    void replay_changesTheDefaultsThatDependOnIt() {
        SegmenterConfig config = load("mode: replay\nreplay.end-time: 1291191960000\n");

        assertThat(config.isExact()).isTrue();
        assertThat(config.lateness()).isEqualTo(config.disorder());
        assertThat(config.initialModel()).isEqualTo("none");
        assertThat(config.idleTimeout()).isEmpty();
        assertThat(config.alignmentDrift()).isPresent();
    }

    @Test
    void confirmation_underAShorterStay_isNoLongerThanTheStay() {
        assertThat(load("").assign().guards()).isEqualTo(Guards.DEFAULTS);
        assertThat(load("guards.stay: 1h\n").assign().guards().confirmation())
                .isEqualTo(Duration.ofHours(1));
        assertThat(load("guards.stay: 0s\n").assign().guards().confirmation()).isZero();
    }

    @Test
    void namespace_prefixesTopicsAndIds() {
        SegmenterConfig config = load("namespace: shop\n");

        assertThat(config.topics().all()).allMatch(topic -> topic.startsWith("shop."));
        assertThat(config.applicationId()).isEqualTo("segmenter.shop");
    }

    @Test
    void overrides_winOverTheFile() {
        SegmenterConfig config = load("model:\n  k: 4\n", Map.of("model.k", "9"));

        assertThat(config.trainer().k()).isEqualTo(9);
    }

    @Test
    void labels_areReadFromTheFileAndOverrides() {
        SegmenterConfig config =
                load(
                        "model:\n  labels:\n    3: bargain hunters\n    5: whales\n",
                        Map.of("model.labels.5", "sharks"));

        assertThat(config.labels().byId()).isEqualTo(Map.of(3, "bargain hunters", 5, "sharks"));
        assertThat(load("").labels().byId()).isEmpty();
    }

    @Test
    void features_areReadFromTheFile() {
        SegmenterConfig config =
                load(
                        """
                        features:
                          - {name: buys, kind: count, types: [purchase], window: 30d}
                          - {name: views, kind: count, types: [view], window: 30d, cluster: false}
                          - {name: rate, kind: ratio, numerator: buys, denominator: views,
                             transform: none, high: decided, low: curious}
                        """);

        assertThat(config.features().size()).isEqualTo(3);
        assertThat(config.features().dimension()).isEqualTo(2);
        assertThat(config.features().largestClusteredWindow()).isEqualTo(Duration.ofDays(30));
        assertThat(config.features().clusteredFeature(1).high()).isEqualTo("decided");
    }

    @Test
    void shadowKs_areTheNeighboursOfKUnlessGivenOrNone() {
        assertThat(load("model.k: 5").trainer().shadowKs()).containsExactly(4, 6);
        assertThat(load("model: {k: 5, shadow-k: '7, 3'}").trainer().shadowKs())
                .containsExactly(3, 7);
        assertThat(load("model.shadow-k: 8").trainer().shadowKs()).containsExactly(8);
        assertThat(load("model.shadow-k: none").trainer().shadowKs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    modle.k: 3                             | modle.k       | did you mean model.k
                    nonsense: 3                            | nonsense      | docs/options.md
                    model.k: 0                             | model.k       | '0'
                    model.k: 1                             | model.k       | '1'
                    model.k: many                          | model.k       | 'many'
                    model.measure: manhattan               | measure       | means do not minimise
                    model.measure: angular                 | measure       | angular
                    model.half-life: 60d                   | model.half-life | largest clustered window
                    "model: {batch-interval: 5d, half-life: 90d}" | model.batch-interval | half-life
                    model.activation-delay: 1s             | model.activation-delay | events.disorder
                    model.shadow-k: 1                      | model.shadow-k: '[1]' | from 2 on
                    model.shadow-k: 5, 6                   | model.shadow-k: '[5, 6]' | none of them model.k (6)
                    model.shadow-k: several                | model.shadow-k: 'several' | no list of numbers
                    model.drift-speed-up: 0.5              | model.drift-speed-up: '0.5' | use 1 to 1000
                    guards.margin: 1.5                     | guards.margin | 1.5
                    guards.margin: 1.0                     | guards.margin: '1.0' | below 1
                    guards.margin: -0.01                   | guards.margin: '-0.01' | from 0
                    guards.margin: NaN                     | guards.margin: 'NaN' | below 1
                    guards.stay: 100d                      | guards.stay: 'PT2400H' | users.exit-after (PT2160H); shorten it
                    guards.stay: -PT24H                    | guards.stay: '-PT24H' | negative duration
                    "users.exit-after: 1d"                 | guards.stay: 'PT48H' | users.exit-after (PT24H); shorten it
                    "{features: browsing, guards.stay: 15d}" | guards.stay: 'PT360H' | users.exit-after (PT336H); shorten it
                    guards.confirmation: 3d                | guards.confirmation: 'PT72H' | at most guards.stay, which is PT48H
                    "guards: {stay: 0s, confirmation: 91d}" | guards.confirmation: 'PT2184H' | users.exit-after (PT2160H); shorten it
                    "{users.exit-after: 6d, events.lateness: 6d}" | users.exit-after: 'PT144H' | events.lateness (PT144H); lengthen it
                    users.exit-after: 0s                   | users.exit-after: 'PT0S' | from 1 s
                    users.max-session: 10min               | users.max-session: 'PT10M' | users.session-gap 'PT30M'
                    users.quota-per-minute: 0              | users.quota-per-minute: '0' | at least 1
                    model.vote-interval: 0s                | model.vote-interval: 'PT0S' | from 1 s
                    model.labels: whales                   | model.labels  | whales
                    model.labels.x: whales                 | model.labels.x | no segment id
                    model.labels.0: whales                 | model.labels.0 | positive whole number
                    "model.labels.3: ' '"                  | model.labels.3 | blank
                    "model.labels: {3: whales, 5: Whales}" | model.labels.5 | also the label of segment 3
                    "model.labels: {3: whales, '03': sharks}" | model.labels | names a segment twice
                    model.labels.3: aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbx | model.labels.3 | at most 80
                    events.lateness: 1s                    | events.lateness | events.disorder
                    events.format: xml                     | events.format | avro, confluent or json
                    events.format: confluent               | registry.url  | missing
                    output.format: json                    | output.format | input format only
                    mode: replay                           | replay.end-time | missing
                    replay.speed-up: 10                    | replay.speed-up | mode: replay
                    namespace: "a b"                       | namespace     | topic name
                    parallelism: 0                         | parallelism   | max-parallelism
                    delivery.transaction-timeout: 1min     | delivery.transaction-timeout | checkpoint.timeout
                    checkpoint.interval: 0s                | checkpoint.interval | longer than 0
                    features: bakery                       | features      | shop, browsing
                    features: []                           | features      | list
                    features: [{name: a}]                  | features[a].kind | count
                    features: [{name: a, kind: count, window: 36h}] | features[a].window | whole number of panes
                    features: [{name: a, kind: count, window: 90min}] | features[a].window | whole number of panes
                    features: [{name: a, kind: ratio, numerator: b, denominator: c}] | features[a].numerator | no declared feature
                    features: [{name: a, kind: count, window: 1d}, {name: a, kind: recency}] | features | two features are named 'a'
                    features: [{name: a, kind: count, window: 1d, colour: red}] | features[a].colour | no key
                    """)
    void badConfig_isRefusedWithKeyAndReason(String yaml, String key, String reason) {
        assertThatThrownBy(() -> load(yaml + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    events.idle-timeout: 1min | events.idle-timeout | PT1M
                    events.lateness: 1h       | events.lateness | PT1H
                    flink: {execution.checkpointing.unaligned.enabled: true} | flink.execution.checkpointing.unaligned | true
                    flink: {execution.checkpointing.unaligned: true} | flink.execution.checkpointing.unaligned | true
                    flink: {execution.checkpointing.mode: AT_LEAST_ONCE} | flink.execution.checkpointing.mode | AT_LEAST_ONCE
                    """)
    void exactAssignment_refusesWhatBreaksIt(String yaml, String key, String value) {
        assertThatThrownBy(() -> load("assignment: exact\n" + yaml + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("'" + value + "'")
                .hasMessageContaining("exact assignment refuses; remove it");
        assertThat(load(yaml + "\n").isExact()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    parallelism.default: 8                     | 'use parallelism'
                    pipeline.max-parallelism: 8                | 'use max-parallelism'
                    execution.checkpointing.interval: 1s       | 'use checkpoint.interval'
                    execution.checkpointing.timeout: 1s        | 'use checkpoint.timeout'
                    execution.runtime-mode: BATCH              | 'remove it'
                    execution.runtime-mode: AUTOMATIC          | 'remove it'
                    state.backend.rocksdb.timer-service.factory: HEAP | 'holds changed users; remove it'
                    """)
    void engineSetting_thatWouldEscapeTheChecks_isRefused(String setting, String remedy) {
        String key = "flink." + setting.substring(0, setting.indexOf(':'));

        assertThatThrownBy(() -> load("flink: {" + setting + "}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(key + ": '")
                .hasMessageContaining(remedy);
    }

    @Test
    void missingBroker_isRefused() {
        assertThatThrownBy(() -> SegmenterConfig.load(null, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.bootstrap-servers");
    }

    @Test
    void brokenFile_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.yaml"), "a: [1,\n");

        assertThatThrownBy(() -> SegmenterConfig.load(file, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no YAML");
        assertThatThrownBy(() -> SegmenterConfig.load(folder.resolve("none.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void secrets_areNotShown() {
        SegmenterConfig config =
                load(
                        "events.format: confluent\nregistry.url: http://registry\n",
                        Map.of("registry.authorization", "Basic c2VjcmV0"));

        assertThat(config.registry().toString()).doesNotContain("c2VjcmV0");
    }

    private SegmenterConfig load(String yaml) {
        return load(yaml, Map.of());
    }

    private SegmenterConfig load(String yaml, Map<String, String> overrides) {
        Map<String, String> all = new HashMap<>(overrides);
        all.put("kafka.bootstrap-servers", "broker:9092");
        try {
            return SegmenterConfig.load(
                    Files.writeString(folder.resolve("segmenter.yaml"), yaml), all);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
