// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProbesTest {
    @Test
    void numberOf_ids_findsTheIntendedTimeOfEachProbe() {
        Probes probes = new Probes();
        for (int i = 0; i < 5_000; i++) {
            byte[] id = probes.next(1_000L + i);

            assertThat(Probes.numberOf(id)).isEqualTo(i);
        }

        assertThat(probes.count()).isEqualTo(5_000);
        assertThat(probes.intended(0)).isEqualTo(1_000);
        assertThat(probes.intended(4_999)).isEqualTo(5_999);
    }

    @Test
    void numberOf_anotherUser_isNone() {
        byte[] user = "user-0000017".getBytes(StandardCharsets.UTF_8);

        assertThat(Probes.numberOf(user)).isNegative();
    }
}
