// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static dev.segmenter.quickstart.report.Records.FEATURES;
import static dev.segmenter.quickstart.report.Records.START;
import static dev.segmenter.quickstart.report.Records.change;
import static dev.segmenter.quickstart.report.Records.fate;
import static dev.segmenter.quickstart.report.Records.hour;
import static dev.segmenter.quickstart.report.Records.membership;
import static dev.segmenter.quickstart.report.Records.snapshot;

import dev.segmenter.quickstart.output.SegmentBoard;
import dev.segmenter.quickstart.output.Summary;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A run of some months whose users and segments have names that would like to break the page. */
final class SampleRun {
    static final String EVIL_USER = "</script><script>window.hacked = true</script>";
    static final String EVIL_LABEL =
            "<img src=x onerror=\"window.hacked = true\"> & {{data}} $1 \\";
    static final Instant WRITTEN = Instant.parse("2024-07-01T10:00:00Z");

    private static final int USERS = 120;
    private static final int DAYS = 90;
    private static final int SEGMENTS = 4;

    private final List<CentroidSnapshot> snapshots = new ArrayList<>();
    private final List<SegmentMembership> memberships = new ArrayList<>();
    private final List<SegmentChange> changes = new ArrayList<>();

    SampleRun() {
        play(new Random(17));
        for (int version = 1; version <= 40; version++) {
            CentroidSnapshot snapshot =
                    version < 20
                            ? snapshot(version, List.of(), 1, 2, 3, 4)
                            : snapshot(version, List.of(), 1, 2, 3, 5);
            snapshot.setCreatedAt(START.plus(Duration.ofDays(2L * version)));
            snapshot.getCentroids().get(0).setLabel(EVIL_LABEL);
            snapshots.add(snapshot);
        }
        snapshots.get(19).setLineage(List.of(fate(4, Fate.DIED), fate(5, Fate.BORN)));
        snapshots.get(19).setRelabelled(0.2);
        snapshots.get(30).setRescaled(true);
    }

    private void play(Random random) {
        int[] segmentOf = new int[USERS];
        for (int day = 0; day < DAYS; day++) {
            for (int user = 0; user < USERS; user++) {
                if (random.nextInt(12) == 0) {
                    int to = random.nextInt(SEGMENTS + 1);
                    if (segmentOf[user] != to) {
                        note(random, user, hour(24L * day), segmentOf[user], to);
                        segmentOf[user] = to;
                    }
                }
            }
        }
        for (int user = 0; user < USERS; user++) {
            if (segmentOf[user] != 0) {
                memberships.add(membership(name(user), segmentOf[user]));
            }
        }
    }

    private void note(Random random, int user, Instant time, int from, int to) {
        Cause cause = Cause.FIRST;
        if (from != 0) {
            cause = to == 0 ? Cause.EXPIRY : random.nextInt(9) == 0 ? Cause.MODEL : Cause.BEHAVIOUR;
        }
        double margin = user == 0 ? 0.99 : random.nextDouble() / 2 + 0.1;
        SegmentChange change = change(name(user), time, from, to, cause, margin);
        if (from == 1) {
            change.setPreviousSegmentLabel(EVIL_LABEL);
        }
        changes.add(change);
    }

    /** The report, heard in the order of the export. */
    ReportCollector collected() {
        return collected(changes);
    }

    /** The same with the users' changes interleaved in another way, as from other partitions. */
    ReportCollector collectedInOtherOrder() {
        List<SegmentChange> byUser = new ArrayList<>(changes);
        byUser.sort((a, b) -> b.getUserId().compareTo(a.getUserId()));
        Collections.reverse(memberships);
        return collected(byUser);
    }

    private ReportCollector collected(List<SegmentChange> inOrder) {
        SegmentBoard board = new SegmentBoard(FEATURES);
        snapshots.forEach(board::snapshot);
        memberships.forEach(m -> board.membership(m.getUserId(), m));
        changes.forEach(board::change);
        ReportCollector collector =
                new ReportCollector(
                        new ReportContext(
                                EVIL_USER + ".csv",
                                FEATURES,
                                SEGMENTS,
                                Summary.of(name -> 1000, board.figures(), Duration.ofSeconds(9)),
                                WRITTEN));
        snapshots.forEach(collector::snapshot);
        memberships.forEach(collector::membership);
        inOrder.forEach(collector::change);
        return collector;
    }

    private static String name(int user) {
        return user == 0 ? EVIL_USER : "user " + user;
    }
}
