// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segmenter.job.config.ConfigException;
import dev.segmenter.quickstart.options.QuickstartOptions;
import dev.segmenter.quickstart.view.Screen;
import dev.segmenter.quickstart.view.SystemTerminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole segmenter in one process: broker, Flink with its dashboard, job, and users or a file. */
public final class Quickstart {
    private static final Logger LOG = LoggerFactory.getLogger(Quickstart.class);
    private static final int REFUSED = 2;
    private static final int FAILED = 1;

    private Quickstart() {}

    /** Exit code 0: done or stopped; 1: failed; 2: options, configuration or file refused. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
        int code = run(out);
        out.flush();
        // Flink and Kafka may leave threads behind that would keep the process alive.
        System.exit(code);
    }

    private static int run(PrintStream out) {
        CountDownLatch stop = new CountDownLatch(1);
        try (SystemTerminal terminal = SystemTerminal.open()) {
            SystemTerminal.onStop(stop::countDown);
            QuickstartOptions options = QuickstartOptions.from(System.getProperties());
            Session session = new Session(options, new Screen(out, terminal), stop);
            if (options.events().isPresent()) {
                session.replay(options.events().get());
            } else if (options.calibrate().isPresent()) {
                session.calibrate(options.calibrate().get());
            } else {
                session.live();
            }
            return 0;
        } catch (IllegalArgumentException | ConfigException | IOException e) {
            return report(out, REFUSED, e);
        } catch (Exception e) {
            return report(out, FAILED, e);
        }
    }

    private static int report(PrintStream out, int code, Exception error) {
        LOG.info("The quickstart ends with code {}", code, error);
        out.println();
        out.println("segmenter: " + error.getMessage());
        Throwable root = ExceptionUtils.getRootCause(error);
        if (root != null && root != error) {
            out.println("  caused by " + root + "; more in " + LogFile.path());
        }
        return code;
    }
}
