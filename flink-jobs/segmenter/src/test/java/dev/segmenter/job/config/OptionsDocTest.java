// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run with -Dsegmenter.update-docs=true to rewrite the table. */
class OptionsDocTest {
    private static final Path DOC = Path.of("../../docs/options.md");

    @Test
    void optionsDoc_saysWhatTheCodeSays() throws IOException {
        String generated = OptionsDoc.markdown();
        if (Boolean.getBoolean("segmenter.update-docs")) {
            Files.writeString(DOC, generated);
        }

        assertThat(DOC).hasContent(generated);
    }

    @Test
    void everyOption_isDescribed() {
        assertThat(SegmenterOptions.all())
                .hasSizeGreaterThan(40)
                .allSatisfy(option -> assertThat(OptionsDoc.description(option)).endsWith("."));
    }
}
