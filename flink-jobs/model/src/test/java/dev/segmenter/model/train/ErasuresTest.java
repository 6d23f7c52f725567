// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErasuresTest {
    private final Erasures erasures = new Erasures();

    @Test
    void take_laterErasureOfTheSameUser_holdsUpNoEarlierOne() {
        erasures.add(7, 100);
        erasures.add(7, 300);

        assertThat(erasures.take(200)).containsExactly(Map.entry(7L, 100L));
        assertThat(erasures.take(200)).isEmpty();
        assertThat(erasures.take(300)).containsExactly(Map.entry(7L, 300L));
    }

    @Test
    void take_severalDueOfOneUser_givesTheLatest() {
        erasures.add(7, 100);
        erasures.add(7, 150);

        assertThat(erasures.take(200)).containsExactly(Map.entry(7L, 150L));
    }

    @Test
    void writeAndRead_keepWhatIsNotDue() throws IOException {
        erasures.add(7, 100);
        erasures.add(8, 100);
        erasures.add(7, 300);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        erasures.write(new DataOutputStream(bytes));

        Erasures read =
                Erasures.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read.take(Long.MAX_VALUE)).isEqualTo(erasures.take(Long.MAX_VALUE));
    }
}
