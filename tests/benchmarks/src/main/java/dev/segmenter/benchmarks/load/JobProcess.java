// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A process of a Flink variant that runs beside what is measured. */
final class JobProcess implements Closeable {
    /** What is asked, and the value that is told when it is complete. */
    private static final String CHECKPOINT = "checkpoint";

    private static final long START_SECONDS = 60;
    private static final long CHECKPOINT_SECONDS = 20;
    private static final long REST_MILLIS = 500;
    private static final int MOST_RESTS = 60;

    /** Of one core: checkpoints and heartbeats go on. */
    private static final double QUIET = 0.2;

    private final Java process;
    private final CountDownLatch started = new CountDownLatch(1);
    private final Semaphore checkpoints = new Semaphore(0);
    private final Thread reader;
    private volatile Sample latest = new Sample(0, 0, 0);

    private JobProcess(Java process) {
        this.process = process;
        this.reader = new Thread(this::read, "job");
        reader.start();
    }

    static JobProcess start(Path root, RunSettings settings, LoadOptions options) {
        return new JobProcess(
                Java.start(
                        root.resolve("tests/benchmarks"),
                        VariantRun.jvm(options),
                        VariantRun.FLINK,
                        List.of(settings.write().toString()),
                        settings.folder().resolve("process.log")));
    }

    private void read() {
        for (String line = process.read(); line != null; line = process.read()) {
            if (line.equals("pass")) {
                started.countDown();
            } else if (line.startsWith("sample ")) {
                latest = Sample.parse(line);
            } else if (line.startsWith("value " + CHECKPOINT + " ")) {
                checkpoints.release();
            }
        }
    }

    /** Until its job is submitted. */
    void awaitStart() throws InterruptedException {
        if (!started.await(START_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the job does not start; see " + process.log());
        }
    }

    /** What it told last. */
    Sample latest() {
        return latest;
    }

    /** Until it has read so many events. */
    void awaitRead(long events) throws InterruptedException {
        while (latest.records() < events) {
            requireAlive();
            Thread.sleep(REST_MILLIS);
        }
    }

    /**
     * Until it is through with what it was sent and its compiler with the code that ran: on few cores that
     * are busy, compiling takes minutes.
     */
    void awaitQuiet() throws InterruptedException {
        double share = 1;
        for (int i = 0; i < MOST_RESTS && share > QUIET; i++) {
            Sample before = latest;
            Thread.sleep(REST_MILLIS);
            Sample now = latest;
            long nanos = now.nanos() - before.nanos();
            share = nanos == 0 ? 1 : (double) (now.cpuNanos() - before.cpuNanos()) / nanos;
        }
    }

    /**
     * Takes so many checkpoints, one after the other: what they run would else be compiled while it is measured,
     * since it runs once in a while only.
     */
    void takeCheckpoints(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            process.ask(CHECKPOINT);
            if (!checkpoints.tryAcquire(CHECKPOINT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no checkpoint; see " + process.log());
            }
        }
    }

    void requireAlive() {
        if (!reader.isAlive()) {
            throw new IllegalStateException("the job has ended; see " + process.log() + ".err");
        }
    }

    @Override
    public void close() {
        process.ask("stop");
        process.close();
    }
}
