// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.explain.FeatureWords;
import dev.segmenter.model.explain.Population;
import dev.segmenter.model.feature.FeatureSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names segments in words, from the features that set them apart from the population. A segment's
 * story is its two strongest features beyond {@value #NOTABLE_SIGMAS} sigma, "average users" without
 * any. The label is made of the story at birth, with a third feature and then a number where another
 * live segment has it already or had it until lately; it is kept until {@value #STORIES_TO_REWORD}
 * snapshots in a row tell one and the same other story. The operator's own label takes its place.
 */
final class Labeller {
    /** Distance from the population's mean from which a feature is worth a word. */
    static final double NOTABLE_SIGMAS = Population.NOTABLE_SIGMAS;

    /** Snapshots in a row that must tell another story before a label changes. */
    static final int STORIES_TO_REWORD = 3;

    private static final String AVERAGE = "average users";
    private static final String SEPARATOR = ", ";
    private static final int STORY_FEATURES = 2;

    /** Keeps a label that two segments have given up from both. */
    private static final int NOBODY = 0;

    /** Version 1 of the state began with the number of names, which is not negative. */
    private static final int STATE_VERSION_2 = -2;

    private final FeatureSet features;
    private final int reservedFor;
    private final TreeMap<Integer, Name> names = new TreeMap<>();

    /** Labels given up lately, in the form that compares. */
    private final TreeMap<String, Reserved> reserved = new TreeMap<>();

    private SegmentLabels own = SegmentLabels.NONE;

    /**
     * A label given up is given to no other segment for a number of snapshots, so that nobody is told to have
     * moved between segments of one name.
     */
    Labeller(FeatureSet features, int reservedFor) {
        this.features = features;
        this.reservedFor = reservedFor;
    }

    /** The operator's labels, from the next snapshot on. */
    void useLabels(SegmentLabels labels) {
        own = labels;
    }

    /**
     * Labels of the live segments at a snapshot.
     *
     * @param deviations of each segment from the population's mean, in sigmas (k x d)
     */
    List<String> label(int[] segmentIds, double[][] deviations) {
        passReservations();
        buryAllBut(segmentIds);
        for (int j = 0; j < segmentIds.length; j++) {
            Name name = names.computeIfAbsent(segmentIds[j], id -> new Name());
            if (name.hear(story(deviations[j]))) {
                giveUp(segmentIds[j], name);
            }
        }
        useOwn();
        Set<String> taken = new HashSet<>();
        names.values().stream()
                .filter(n -> n.label != null)
                .forEach(n -> taken.add(inAnyOrder(n.label)));
        List<String> labels = new ArrayList<>();
        for (int j = 0; j < segmentIds.length; j++) {
            Name name = names.get(segmentIds[j]);
            if (name.label == null) {
                name.label = unique(segmentIds[j], deviations[j], taken);
                taken.add(inAnyOrder(name.label));
            }
            labels.add(name.label);
        }
        return labels;
    }

    private void passReservations() {
        reserved.replaceAll((label, r) -> new Reserved(r.segmentId, r.snapshotsLeft - 1));
        reserved.values().removeIf(r -> r.snapshotsLeft <= 0);
    }

    private void buryAllBut(int[] segmentIds) {
        Set<Integer> live = IntStream.of(segmentIds).boxed().collect(Collectors.toSet());
        names.forEach(
                (id, name) -> {
                    if (!live.contains(id)) {
                        giveUp(id, name);
                    }
                });
        names.keySet().retainAll(live);
    }

    private void giveUp(int segmentId, Name name) {
        reserved.merge(
                inAnyOrder(name.label),
                new Reserved(segmentId, reservedFor),
                (former, latter) ->
                        former.segmentId == latter.segmentId
                                ? latter
                                : new Reserved(NOBODY, reservedFor));
        name.label = null;
        name.own = false;
    }

    /** The operator's labels win over generated ones, of other segments too; one withdrawn is generated anew. */
    private void useOwn() {
        Set<String> given = new HashSet<>();
        names.keySet().forEach(id -> own.of(id).map(Labeller::inAnyOrder).ifPresent(given::add));
        names.forEach(
                (id, name) -> {
                    String wanted = own.of(id).orElse(null);
                    boolean stale =
                            name.own ? !name.label.equals(wanted) : isGiven(name, wanted, given);
                    if (name.label != null && stale) {
                        giveUp(id, name);
                    }
                    if (wanted != null) {
                        name.label = wanted;
                        name.own = true;
                    }
                });
    }

    private static boolean isGiven(Name name, String wanted, Set<String> given) {
        return name.label != null && (wanted != null || given.contains(inAnyOrder(name.label)));
    }

    /** Takes over a label that was given elsewhere, with the story behind it. */
    void adopt(int segmentId, String label, double[] deviations) {
        Name name = new Name();
        name.story = story(deviations);
        name.label = label;
        names.put(segmentId, name);
    }

    private String unique(int segmentId, double[] deviations, Set<String> taken) {
        List<String> words = words(deviations, STORY_FEATURES, NOTABLE_SIGMAS);
        String label = words.isEmpty() ? AVERAGE : String.join(SEPARATOR, words);
        if (!isFree(label, segmentId, taken) && !words.isEmpty()) {
            label = String.join(SEPARATOR, words(deviations, STORY_FEATURES + 1, 0));
        }
        String numbered = label;
        for (int number = 2; !isFree(numbered, segmentId, taken); number++) {
            numbered = label + " " + number;
        }
        return numbered;
    }

    private boolean isFree(String label, int segmentId, Set<String> taken) {
        String compared = inAnyOrder(label);
        Reserved held = reserved.get(compared);
        return !taken.contains(compared) && (held == null || held.segmentId == segmentId);
    }

    /** Two labels of the same words say the same, whichever word comes first. */
    private static String inAnyOrder(String label) {
        return Arrays.stream(label.split(SEPARATOR))
                .sorted()
                .collect(Collectors.joining(SEPARATOR));
    }

    /** The story in a form that compares: its words in alphabetical order. */
    private String story(double[] deviations) {
        return words(deviations, STORY_FEATURES, NOTABLE_SIGMAS).stream()
                .sorted()
                .collect(Collectors.joining(SEPARATOR));
    }

    /** Words for the strongest features beyond a number of sigmas, strongest first. */
    private List<String> words(double[] deviations, int most, double beyond) {
        return IntStream.range(0, deviations.length)
                .boxed()
                .filter(i -> Math.abs(deviations[i]) > beyond)
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(deviations[i])))
                .limit(most)
                .map(i -> FeatureWords.shortWords(features.clusteredFeature(i), deviations[i] > 0))
                .toList();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(STATE_VERSION_2);
        out.writeInt(names.size());
        for (Map.Entry<Integer, Name> entry : names.entrySet()) {
            Name name = entry.getValue();
            out.writeInt(entry.getKey());
            out.writeUTF(name.label);
            out.writeUTF(name.story);
            out.writeUTF(name.rival);
            out.writeInt(name.rivalTold);
            out.writeBoolean(name.own);
        }
        out.writeInt(reserved.size());
        for (Map.Entry<String, Reserved> entry : reserved.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().segmentId);
            out.writeInt(entry.getValue().snapshotsLeft);
        }
    }

    /** Takes over what was written by this version or by version 1, which knew only generated labels. */
    void read(DataInput in) throws IOException {
        int head = in.readInt();
        if (head < STATE_VERSION_2 || head == -1) {
            throw new IOException("labels have version " + -head + ", expected 1 or 2");
        }
        boolean first = head >= 0;
        int size = first ? head : in.readInt();
        for (int i = 0; i < size; i++) {
            Name name = new Name();
            int segmentId = in.readInt();
            name.label = in.readUTF();
            name.story = in.readUTF();
            name.rival = in.readUTF();
            name.rivalTold = in.readInt();
            name.own = !first && in.readBoolean();
            names.put(segmentId, name);
        }
        int held = first ? 0 : in.readInt();
        for (int i = 0; i < held; i++) {
            reserved.put(in.readUTF(), new Reserved(in.readInt(), in.readInt()));
        }
    }

    /** For whom a label is kept, and for how many more snapshots. */
    private record Reserved(int segmentId, int snapshotsLeft) {}

    /** A segment's label, the story it was made of, and how often in a row another one was told. */
    private static final class Name {
        private String label;
        private String story = "";
        private String rival = "";
        private int rivalTold;
        private boolean own;

        /** True if a generated label has had another story for long enough and is to be dropped. */
        boolean hear(String told) {
            if (label == null || own || told.equals(story)) {
                story = told;
                rivalTold = 0;
                return false;
            }
            rivalTold = told.equals(rival) ? rivalTold + 1 : 1;
            rival = told;
            if (rivalTold < STORIES_TO_REWORD) {
                return false;
            }
            story = told;
            rivalTold = 0;
            return true;
        }
    }
}
