// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in a canonical savepoint. Strings lie there as they are, ASCII in one byte a character, if
 * snapshots are not compressed.
 */
final class SavepointFiles {
    /** An option without which the bytes could not be searched. */
    static final String COMPRESSION = "flink.execution.checkpointing.snapshot-compression";

    private final List<String> contents = new ArrayList<>();

    private SavepointFiles() {}

    static SavepointFiles read(String savepoint) throws IOException {
        SavepointFiles all = new SavepointFiles();
        try (Stream<Path> files = Files.walk(Path.of(URI.create(savepoint)))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                all.contents.add(new String(content, StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    /** Bytes as a string of ISO 8859-1. */
    boolean contain(String bytes) {
        return contents.stream().anyMatch(content -> content.contains(bytes));
    }

    /** Whatever matches, in strings of ISO 8859-1; by chance something may that was never written. */
    Set<String> find(Pattern pattern) {
        return contents.stream()
                .flatMap(content -> pattern.matcher(content).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
