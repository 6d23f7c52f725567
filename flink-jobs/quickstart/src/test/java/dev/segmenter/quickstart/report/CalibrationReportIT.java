// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The calibration's report in a real browser without a network. */
@Timeout(180)
class CalibrationReportIT {
    private static final List<String> CHARTS =
            List.of(
                    "silhouette-chart",
                    "stability-chart",
                    "inertia-chart",
                    "davies-bouldin-chart",
                    "map-chart",
                    "tree-chart",
                    "density-chart");
    private static final int DESKTOP = 1280;
    private static final int TABS = 40;

    private static final String DRAWN_SHAPES =
            "return document.querySelectorAll('#' + arguments[0] + ' svg path,"
                    + " #' + arguments[0] + ' svg polyline').length";
    private static final String LABEL =
            "return document.getElementById(arguments[0]).getAttribute('aria-label')";
    private static final String ROWS =
            "return document.querySelectorAll('#' + arguments[0] + ' tbody tr').length";
    private static final String MAP_LEGEND =
            "return document.getElementById('map-legend').textContent";
    private static final String FOCUSED =
            """
            const e = document.activeElement;
            const tag = e.tagName.toLowerCase();
            if (tag === 'summary') return 'summary in ' + e.parentElement.id;
            if (e.id) return tag + '#' + e.id;
            if (e.hash && e.className) return tag + '.' + e.className;
            return tag + (e.hash || (tag === 'button' ? ' ' + e.textContent : ''));
            """;

    @TempDir static Path folder;

    private static Path report;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open(folder.resolve("profile"));
        report = folder.resolve("report.html");
        CalibrationPage.write(SampleCalibration.file(), report);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 390"})
    void open_anyThemeAndWidth_drawsAllWithoutErrorsOrSidewaysScrolling(String theme, int width) {
        browser.show(report, theme, width);

        assertThat(browser.<String>run("return document.documentElement.dataset.theme"))
                .isEqualTo(theme);
        assertThat(browser.<Long>run("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        for (String chart : CHARTS) {
            assertThat(browser.<Long>run(DRAWN_SHAPES, chart)).as(chart).isGreaterThan(5);
            assertThat(browser.<String>run(LABEL, chart)).as(chart).hasSizeGreaterThan(40);
        }
        assertThat(browser.consoleMessages()).isEmpty();
    }

    @Test
    void open_page_tellsTheRecommendationAndItsEvidence() {
        browser.show(report, "light", DESKTOP);

        assertThat(browser.<String>run("return document.getElementById('title').textContent"))
                .isEqualTo(SampleCalibration.file().recommendation().sentence());
        assertThat(browser.<Long>run("return document.querySelectorAll('#evidence li').length"))
                .isEqualTo(SampleCalibration.file().recommendation().evidence().size());
        assertThat(browser.<String>run("return document.getElementById('lead').textContent"))
                .contains(SampleCalibration.EVIL_INPUT);
        assertThat(browser.<Boolean>run("return 'hacked' in window")).isFalse();
        assertThat(
                        browser.<List<String>>run(
                                "return performance.getEntriesByType('resource').map(e => e.name)"))
                .allMatch(name -> name.startsWith("data:"));
    }

    @Test
    void tab_throughThePage_reachesSkipLinkLinksControlsAndTables() {
        browser.show(report, "light", DESKTOP);
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < TABS; i++) {
            browser.press(Keys.TAB);
            reached.add(browser.run(FOCUSED));
        }

        assertThat(reached.get(0)).isEqualTo("a.skip");
        assertThat(reached)
                .containsSubsequence(
                        "a#overview",
                        "a#density",
                        "button#theme",
                        "summary in input-table",
                        "summary in choosing-table",
                        "summary in segments-table",
                        "button Segments",
                        "button Density groups",
                        "summary in map-table",
                        "summary in tree-table",
                        "summary in density-table");
    }

    @Test
    void press_details_showsTheNumbersBehindEachChart() {
        browser.show(report, "light", DESKTOP);
        for (String id : List.of("input", "choosing", "segments", "map", "tree", "density")) {
            browser.focus("#" + id + "-table summary");
            browser.press(Keys.ENTER);

            assertThat(browser.<Long>run(ROWS, id + "-table")).as(id).isPositive();
        }
        assertThat(browser.consoleMessages()).isEmpty();
    }

    @Test
    void choose_coloursOfTheMap_tellsDensityGroups() {
        browser.show(report, "light", DESKTOP);
        String segments = browser.run(MAP_LEGEND);
        browser.focus("#map .switch button:last-child");
        browser.press(Keys.ENTER);

        assertThat(browser.<String>run(MAP_LEGEND)).isNotEqualTo(segments).contains("in no group");
        assertThat(browser.consoleMessages()).isEmpty();
    }
}
