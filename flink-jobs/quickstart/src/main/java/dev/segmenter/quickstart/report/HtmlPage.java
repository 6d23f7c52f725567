// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as one HTML file: template, style, scripts, Apache ECharts and the data, all inlined. It needs no network,
 * and its content security policy allows none; of scripts the policy runs only the two that are inlined
 * here, by their hashes, so that nothing within the data can ever run.
 */
final class HtmlPage {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String ECHARTS_VERSION =
            "/META-INF/maven/org.webjars/echarts/pom.properties";
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/%s/echarts.min.js";

    private HtmlPage() {}

    /** The page of a template beside this class, with scripts in the order in which they build on each other, and data. */
    static String render(String template, List<String> scripts, String json) throws IOException {
        String library = resource(ECHARTS.formatted(echartsVersion()));
        String script = scripts(scripts);
        return fill(
                resource(template),
                Map.of(
                        "style", resource("page.css"),
                        "library", library,
                        "libraryHash", hash(library),
                        "script", script,
                        "scriptHash", hash(script),
                        "data", embedded(json)));
    }

    /** JSON that cannot end the element which holds it: &lt; occurs in strings only and is escaped there. */
    static String embedded(String json) {
        return json.replace("<", "\\u003c");
    }

    /** In one pass, so that placeholders within the values stay what they are. */
    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(values.get(match.group(1))));
    }

    private static String scripts(List<String> names) throws IOException {
        StringBuilder all = new StringBuilder("\"use strict\";\n");
        for (String script : names) {
            all.append(resource(script));
        }
        return all.toString();
    }

    private static String echartsVersion() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(resource(ECHARTS_VERSION)));
        return properties.getProperty("version");
    }

    /** A text beside this class, or by its absolute name. */
    private static String resource(String name) throws IOException {
        URL url = HtmlPage.class.getResource(name);
        if (url == null) {
            throw new FileNotFoundException(
                    "the report's part " + name + " is not on the classpath");
        }
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** As content security policies write it; the placeholder stands right between the script's tags. */
    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
