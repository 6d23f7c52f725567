// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.model.feature.FeatureSet;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What a variant's process is told, as a file of properties.
 *
 * @param variant its name
 * @param total events of the topic at which a pass ends; the greatest long for never
 * @param job further options of the segmenter, by their own keys
 */
public record RunSettings(
        String variant,
        String bootstrapServers,
        String topic,
        long total,
        int parallelism,
        int k,
        int features,
        Duration checkpoint,
        String managed,
        Path folder,
        Map<String, String> job) {

    private static final String JOB = "job.";

    static RunSettings of(
            Variant variant, Broker broker, LoadTopic topic, LoadOptions options, Path folder) {
        return new RunSettings(
                variant.toString(),
                broker.address(),
                topic.name(),
                topic.events(),
                options.parallelism(),
                options.k(),
                options.features(),
                options.checkpoint(),
                options.managed(),
                folder,
                Map.of());
    }

    RunSettings withJob(Map<String, String> more) {
        return new RunSettings(
                variant,
                bootstrapServers,
                topic,
                total,
                parallelism,
                k,
                features,
                checkpoint,
                managed,
                folder,
                more);
    }

    /** Where a process finds its settings. */
    Path write() {
        Properties properties = new Properties();
        job.forEach((key, value) -> properties.setProperty(JOB + key, value));
        properties.setProperty("variant", variant);
        properties.setProperty("bootstrap-servers", bootstrapServers);
        properties.setProperty("topic", topic);
        properties.setProperty("total", Long.toString(total));
        properties.setProperty("parallelism", Integer.toString(parallelism));
        properties.setProperty("k", Integer.toString(k));
        properties.setProperty("features", Integer.toString(features));
        properties.setProperty("checkpoint", checkpoint.toString());
        properties.setProperty("managed", managed);
        properties.setProperty("folder", folder.toString());
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("run.properties");
            try (Writer out = Files.newBufferedWriter(file)) {
                properties.store(out, null);
            }
            FeatureSet set = LoadFeatures.of(features);
            Files.writeString(folder.resolve(LoadFeatures.YAML), LoadFeatures.yaml(set));
            Files.write(folder.resolve(LoadFeatures.LINES), LoadFeatures.lines(set));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written to this file. */
    public static RunSettings read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        Map<String, String> job = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(JOB)) {
                job.put(key.substring(JOB.length()), properties.getProperty(key));
            }
        }
        return new RunSettings(
                properties.getProperty("variant"),
                properties.getProperty("bootstrap-servers"),
                properties.getProperty("topic"),
                Long.parseLong(properties.getProperty("total")),
                Integer.parseInt(properties.getProperty("parallelism")),
                Integer.parseInt(properties.getProperty("k")),
                Integer.parseInt(properties.getProperty("features")),
                Duration.parse(properties.getProperty("checkpoint")),
                properties.getProperty("managed"),
                Path.of(properties.getProperty("folder")),
                job);
    }
}
