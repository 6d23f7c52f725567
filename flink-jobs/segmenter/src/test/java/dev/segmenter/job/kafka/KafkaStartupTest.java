// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class KafkaStartupTest {
    private static final Path BASH = Path.of("/bin/bash");
    private static final Topics TOPICS = Topics.of("");

    @Test
    void createTopicsScript_setsWhatTheJobSets() throws Exception {
        Assumptions.assumeTrue(Files.exists(BASH), "skipped: there is no " + BASH);

        Map<String, Map<String, String>> created =
                commands().stream()
                        .collect(
                                Collectors.toMap(
                                        words -> words.get(words.indexOf("--topic") + 1),
                                        KafkaStartupTest::settings));

        assertThat(created)
                .isEqualTo(
                        TOPICS.all().stream()
                                .collect(
                                        Collectors.toMap(
                                                topic -> topic,
                                                topic -> KafkaStartup.settings(topic, TOPICS))));
    }

    /** The script's calls of Kafka's tool, in words. */
    private static List<List<String>> commands() throws IOException, InterruptedException {
        ProcessBuilder script =
                new ProcessBuilder(BASH.toString(), "../../docker/create-topics.sh")
                        .redirectErrorStream(true);
        script.environment()
                .putAll(Map.of("BOOTSTRAP_SERVERS", "broker:9092", "KAFKA_TOPICS", "echo"));
        Process process = script.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().map(line -> List.of(line.split(" "))).toList();
    }

    private static Map<String, String> settings(List<String> words) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--config")) {
                String[] setting = words.get(i + 1).split("=", 2);
                settings.put(setting[0], setting[1]);
            }
        }
        return settings;
    }
}
