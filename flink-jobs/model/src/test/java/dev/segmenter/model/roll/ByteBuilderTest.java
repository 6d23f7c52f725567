// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteBuilderTest {
    @Test
    void write_anything_bytesOfADataOutputStream() throws IOException {
        Random random = new Random(5);
        ByteBuilder builder = new ByteBuilder();
        for (int round = 0; round < 20; round++) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            DataOutputStream stream = new DataOutputStream(expected);
            builder.clear();
            for (int i = 0; i < 50 * round; i++) {
                long number = random.nextLong() >> random.nextInt(64);
                builder.writeByte((int) number);
                builder.writeInt((int) number);
                builder.writeLong(number);
                builder.writeDouble(number / 3.0);
                stream.writeByte((int) number);
                stream.writeInt((int) number);
                stream.writeLong(number);
                stream.writeDouble(number / 3.0);
            }
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            builder.writeTo(new DataOutputStream(written));

            assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
        }
    }
}
