// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real logs in the folder named by SEGMENTER_DATA; they are not part of the project. */
final class RealFiles {
    private RealFiles() {}

    /** A file of that folder; without it the test is skipped and says so. */
    static Path find(String name) {
        String data = System.getenv().getOrDefault("SEGMENTER_DATA", "../../../shared/data");
        Path file = Path.of(data, "dev", name);
        Assumptions.assumeTrue(
                Files.exists(file),
                () ->
                        "skipped: there is no "
                                + file
                                + "; set SEGMENTER_DATA to the folder of logs");
        return file;
    }
}
