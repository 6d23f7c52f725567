// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A submitted job: whether it still runs, why it failed, how it is stopped. */
public final class RunningJob {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JobClient client;
    private final long start;
    private final CompletableFuture<JobExecutionResult> result;
    private volatile long end;
    private boolean stopped;

    /**
     * Follows a job.
     *
     * @param start {@link System#nanoTime} before its submission
     */
    public RunningJob(JobClient client, long start) {
        this.client = client;
        this.start = start;
        this.result =
                client.getJobExecutionResult()
                        .whenComplete((done, error) -> end = System.nanoTime());
    }

    /** Time from the submission to the end, or until now. */
    public Duration wall() {
        return Duration.ofNanos((isDone() ? end : System.nanoTime()) - start);
    }

    /** True once it finished, failed or was stopped. */
    public boolean isDone() {
        return result.isDone();
    }

    /** Waits for the end or for the time to pass, whichever comes first. */
    public void await(Duration time) throws InterruptedException {
        try {
            result.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("not finished yet, or failed: the caller asks which", e);
        }
    }

    /** Ends the job after a savepoint, so that all it has counted is committed; else cancels it. */
    public void stop(String savepoints) throws InterruptedException {
        if (isDone()) {
            return;
        }
        stopped = true;
        try {
            client.stopWithSavepoint(false, savepoints, SavepointFormatType.NATIVE)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The job could not be stopped with a savepoint and is cancelled", e);
            cancel();
        }
        await(PATIENCE);
    }

    private void cancel() throws InterruptedException {
        try {
            client.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The job could not be cancelled either", e);
        }
    }

    /** Throws what made the job fail, if it failed of its own. */
    public void requireSuccess() throws InterruptedException {
        if (stopped) {
            return;
        }
        try {
            result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job failed", e);
        }
    }
}
