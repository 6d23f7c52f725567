// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.segmenter.benchmarks.quality.LoggedPopulation;
import dev.segmenter.benchmarks.quality.MarkedSections;
import dev.segmenter.model.assign.Guards;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures how calm segments are and what the calm costs: part of {@code mvn -Pquality}. Writes the
 * tables of docs/stability.md and every row to tests/benchmarks/target/stability.json.
 */
public final class Stability {
    private static final long SEED = 1;
    private static final String DATA_VARIABLE = "SEGMENTER_DATA";
    private static final Map<String, String> SHOP = Map.of("features", "shop");
    private static final Map<String, String> BROWSING = Map.of("features", "browsing");
    private static final Map<String, String> BROWSING_AT_ONCE =
            Map.of("features", "browsing", "model.warm-up", "1h");

    private final Path root;
    private final PrintStream out;
    private final MarkedSections page;
    private final List<Row> rows = new ArrayList<>();

    private Stability(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
        this.page = new MarkedSections(root.resolve("docs/stability.md"));
    }

    /** Takes the project's root folder. */
    public static void main(String[] arguments) throws IOException {
        new Stability(Path.of(arguments[0]).toRealPath(), System.out).run();
    }

    private void run() throws IOException {
        measure("border", PlaneUsers.border(200, 60, SEED));
        write("delays", DelayTable.of(PlaneUsers.movers(1_000, 14, SEED)));
        measureLog("online_retail", "online_retail", SHOP);
        measureLog("taobao", "taobao_userbehavior_9d", BROWSING);
        measureLog(
                "taobao, warm-up of a vote interval", "taobao_userbehavior_9d", BROWSING_AT_ONCE);
        writeRows(root.resolve("tests/benchmarks/target/stability.json"));
    }

    private void measureLog(String section, String log, Map<String, String> options)
            throws IOException {
        String configured = System.getenv(DATA_VARIABLE);
        Path data = root.resolve(configured == null ? "../shared/data" : configured).normalize();
        Path file = data.resolve("dev").resolve(log + ".csv.gz");
        if (!Files.exists(file)) {
            out.printf(
                    "%s: skipped, there is no %s; set %s to the folder that holds dev/%n",
                    section, file, DATA_VARIABLE);
            return;
        }
        Recording recording = Recording.of(new LoggedPopulation(log, file, options), SEED);
        measure(section, recording);
        if (section.equals("online_retail")) {
            write("cycles", new WorkedExamples(recording, Guards.DEFAULTS).toMarkdown());
        }
    }

    private void measure(String section, Recording recording) throws IOException {
        List<Row> own = new ArrayList<>();
        GuardSets.compared()
                .forEach((name, guards) -> own.add(Row.of(section, name, recording, guards)));
        rows.addAll(own);
        write(section, new StabilityTable(own).toMarkdown());
    }

    private void write(String section, String text) throws IOException {
        out.printf("%n%s%n%s%n", section, text);
        page.replace(section, text);
    }

    private void writeRows(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        mapper.writeValue(file.toFile(), rows);
        out.printf("%nRows: %s%n", file);
    }
}
