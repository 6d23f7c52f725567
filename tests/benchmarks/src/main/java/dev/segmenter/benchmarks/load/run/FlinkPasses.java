// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.RunSettings;
import dev.segmenter.benchmarks.load.Variant;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** Runs a Flink variant on a cluster of this process, pass after pass, until it is told to stop. */
final class FlinkPasses {
    private static final long MINUTES = 5;
    private static final long GLANCE_MILLIS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final long REST_MILLIS = 500;
    private static final int MOST_RESTS = 30;
    private static final double PROFILE_FROM = 0.3;
    private static final double PROFILE_TO = 0.85;
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private final RunSettings settings;
    private final Conversation conversation;
    private final JobDefinition definition;
    private final LocalCluster cluster;
    private JobClient job;
    private int pass;

    FlinkPasses(RunSettings settings, Conversation conversation, JobDefinition definition) {
        this.settings = settings;
        this.conversation = conversation;
        this.definition = definition;
        this.cluster = new LocalCluster(settings);
    }

    void run() throws Exception {
        boolean endless = settings.total() == Long.MAX_VALUE;
        if (Variant.named(settings.variant()).stateful() && !endless) {
            warmUp();
        }
        String request = null;
        while (!conversation.isStop(request)) {
            pass++;
            submit(null);
            conversation.pass();
            request = serve();
            end();
        }
    }

    /**
     * A part of a pass that nobody is told of, and a rest in which the compiler catches up: on few cores that
     * are all busy it takes minutes, in which a job is slower than it will be for days.
     */
    private void warmUp() throws Exception {
        submit(null);
        long end = System.nanoTime() + WARM_UP.toNanos();
        while (RunMetrics.records() < settings.total() / 2 && System.nanoTime() < end) {
            Thread.sleep(REST_MILLIS);
        }
        end();
        long compiled = -1;
        for (int i = 0; i < MOST_RESTS && COMPILER.getTotalCompilationTime() != compiled; i++) {
            compiled = COMPILER.getTotalCompilationTime();
            Thread.sleep(REST_MILLIS);
        }
    }

    /** Until the pass is over (null) or the process is to stop. */
    private String serve() throws Exception {
        while (true) {
            String request = conversation.sampleUntil(this::progress, settings.total());
            if (request == null || conversation.isStop(request)) {
                return request;
            }
            answer(request);
        }
    }

    private long progress() {
        RunMetrics.tellCheckpoint(conversation);
        requireRunning();
        return job.getJobExecutionResult().isDone() ? settings.total() : RunMetrics.records();
    }

    private void answer(String request) throws Exception {
        switch (request) {
            case "savepoint" -> savepoint();
            case "recover" -> recover();
            case "checkpoint" -> checkpoint();
            case "profile" -> profile();
            default -> throw new IllegalArgumentException("no such request: " + request);
        }
    }

    /** The middle of a pass of its own: once some partitions are over, those left pass event time faster. */
    private void profile() throws Exception {
        end();
        pass++;
        submit(null);
        awaitRecords((long) (PROFILE_FROM * settings.total()));
        Profile.record(settings.folder());
        if (RunMetrics.records() > PROFILE_TO * settings.total()) {
            throw new IllegalStateException(
                    "the topic of "
                            + settings.total()
                            + " events is nearly over at the end of the profile; use more load.events");
        }
    }

    private void checkpoint() throws Exception {
        cluster.checkpoint(job.getJobID());
        conversation.value("checkpoint", 1);
    }

    /** The state as a canonical savepoint has it: each entry once, neither garbage nor compression. */
    private void savepoint() throws Exception {
        awaitRecords(1);
        String path =
                job.triggerSavepoint(
                                settings.folder()
                                        .resolve(LocalCluster.SAVEPOINTS)
                                        .toUri()
                                        .toString(),
                                SavepointFormatType.CANONICAL)
                        .get(MINUTES, TimeUnit.MINUTES);
        conversation.value("savepoint_bytes", LocalCluster.bytesUnder(path));
        conversation.value("savepoint_records", RunMetrics.records());
    }

    /** Ends the job without a savepoint and starts it from its last checkpoint, until it reads again. */
    private void recover() throws Exception {
        end();
        long begin = System.nanoTime();
        submit(cluster.lastCheckpoint());
        awaitRecords(1);
        conversation.value("recovery_seconds", (System.nanoTime() - begin) / 1e9);
    }

    /** Restored from this path if it is not null. */
    private void submit(String restoreFrom) throws Exception {
        RunMetrics.reset();
        job = definition.submit(cluster.environment(restoreFrom), settings, pass);
    }

    private void awaitRecords(long least) throws InterruptedException {
        while (RunMetrics.records() < least) {
            requireRunning();
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** Else fails for the job's reason. */
    private void requireRunning() {
        if (job.getJobExecutionResult().isCompletedExceptionally()) {
            job.getJobExecutionResult().join();
        }
    }

    private void end() throws InterruptedException {
        try {
            if (!job.getJobExecutionResult().isDone()) {
                job.cancel().get(MINUTES, TimeUnit.MINUTES);
            }
            job.getJobExecutionResult().get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException cancelled) {
            return;
        } catch (TimeoutException e) {
            throw new IllegalStateException("the job does not end", e);
        }
    }
}
