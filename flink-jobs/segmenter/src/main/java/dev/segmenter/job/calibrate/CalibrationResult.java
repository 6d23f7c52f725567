// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.calibrate;

import dev.segmenter.schemas.CentroidSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What a calibration gives.
 *
 * @param figures all of them
 * @param snapshot the model, from which a job can start
 */
public record CalibrationResult(CalibrationFile figures, CentroidSnapshot snapshot) {
    public static final String FIGURES = "calibration.json";
    public static final String SNAPSHOT = "snapshot.avro";

    private static final String UNFINISHED = ".unfinished";

    /** Writes both to a folder on any file system of Flink; each file appears whole or not at all. */
    public void write(Path folder) throws IOException {
        FileSystem files = folder.getFileSystem();
        files.mkdirs(folder);
        write(files, new Path(folder, FIGURES), out -> out.write(json()));
        write(files, new Path(folder, SNAPSHOT), this::writeSnapshot);
    }

    private byte[] json() {
        return figures.toJson().getBytes(StandardCharsets.UTF_8);
    }

    private void writeSnapshot(OutputStream out) throws IOException {
        try (DataFileWriter<CentroidSnapshot> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(CentroidSnapshot.class))) {
            writer.create(snapshot.getSchema(), out).append(snapshot);
        }
    }

    private static void write(FileSystem files, Path file, Content content) throws IOException {
        Path unfinished = file.suffix(UNFINISHED);
        try (OutputStream out = files.create(unfinished, FileSystem.WriteMode.OVERWRITE)) {
            content.writeTo(out);
        }
        files.delete(file, false);
        if (!files.rename(unfinished, file)) {
            throw new IOException(file + " cannot be written; check the folder's rights");
        }
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
