// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/**
 * Measures how fast the job is: {@code mvn -Pload}. Writes tests/benchmarks/target/load.json and, where
 * a whole suite was measured, the tables of docs/performance.md.
 */
public final class Load {
    private Load() {}

    /** Takes the project's root folder; options are system properties (LoadOptions). */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        LoadOptions options = LoadOptions.from(System.getProperties());
        PrintStream out = System.out;
        Path work = root.resolve("tests/benchmarks/target/load");
        FileUtils.deleteQuietly(work.toFile());
        Files.createDirectories(work);
        Bench bench = new Bench(root, work, out);
        switch (options.suite()) {
            case DRAIN -> new DrainSuite(bench, options).run();
            case LATENCY -> new LatencySuite(bench, options).run();
            case GROWTH -> new GrowthSuite(bench, options).run();
            case PROFILE -> new ProfileSuite(bench, options).run();
        }
        out.printf("%nFigures: %s%n", LoadFile.of(root).path());
    }
}
