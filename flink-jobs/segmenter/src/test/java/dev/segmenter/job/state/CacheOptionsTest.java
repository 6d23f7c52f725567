// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheOptionsTest {
    @ParameterizedTest
    @CsvSource({"512, 128", "1024, 256", "2048, 768", "6144, 2816"})
    void cachedOf_aQuarterOfTheFirstGigabyte_halfOfWhatIsBeyond(long heapMb, long cachedMb) {
        assertThat(CacheOptions.cachedOf(heapMb << 20)).isEqualTo(cachedMb << 20);
    }
}
