// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the data sets are that are not part of the project: the folder named by SEGMENTER_DATA, by
 * default ../shared/data, from the project's root.
 */
public record DataFolder(Path folder) {
    /** Environment variable that names the folder. */
    public static final String VARIABLE = "SEGMENTER_DATA";

    private static final String DEFAULT = "../shared/data";

    /** As the environment has it. */
    public static DataFolder of(Path projectRoot) {
        String configured = System.getenv(VARIABLE);
        return new DataFolder(
                projectRoot.resolve(configured == null ? DEFAULT : configured).normalize());
    }

    /** A file such as bench/s1.csv.gz, if it is there. */
    public Optional<Path> find(String file) {
        return Optional.of(folder.resolve(file)).filter(Files::exists);
    }

    /** In words why a data set is left out. */
    public String skipped(String file) {
        return "%s: skipped, %s has none; set %s to the folder that holds it"
                .formatted(file, folder, VARIABLE);
    }
}
