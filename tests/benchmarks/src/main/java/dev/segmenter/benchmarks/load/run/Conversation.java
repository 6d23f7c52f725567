// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** What a variant's process tells the harness in lines, and what it is asked. */
final class Conversation {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final long EVERY_MILLIS = 100;
    private static final String STOP = "stop";

    private final PrintStream out;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private Conversation(PrintStream out) {
        this.out = out;
    }

    static Conversation onStandardStreams() {
        Conversation conversation = new Conversation(System.out);
        Thread reader = new Thread(conversation::listen, "requests");
        reader.setDaemon(true);
        reader.start();
        return conversation;
    }

    private void listen() {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requests.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            requests.add(STOP);
        }
    }

    /** A pass over the topic begins. */
    void pass() {
        out.println("pass");
    }

    /** Tells how many records were read in this pass. */
    void sample(long records) {
        out.println(
                "sample " + System.nanoTime() + " " + records + " " + SYSTEM.getProcessCpuTime());
    }

    /** Tells a further figure. */
    void value(String name, Number value) {
        out.println("value " + name + " " + value);
    }

    /** The next request; null if there is none. */
    String request() {
        return requests.poll();
    }

    boolean isStop(String request) {
        return STOP.equals(request);
    }

    /** Samples until a request comes (which is returned) or so many records are read (null). */
    String sampleUntil(LongSupplier records, long total) throws InterruptedException {
        while (true) {
            long now = records.getAsLong();
            sample(now);
            String request = request();
            if (request != null || now >= total) {
                return request;
            }
            Thread.sleep(EVERY_MILLIS);
        }
    }
}
