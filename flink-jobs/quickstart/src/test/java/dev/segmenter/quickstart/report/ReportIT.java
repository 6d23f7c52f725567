// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The report in a real browser without a network. */
@Timeout(180)
class ReportIT {
    private static final List<String> CHARTS =
            List.of("sizes-chart", "flows-chart", "map-chart", "lives-chart", "quality-chart");
    private static final int DESKTOP = 1280;
    private static final int TABS = 60;

    private static final String DRAWN_SHAPES =
            "return document.querySelectorAll('#' + arguments[0] + ' svg path').length";
    private static final String LABEL =
            "return document.getElementById(arguments[0]).getAttribute('aria-label')";
    private static final String ROWS =
            "return document.querySelectorAll('#' + arguments[0] + ' tbody tr').length";
    private static final String FLOW_SUMMARY =
            "return document.getElementById('flows-summary').textContent";
    private static final String SIZES_COLOUR =
            "return document.getElementById('sizes-chart').innerHTML.match(/#[0-9a-f]{6}/)[0]";
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
        ReportPage.write(new SampleRun().collected(), report);
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
    void open_namesOfHtml_areShownAsTheyAreAndRunNothing() {
        browser.show(report, "light", DESKTOP);
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");

        assertThat(browser.<String>run("return document.getElementById('changes').innerText"))
                .contains(SampleRun.EVIL_USER);
        assertThat(browser.<String>run("return document.getElementById('cards').innerText"))
                .contains(SampleRun.EVIL_LABEL);
        assertThat(browser.<Boolean>run("return 'hacked' in window")).isFalse();
        assertThat(browser.<Long>run("return document.images.length")).isZero();
        assertThat(browser.consoleMessages()).isEmpty();
    }

    @Test
    void open_page_asksForNothingButItself() {
        browser.show(report, "light", DESKTOP);

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
                        "a#changes",
                        "button#theme",
                        "summary in input-table",
                        "summary in segments-table",
                        "button Users",
                        "button Share",
                        "summary in sizes-table",
                        "select#flows-period",
                        "select#flows-kind",
                        "summary in flows-table",
                        "summary in quality-table");
    }

    @Test
    void press_themeButton_changesColoursAndIsRemembered() {
        browser.show(report, "light", DESKTOP);
        String light = browser.run(SIZES_COLOUR);
        browser.focus("#theme");
        browser.press(Keys.ENTER);

        assertThat(browser.<String>run("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        assertThat(browser.<String>run(SIZES_COLOUR)).isNotEqualTo(light);
        browser.reload();
        assertThat(browser.<String>run("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        browser.run("localStorage.clear()");
    }

    @Test
    void press_details_showsTheNumbersBehindEachChart() {
        browser.show(report, "light", DESKTOP);
        for (String id :
                List.of("sizes", "flows", "map", "events", "quality", "segments", "input")) {
            browser.focus("#" + id + "-table summary");
            browser.press(Keys.ENTER);

            assertThat(browser.<Long>run(ROWS, id + "-table")).as(id).isPositive();
        }
    }

    @Test
    void choose_periodAndKindOfFlows_tellsTheirSum() {
        browser.show(report, "light", DESKTOP);
        String all = browser.run(FLOW_SUMMARY);
        browser.focus("#flows-period");
        browser.press(Keys.ARROW_DOWN);

        assertThat(browser.<String>run(FLOW_SUMMARY)).isNotEqualTo(all).contains("moves");
        assertThat(browser.consoleMessages()).isEmpty();
    }

    @Test
    void print_page_isLightAndComesBack() {
        browser.show(report, "dark", DESKTOP);
        Map<String, Object> pdf = browser.print();

        assertThat((String) pdf.get("data")).hasSizeGreaterThan(10_000);
        assertThat(browser.<String>run("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        assertThat(browser.consoleMessages()).isEmpty();
    }
}
