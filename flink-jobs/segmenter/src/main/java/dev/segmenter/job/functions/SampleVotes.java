// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.event.Vote;
import dev.segmenter.model.train.VoteSample;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The votes of lowest priority of a bounded input, told at its end. A sample of samples is the sample of all, so
 * each subtask draws its own first.
 */
public final class SampleVotes extends AbstractStreamOperator<Vote>
        implements OneInputStreamOperator<Vote, Vote> {
    private static final long serialVersionUID = 1L;

    private final int capacity;
    private transient VoteSample sample;

    public SampleVotes(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sample = new VoteSample(capacity);
    }

    @Override
    public void processElement(StreamRecord<Vote> vote) {
        sample.add(vote.getValue());
    }

    @Override
    public void finish() throws Exception {
        sample.votes().forEach(vote -> output.collect(new StreamRecord<>(vote)));
        super.finish();
    }
}
