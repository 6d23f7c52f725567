// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedSectionsTest {
    @TempDir Path folder;

    @Test
    void replace_ofOneSection_leavesTheRestAlone() throws Exception {
        Path page =
                Files.writeString(
                        folder.resolve("page.md"),
                        "head\n<!-- a -->\nold\n<!-- /a -->\n<!-- b -->\nkept\n<!-- /b -->\n");

        new MarkedSections(page).replace("a", "new\nlines");

        assertThat(page)
                .content()
                .isEqualTo(
                        "head\n<!-- a -->\nnew\nlines\n<!-- /a -->\n<!-- b -->\nkept\n<!-- /b -->\n");
    }

    @Test
    void replace_withoutMarkers_isRefused() throws Exception {
        Path page = Files.writeString(folder.resolve("page.md"), "<!-- b -->\n<!-- /b -->\n");

        assertThatThrownBy(() -> new MarkedSections(page).replace("a", "text"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'a'");
    }
}
