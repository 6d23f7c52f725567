// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void headers_ofEveryKeptVersion_areListed() throws Exception {
        List<String> lines = new ArrayList<>();
        for (SpecificRecordBase contract : Samples.all()) {
            String name = contract.getSchema().getName();
            List<Schema> kept = SchemaHistory.versions(name);
            for (int i = 0; i < kept.size(); i++) {
                lines.add("| %s v%d | `%s` |".formatted(name, i + 1, header(kept.get(i))));
            }
        }
        assertThat(readme()).containsAll(lines);
    }

    @Test
    void snippets_headers_areListed() throws IOException {
        List<String> lines = readme();
        List<String> snippets =
                lines.stream()
                        .filter(line -> line.startsWith("HEADER = "))
                        .map(line -> line.replaceAll(".*\"(.*)\".*", "| `$1` |"))
                        .toList();
        assertThat(snippets).hasSize(2);
        assertThat(snippets).allSatisfy(row -> assertThat(lines).anyMatch(l -> l.endsWith(row)));
    }

    private static String header(Schema schema) throws Exception {
        // Avro gives the fingerprint's bytes in the order in which the wire has them.
        byte[] fingerprint = SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema);
        return "C3 01 " + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(fingerprint);
    }

    private static List<String> readme() throws IOException {
        return Files.readAllLines(Path.of("README.md"));
    }
}
