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
    private final CompletableFuture<JobExecutionResult> result;

    public RunningJob(JobClient client) {
        this.client = client;
        this.result = client.getJobExecutionResult();
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
        try {
            client.stopWithSavepoint(false, savepoints, SavepointFormatType.NATIVE)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The job could not be stopped with a savepoint and is cancelled", e);
            client.cancel();
        }
        await(PATIENCE);
    }

    /** Throws what made the job fail, if it failed. */
    public void requireSuccess() throws InterruptedException {
        try {
            result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job failed: " + rootOf(e).getMessage(), e);
        }
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
