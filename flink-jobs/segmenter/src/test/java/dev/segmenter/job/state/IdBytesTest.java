// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdBytesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "user-1",
                "größe",
                "\u00ff\u0000",
                "Ā",
                "用户-1",
                "\uD83D\uDE00",
                "\uD83D"
            })
    void id_isReadBackAsItWas_whateverLiesBehind(String id) {
        byte[] bytes = IdBytes.of(id, 3);
        bytes[bytes.length - 1] = 1;

        assertThat(IdBytes.read(bytes)).isEqualTo(id);
        assertThat(IdBytes.length(bytes)).isEqualTo(id.length());
        assertThat(IdBytes.end(bytes)).isEqualTo(bytes.length - 3);
        assertThat(IdBytes.isOf(bytes, id)).isTrue();
        for (int i = 0; i < id.length(); i++) {
            assertThat(IdBytes.charAt(bytes, i)).isEqualTo(id.charAt(i));
        }
    }

    @Test
    void anotherId_isToldApart_alsoOneOfTheSameBytes() {
        assertThat(IdBytes.isOf(IdBytes.of("ab", 0), "ac")).isFalse();
        assertThat(IdBytes.isOf(IdBytes.of("ab", 0), "a")).isFalse();
        assertThat(IdBytes.isOf(IdBytes.of("ab", 0), "abc")).isFalse();
        assertThat(IdBytes.isOf(IdBytes.of("\u0161", 0), "a")).isFalse();
        assertThat(IdBytes.isOf(IdBytes.of("a", 0), "\u0161")).isFalse();
    }

    @Test
    void ordinaryId_takesAByteACharacter() {
        assertThat(IdBytes.of("user-123", 0)).hasSize(10);
    }

    @Test
    void idTooLong_isRefused_notCut() {
        assertThat(IdBytes.read(IdBytes.of("x".repeat(32_767), 0))).hasSize(32_767);
        assertThatThrownBy(() -> IdBytes.of("x".repeat(32_768), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32768 characters");
    }
}
