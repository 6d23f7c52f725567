// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.quickstart.output.SegmentBoard;
import dev.segmenter.quickstart.output.SegmentBoard.Figures;
import dev.segmenter.quickstart.output.Summary;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final Pattern SCRIPT =
            Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);
    private static final int MOST_BYTES = 3_000_000;

    private final SampleRun run = new SampleRun();

    @Test
    void render_namesOfHtml_stayWithinTheData() throws Exception {
        String page = ReportPage.render(run.collected().data());

        List<MatchResult> scripts = SCRIPT.matcher(page).results().toList();
        assertThat(scripts)
                .extracting(script -> script.group(1).trim())
                .containsExactly("type=\"application/json\" id=\"data\"", "", "");
        assertThat(page).doesNotContain(SampleRun.EVIL_USER, "<img src=x");
        JsonNode data = new ObjectMapper().readTree(scripts.get(0).group(2));
        assertThat(data.get("input").asText()).isEqualTo(SampleRun.EVIL_USER + ".csv");
        assertThat(data.get("segments").get(0).get("label").asText())
                .isEqualTo(SampleRun.EVIL_LABEL);
        assertThat(data.get("changes").findValuesAsText("user")).contains(SampleRun.EVIL_USER);
    }

    @Test
    void render_policy_namesTheHashesOfExactlyItsScripts() throws Exception {
        String page = ReportPage.render(run.collected().data());

        List<MatchResult> scripts = SCRIPT.matcher(page).results().toList();
        assertThat(page)
                .contains(
                        "script-src '%s' '%s';"
                                .formatted(
                                        sha256(scripts.get(1).group(2)),
                                        sha256(scripts.get(2).group(2))));
        assertThat(scripts.get(1).group(2)).contains("Licensed to the Apache Software Foundation");
    }

    @Test
    void render_equalInputInAnyOrder_isEqual() throws Exception {
        String page = ReportPage.render(run.collected().data());

        assertThat(ReportPage.render(new SampleRun().collected().data())).isEqualTo(page);
        assertThat(ReportPage.render(run.collectedInOtherOrder().data())).isEqualTo(page);
    }

    @Test
    void render_page_refersToNothingOutsideAndIsSmall() throws Exception {
        String page = ReportPage.render(run.collected().data());

        assertThat(page).doesNotContain("<script src", "@import", "url(http", "href=\"http");
        assertThat(page).hasSizeLessThan(MOST_BYTES);
    }

    @Test
    void render_nothingHeard_isStillAPage() throws Exception {
        Figures none = new SegmentBoard(Records.FEATURES).figures();
        ReportContext context =
                new ReportContext(
                        "nothing",
                        Records.FEATURES,
                        5,
                        Summary.of(name -> 0, none, Duration.ZERO),
                        SampleRun.WRITTEN);

        assertThat(ReportPage.render(new ReportCollector(context).data())).contains("\"nothing\"");
    }

    private static String sha256(String script) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
