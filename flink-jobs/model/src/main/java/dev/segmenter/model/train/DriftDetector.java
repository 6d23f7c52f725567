// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Notices that the model serves the votes worse than it used to: {@link PageHinkley} on one value a
 * batch, its inertia per vote before the update, in deviations from a decayed {@link Baseline}. An
 * alarm divides the half-life by the speed-up and lasts for one usual half-life, longer if votes are few:
 * until what was known at its beginning has been halved as often as the speed-up says (8 times leave 3 %
 * of the centroids' weight to it). In that time nothing is tested. Then the test goes on
 * from the level that has settled, with the deviation known before the rise began, so that a drift
 * which has not ended raises the next alarm at once, and a level that stays raises none.
 */
final class DriftDetector {
    /** Batches that make a baseline. */
    static final int LEAST_VALUES = 20;

    /** Where a value is cut off, deviations: one odd batch raises no alarm, two in a row do. */
    static final double REACH = 8;

    private final double speedUp;
    private final PageHinkley test;
    private Baseline baseline = Baseline.NONE;

    /** The baseline when the statistic was last 0. */
    private Baseline undisturbed = Baseline.NONE;

    /** Inertia while the alarm lasts. */
    private Baseline settling = Baseline.NONE;

    private boolean alarmed;
    private long since;
    private double halvingsLeft;
    private long alarms;

    /** An alarm divides the half-life by the speed-up, 1 or more. */
    DriftDetector(double speedUp) {
        this(speedUp, 0);
    }

    private DriftDetector(double speedUp, double statistic) {
        this.speedUp = speedUp;
        this.test = new PageHinkley(statistic);
    }

    /** How a batch that spans a share of the usual half-life forgets. */
    Forgetting forgetting(double span, int k) {
        return alarmed && speedUp > 1
                ? Forgetting.hastened(span, speedUp, k)
                : Forgetting.usual(span, k);
    }

    /** Takes a batch's inertia per vote; halvings are how often the batch halved what was known. */
    void observe(long boundary, double inertia, double decay, double halvings) {
        if (alarmed) {
            settle(inertia, decay, halvings);
            return;
        }
        double value = inertia;
        if (baseline.values() >= LEAST_VALUES) {
            double deviations = baseline.deviationsOf(inertia, REACH);
            value = baseline.mean() + deviations * baseline.deviation();
            test.observe(deviations);
        }
        baseline = baseline.with(value, decay);
        if (test.statistic() == 0) {
            undisturbed = baseline;
        } else if (test.alarm()) {
            raise(boundary);
        }
    }

    private void raise(long boundary) {
        alarmed = true;
        since = boundary;
        halvingsLeft = speedUp;
        baseline = undisturbed;
        settling = Baseline.NONE;
        alarms++;
    }

    private void settle(double inertia, double decay, double halvings) {
        settling = settling.with(inertia, decay);
        halvingsLeft -= halvings;
        if (halvingsLeft <= 0) {
            alarmed = false;
            baseline = baseline.values() == 0 ? baseline : baseline.movedTo(settling.mean());
            undisturbed = baseline;
            test.reset();
        }
    }

    /** Inertia is another quantity from now on; an alarm lasts as long as it would have. */
    void forgetBaseline() {
        baseline = Baseline.NONE;
        undisturbed = Baseline.NONE;
        settling = Baseline.NONE;
        if (!alarmed) {
            test.reset();
        }
    }

    /** A fresh model follows the votes of now: nothing has drifted. */
    void reset() {
        alarmed = false;
        forgetBaseline();
    }

    boolean alarmed() {
        return alarmed;
    }

    /** Boundary of the batch that raised the alarm which lasts, event time, ms. */
    long since() {
        return since;
    }

    /** By what the half-life is divided, 1 while there is no alarm. */
    double speedUp() {
        return alarmed ? speedUp : 1;
    }

    /** Alarms raised so far. */
    long alarms() {
        return alarms;
    }

    /** The statistic over the one that raises an alarm; empty until there is a baseline. */
    OptionalDouble level() {
        return alarmed || baseline.values() >= LEAST_VALUES
                ? OptionalDouble.of(test.statistic() / PageHinkley.ALARM)
                : OptionalDouble.empty();
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(test.statistic());
        baseline.write(out);
        undisturbed.write(out);
        settling.write(out);
        out.writeBoolean(alarmed);
        out.writeLong(since);
        out.writeDouble(halvingsLeft);
        out.writeLong(alarms);
    }

    static DriftDetector read(double speedUp, DataInput in) throws IOException {
        DriftDetector detector = new DriftDetector(speedUp, in.readDouble());
        detector.baseline = Baseline.read(in);
        detector.undisturbed = Baseline.read(in);
        detector.settling = Baseline.read(in);
        detector.alarmed = in.readBoolean();
        detector.since = in.readLong();
        detector.halvingsLeft = in.readDouble();
        detector.alarms = in.readLong();
        return detector;
    }
}
