// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.input.FilePreload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real logs, where the folder named by SEGMENTER_DATA has them; they are not part of the project. */
class RealFilesIT {
    @TempDir Path folder;

    @Test
    void onlineRetail_endsWithEveryLiveUserInASegment() throws Exception {
        try (Stage stage = new Stage(folder)) {
            long end = preload(stage, "online_retail.csv.gz");
            long t0 = System.nanoTime();
            Outputs outputs =
                    stage.run(
                            stage.config(
                                    null,
                                    "retail",
                                    Map.of(
                                            "mode", "replay",
                                            "parallelism", "2",
                                            "replay.end-time", Long.toString(end))));
            System.err.println("SECONDS " + (System.nanoTime() - t0) / 1e9);
            System.err.println(
                    "LIVE "
                            + outputs.live()
                            + " changes "
                            + outputs.allChanges().size()
                            + " snapshots "
                            + outputs.snapshots().size()
                            + " dead "
                            + outputs.deadLetters().size());
            outputs.snapshots()
                    .get(outputs.snapshots().size() - 1)
                    .getCentroids()
                    .forEach(
                            c ->
                                    System.err.println(
                                            c.getSegmentId()
                                                    + " "
                                                    + c.getLabel()
                                                    + " "
                                                    + c.getWeight()
                                                    + " "
                                                    + c.getProfile()));
            System.err.println(
                    outputs.allChanges().stream()
                            .collect(
                                    java.util.stream.Collectors.groupingBy(
                                            c -> c.getCause(),
                                            java.util.stream.Collectors.counting())));
            assertThat(outputs.snapshots()).hasSizeGreaterThan(2);
        }
    }

    private static long preload(Stage stage, String name) throws Exception {
        stage.createClickstream();
        try (EventFeed feed = stage.feed()) {
            return FilePreload.run(file(name), ColumnMapping.standard(), feed, share -> {})
                    .lastEventTime();
        }
    }

    private static Path file(String name) {
        String data = System.getenv().getOrDefault("SEGMENTER_DATA", "../../../shared/data");
        Path file = Path.of(data, "dev", name);
        Assumptions.assumeTrue(
                Files.exists(file), () -> "skipped: no " + file + "; set SEGMENTER_DATA");
        return file;
    }
}
