// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSpecTest {
    @ParameterizedTest
    @CsvSource({
        "PT1H, PT1H",
        "PT24H, PT1H",
        "P2D, P1D",
        "P90D, P1D",
    })
    void pane_byWindow_hourUpToADayAndDayBeyond(Duration window, Duration pane) {
        assertThat(spec("f", FeatureKind.COUNT, null, window, null, null).pane()).isEqualTo(pane);
    }

    @ParameterizedTest
    @CsvSource({
        "COUNT,,PT90M,,,window",
        "COUNT,,PT25H,,,window",
        "COUNT,,P7DT1H,,,window",
        "COUNT,,PT0S,,,window",
        "COUNT,,PT-1H,,,window",
        "COUNT,,,,,window",
        "COUNT,PRICE,P1D,,,of",
        "SUM,,P1D,,,of",
        "SUM,ITEM,P1D,,,of",
        "DISTINCT,,P1D,,,of",
        "DISTINCT,PRICE,P1D,,,of",
        "SESSIONS,ITEM,P1D,,,of",
        "SESSIONS,,,,,window",
        "RECENCY,,P1D,,,window",
        "RECENCY,PRICE,,,,of",
        "RATIO,,P1D,a,b,window",
        "RATIO,ITEM,,a,b,of",
        "RATIO,,,,b,numerator",
        "RATIO,,,a,,denominator",
        "COUNT,,P1D,a,,numerator",
        "COUNT,,P1D,,b,denominator",
        ",,P1D,,,kind",
    })
    void create_impossible_refusedByNameAndKey(
            FeatureKind kind,
            EventField field,
            Duration window,
            String numerator,
            String denominator,
            String key) {
        assertThatThrownBy(() -> spec("visits", kind, field, window, numerator, denominator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("features[visits]." + key + ": '")
                .hasMessageContaining("; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a-b", "ümlaut"})
    void create_badName_refused(String name) {
        assertThatThrownBy(
                        () -> spec(name, FeatureKind.COUNT, null, Duration.ofDays(1), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".name: '" + name + "'");
    }

    @Test
    void create_blankOrRatioTypes_refused() {
        assertThatThrownBy(
                        () -> typed(FeatureKind.COUNT, Set.of(" "), Duration.ofDays(1), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".types");
        assertThatThrownBy(() -> typed(FeatureKind.RATIO, Set.of("view"), null, "a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".types");
    }

    @Test
    void create_noTransform_takesLog1p() {
        FeatureSpec spec = spec("f", FeatureKind.RECENCY, null, null, null, null);

        assertThat(spec.transform()).isEqualTo(Transform.LOG1P);
        assertThat(spec.transform().apply(Math.E - 1)).isEqualTo(StrictMath.log1p(Math.E - 1));
    }

    private static FeatureSpec spec(
            String name,
            FeatureKind kind,
            EventField field,
            Duration window,
            String numerator,
            String denominator) {
        return new FeatureSpec(
                name,
                kind,
                Set.of(),
                field,
                window,
                numerator,
                denominator,
                null,
                true,
                null,
                null);
    }

    private static FeatureSpec typed(
            FeatureKind kind,
            Set<String> types,
            Duration window,
            String numerator,
            String denominator) {
        return new FeatureSpec(
                "f", kind, types, null, window, numerator, denominator, null, true, null, null);
    }
}
