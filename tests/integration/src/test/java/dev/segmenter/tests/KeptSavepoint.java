// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A savepoint of a former version with what was true in it: {@code segmenter.yaml}, {@code
 * memberships.avro}, {@code snapshots.avro} (its last one) and the folder {@code savepoint}.
 */
record KeptSavepoint(Path folder) {
    private static final Path ALL = Path.of("src/test/resources/savepoints");

    static KeptSavepoint of(String version) {
        return new KeptSavepoint(ALL.resolve(version));
    }

    /** Versions kept. */
    static List<String> versions() throws IOException {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    Path yaml() {
        return folder.resolve("segmenter.yaml");
    }

    Map<String, SegmentMembership> memberships() throws IOException {
        return read("memberships.avro", SegmentMembership.class).stream()
                .collect(Collectors.toMap(SegmentMembership::getUserId, Function.identity()));
    }

    CentroidSnapshot snapshot() throws IOException {
        return read("snapshots.avro", CentroidSnapshot.class).get(0);
    }

    /** Copies the savepoint elsewhere, so that nothing is found by the path it was written to. */
    void copySavepointTo(Path target) throws IOException {
        copyFiles(folder.resolve("savepoint"), target);
    }

    void write(Path savepoint, Path yaml, Outputs outputs) throws IOException {
        copyFiles(savepoint, folder.resolve("savepoint"));
        Files.copy(yaml, yaml());
        List<CentroidSnapshot> snapshots = outputs.snapshots();
        write("memberships.avro", List.copyOf(outputs.memberships().values()));
        write("snapshots.avro", snapshots.subList(snapshots.size() - 1, snapshots.size()));
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private <T extends SpecificRecordBase> void write(String name, List<T> records)
            throws IOException {
        try (DataFileWriter<T> writer = new DataFileWriter<>(new SpecificDatumWriter<>())) {
            writer.create(records.get(0).getSchema(), folder.resolve(name).toFile());
            for (T record : records) {
                writer.append(record);
            }
        }
    }

    private <T extends SpecificRecordBase> List<T> read(String name, Class<T> type)
            throws IOException {
        List<T> records = new ArrayList<>();
        try (DataFileReader<T> reader =
                new DataFileReader<>(
                        folder.resolve(name).toFile(), new SpecificDatumReader<>(type))) {
            reader.forEach(records::add);
        }
        return records;
    }
}
