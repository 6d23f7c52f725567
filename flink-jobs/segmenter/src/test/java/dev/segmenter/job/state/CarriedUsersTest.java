// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.junit.jupiter.api.Test;

class CarriedUsersTest {
    private static final UserSegmentSerializer SERIALIZER = new UserSegmentSerializer();

    /** Of a key group with ada, whose value and registered timer are below, and größe, who is gone. */
    private static final String KEPT =
            "5345470100366465762e7365676d656e7465722e6a6f622e73746174652e557365725365676d"
                    + "656e7453657269616c697a657224536e617073686f740000000301000000000000004d000000"
                    + "0b00066164610000010203040506070809017fffffffffffffff00000000000a6772f6df6500";

    private static final byte[] VALUE = {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void formOfARelease_isStillRead() throws Exception {
        byte[] kept = HexFormat.of().parseHex(KEPT);

        assertThat(
                        read(
                                List.of(
                                        new KeyGroupStatePartitionStreamProvider(
                                                new ByteArrayInputStream(kept), 3))))
                .containsExactly("ada " + Arrays.toString(VALUE) + " 77", "größe [] " + Timed.NONE);
    }

    @Test
    void damagedPart_isRefused_andNotTakenForItsEnd() {
        byte[] damaged = HexFormat.of().parseHex(KEPT);
        damaged[damaged.length - 1] = 9;

        assertThatThrownBy(
                        () ->
                                read(
                                        List.of(
                                                new KeyGroupStatePartitionStreamProvider(
                                                        new ByteArrayInputStream(damaged), 3))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("byte 9")
                .hasMessageContaining("restore");
    }

    @Test
    void form_isTheKeptOne() throws Exception {
        CarriedBytes bytes = new CarriedBytes(new CarriedBytes.Buffers());
        CarriedUsers<?> carried = new CarriedUsers<>(bytes, SERIALIZER);
        carried.startKeyGroup(3);
        byte[] ada = IdBytes.of("ada", VALUE.length + 5);
        System.arraycopy(VALUE, 0, ada, IdBytes.end(ada), VALUE.length);
        carried.write(ada, VALUE.length, 77);
        carried.write(IdBytes.of("größe", 9), 0, Timed.NONE);
        carried.endKeyGroup();
        carried.end();
        List<KeyGroupStatePartitionStreamProvider> parts = CarriedParts.of(4, bytes);

        assertThat(parts).singleElement().returns(3, part -> part.getKeyGroupId());
        assertThat(HexFormat.of().formatHex(parts.get(0).getStream().readAllBytes()))
                .isEqualTo(KEPT);
    }

    private static List<String> read(List<KeyGroupStatePartitionStreamProvider> parts)
            throws IOException {
        List<String> users = new ArrayList<>();
        CarriedUsers.read(
                parts,
                SERIALIZER,
                (userId, value, length, registered) ->
                        users.add(
                                userId
                                        + " "
                                        + Arrays.toString(Arrays.copyOf(value, length))
                                        + " "
                                        + registered));
        return users;
    }
}
