// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.Topics;
import dev.segmenter.job.functions.InitialModel;
import dev.segmenter.job.functions.ModelLease;
import dev.segmenter.job.kafka.KafkaEndpoints;
import dev.segmenter.schemas.Cause;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Holds what is written by hand to the code: topics, metrics, operators, the jar's name. */
class DocsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern FINAL_NAME = Pattern.compile("<finalName>(.+)</finalName>");

    @Test
    void topicsOfTheReadme_areThoseOfTheCode() throws IOException {
        assertThat(firstCells("README.md", "| topic |")).isEqualTo(Topics.of("").all());
    }

    @Test
    void metricsPage_namesEveryMetric() throws Exception {
        Set<String> declared = new TreeSet<>();
        for (Field field : MetricNames.class.getFields()) {
            if (!field.getName().equals("GROUP")) {
                declared.add(documented((String) field.get(null)));
            }
        }

        assertThat(firstCells("docs/metrics.md", "| name |"))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void metricsPage_namesEveryCause() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/metrics.md"));

        assertThat(Cause.values())
                .allSatisfy(
                        cause ->
                                assertThat(page)
                                        .contains("`" + cause.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void architecturePage_namesEveryOperator() throws IOException {
        List<String> documented =
                table("docs/architecture.md", "| name | uid |").stream()
                        .map(row -> code(row.split("\\|", -1)[2]))
                        .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(uidsOfTheWholeJob());
    }

    @Test
    void imageAndReadme_takeTheShadedJar() throws IOException {
        Matcher name = FINAL_NAME.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(name.find()).isTrue();
        String jar = "flink-jobs/segmenter/target/" + name.group(1) + ".jar";

        assertThat(List.of("docker/Dockerfile", ".dockerignore", "README.md"))
                .allSatisfy(page -> assertThat(ROOT.resolve(page)).content().contains(jar));
    }

    /** Of the job with every optional operator switched on. */
    private static Set<String> uidsOfTheWholeJob() {
        SegmenterConfig config =
                SegmenterConfig.load(
                        null,
                        Map.of(
                                "kafka.bootstrap-servers", "localhost:9092",
                                "mode", "replay",
                                "replay.end-time", "1291191960000",
                                "replay.speed-up", "1000",
                                "snapshots.export-path", "file:///tmp/models"));
        KafkaEndpoints kafka = new KafkaEndpoints(config);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        SegmenterJob.define(
                env,
                config,
                kafka.events(),
                InitialModel.NONE,
                ModelLease.ALONE,
                kafka.segments(),
                kafka.snapshots(),
                kafka.deadLetters());
        return env.getTransformations().stream()
                .flatMap(operator -> operator.getTransitivePredecessors().stream())
                .map(Transformation::getUid)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String documented(String metric) {
        if (metric.equals(MetricNames.CHANGES)) {
            return metric + "CAUSE";
        }
        if (metric.equals(MetricNames.SEGMENTS)) {
            return metric + "FATE";
        }
        return metric.endsWith("_") ? metric + "N" : metric;
    }

    private static List<String> firstCells(String page, String head) throws IOException {
        return table(page, head).stream().map(row -> code(row.split("\\|", -1)[1])).toList();
    }

    /** Rows of the one table whose head begins like this. */
    private static List<String> table(String page, String head) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(page));
        int first = 0;
        while (first < lines.size() && !lines.get(first).startsWith(head)) {
            first++;
        }
        assertThat(first).as("%s has a table '%s'", page, head).isLessThan(lines.size());
        return lines.stream().skip(first + 2L).takeWhile(line -> line.startsWith("|")).toList();
    }

    /** What stands in back-ticks first. */
    private static String code(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).findFirst().orElse("");
    }
}
