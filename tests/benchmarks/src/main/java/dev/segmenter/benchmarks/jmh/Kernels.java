// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.benchmarks.quality.MarkedSections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Times the kernels and what they allocate: {@code mvn -Pjmh}. Writes tests/benchmarks/target/jmh.json and,
 * unless only some were asked for, the table in docs/performance.md.
 */
public final class Kernels {
    private static final String ALL = ".*";
    private static final String LONG = "long";

    private Kernels() {}

    /** Takes the project's root folder, a regular expression of benchmarks, and "short" or "long". */
    public static void main(String[] arguments) throws IOException, RunnerException {
        Path root = Path.of(arguments[0]).toRealPath();
        String filter = arguments[1];
        Path json = root.resolve("tests/benchmarks/target/jmh.json");
        Files.createDirectories(json.getParent());
        Collection<RunResult> results =
                new Runner(options(filter, arguments[2], json).build()).run();
        String table = new KernelTable(results).toMarkdown();
        System.out.printf("%n%s%n%nResults: %s%n", table, json);
        if (filter.equals(ALL)) {
            new MarkedSections(root.resolve("docs/performance.md")).replace("kernels", table);
        }
    }

    private static ChainedOptionsBuilder options(String filter, String length, Path json) {
        boolean isLong = length.equals(LONG);
        TimeValue time = TimeValue.milliseconds(isLong ? 1000 : 300);
        return new OptionsBuilder()
                .include(Kernels.class.getPackageName() + "\\..*" + filter)
                .addProfiler(GCProfiler.class)
                .forks(isLong ? 3 : 1)
                .warmupIterations(isLong ? 5 : 4)
                .warmupTime(time)
                .measurementIterations(isLong ? 5 : 3)
                .measurementTime(time)
                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString());
    }
}
