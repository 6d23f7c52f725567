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
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.junit.jupiter.api.Test;

class CarriedUsersTest {
    private static final UserSegmentSerializer SERIALIZER = new UserSegmentSerializer();

    /** Of a key group with ada, whose value and registered timer are below, and größe, who is gone. */
    private static final String USERS =
            "00366465762e7365676d656e7465722e6a6f622e73746174652e557365725365676d"
                    + "656e7453657269616c697a657224536e617073686f740000000301000000000000004d000000"
                    + "0b00066164610000010203040506070809017fffffffffffffff00000000000a6772f6df65";

    private static final String OF_USERS_ALONE = "53454701" + USERS + "00";

    /** With three bytes beside ada's value. */
    private static final String KEPT = "53454702" + USERS + "02000000030006616461050607" + "00";

    private static final byte[] VALUE = {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static final String ADA = "ada " + Arrays.toString(VALUE) + " 77";
    private static final String GROESSE = "größe [] " + Timed.NONE;

    @Test
    void formsOfReleases_areStillRead() throws Exception {
        assertThat(read(OF_USERS_ALONE)).containsExactly(ADA, GROESSE);
        assertThat(read(KEPT)).containsExactly(ADA, GROESSE, "beside ada [5, 6, 7]");
    }

    @Test
    void whatIsBesideUsers_isRefusedByAnOperatorThatHasNothingBeside() {
        assertThatThrownBy(() -> new NothingBeside().restore("ada", new byte[3]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ada")
                .hasMessageContaining("restore");
    }

    @Test
    void damagedPart_isRefused_andNotTakenForItsEnd() {
        String damaged = KEPT.substring(0, KEPT.length() - 2) + "09";

        assertThatThrownBy(() -> read(damaged))
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
        DataOutputSerializer beside = new DataOutputSerializer(16);
        CarriedUsers.writeBeside("ada", new byte[] {5, 6, 7, 8}, 3, beside);
        carried.write(beside);
        carried.endKeyGroup();
        carried.end();
        List<KeyGroupStatePartitionStreamProvider> parts = CarriedParts.of(4, bytes);

        assertThat(parts).singleElement().returns(3, part -> part.getKeyGroupId());
        assertThat(HexFormat.of().formatHex(parts.get(0).getStream().readAllBytes()))
                .isEqualTo(KEPT);
    }

    private static List<String> read(String part) throws IOException {
        List<String> users = new ArrayList<>();
        CarriedUsers.read(
                List.of(
                        new KeyGroupStatePartitionStreamProvider(
                                new ByteArrayInputStream(HexFormat.of().parseHex(part)), 3)),
                SERIALIZER,
                new NothingBeside() {
                    @Override
                    public void restore(String userId, byte[] bytes) {
                        users.add("beside " + userId + " " + Arrays.toString(bytes));
                    }
                },
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
