// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of this machine, cut off from the network. Nothing is downloaded for it. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final String DRIVER = "chromedriver";
    private static final int HEIGHT = 900;
    private static final int PHONE = 600;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Without a browser the test is skipped, on continuous integration it fails. */
    static Browser open(Path profile) throws IOException {
        Optional<Path> browser = NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst();
        Optional<Path> driver = onPath(DRIVER);
        if (browser.isEmpty() || driver.isEmpty()) {
            String missing =
                    "the report is not tested in a browser: the PATH has no chromium and chromedriver;"
                            + " install Debian's chromium and chromium-driver";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(missing);
            }
            abort(missing);
        }
        Files.createDirectories(profile);
        Browser opened = new Browser(start(browser.get(), driver.get(), profile));
        opened.driver.executeCdpCommand("Network.enable", Map.of());
        opened.driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline", true,
                        "latency", 0,
                        "downloadThroughput", 0,
                        "uploadThroughput", 0));
        return opened;
    }

    private static ChromeDriver start(Path browser, Path driver, Path profile) {
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        return new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build(),
                options);
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page as on a screen of this width, where the system prefers this theme. */
    void show(Path page, String theme, int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        HEIGHT,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < PHONE));
        Map<String, String> preference = Map.of("name", "prefers-color-scheme", "value", theme);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia", Map.of("features", List.of(preference)));
        driver.get(page.toUri().toString());
        settle();
    }

    void reload() {
        driver.navigate().refresh();
        settle();
    }

    /** Waits until the page has drawn what the last action asked for. */
    private void settle() {
        driver.executeAsyncScript(
                "const done = arguments[0];"
                        + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))");
    }

    /** The result of a script. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> T run(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    void focus(String selector) {
        run("document.querySelector(arguments[0]).focus()", selector);
    }

    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
        settle();
    }

    /** The page as PDF, base64 in "data". */
    Map<String, Object> print() {
        return driver.executeCdpCommand("Page.printToPDF", Map.of());
    }

    /** What the console got since the last call. */
    List<String> consoleMessages() {
        return StreamSupport.stream(
                        driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
                .map(LogEntry::toString)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
