// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0          | 0
                    0.000001   | less than 0.01
                    0.0421     | 0.04
                    0.42       | 0.4
                    0.999      | 1
                    3.14       | 3.1
                    9.94       | 9.9
                    9.96       | 10
                    12.4       | 12
                    1240.3     | 1,240
                    999999.4   | 999,999
                    999999.9   | 1 million
                    2540000    | 2.5 million
                    2.54e10    | 25.4 billion
                    2e14       | 200 trillion
                    1e300      | more than 999 trillion
                    -3.14      | -3.1
                    """)
    void of_anySize_readsWell(double value, String expected) {
        assertThat(Numbers.of(value)).isEqualTo(expected);
    }

    @Test
    void of_otherLocale_isTheSame() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Numbers.of(1240.3)).isEqualTo("1,240");
            assertThat(Numbers.of(3.14)).isEqualTo("3.1");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void of_finer_hasTwoDecimalsMore() {
        assertThat(Numbers.of(3.141, Numbers.FINE)).isEqualTo("3.141");
        assertThat(Numbers.of(12.3456, Numbers.FINE)).isEqualTo("12.35");
        assertThat(Numbers.of(0.00512, Numbers.FINE)).isEqualTo("0.0051");
    }
}
