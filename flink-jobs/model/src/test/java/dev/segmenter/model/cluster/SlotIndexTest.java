// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotIndexTest {
    @Test
    void slotOf_anyIds_theirPlaceOrNone() {
        for (int k : new int[] {1, 2, 3, 8, 255, 256}) {
            int[] ids = new Random(k).ints(1, 100_000).distinct().limit(k).toArray();
            SlotIndex index = new SlotIndex(ids);

            for (int slot = 0; slot < k; slot++) {
                assertThat(index.slotOf(ids[slot])).isEqualTo(slot);
            }
            assertThat(index.slotOf(0)).isEqualTo(-1);
            assertThat(index.slotOf(100_001)).isEqualTo(-1);
        }
    }
}
