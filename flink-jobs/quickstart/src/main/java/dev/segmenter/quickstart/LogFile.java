// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import java.nio.file.Path;

/** Where log4j2.xml sends everything, so that the screen stays readable. */
final class LogFile {
    /** System property that log4j2.xml reads. */
    static final String PROPERTY = "segmenter.log";

    private LogFile() {}

    static Path path() {
        return Path.of(System.getProperty(PROPERTY, defaultPath())).toAbsolutePath();
    }

    private static String defaultPath() {
        return Path.of(System.getProperty("java.io.tmpdir"), "segmenter-quickstart.log").toString();
    }
}
