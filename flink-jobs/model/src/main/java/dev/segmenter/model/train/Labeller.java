// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
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
 * live segment has it already; it is kept until {@value #STORIES_TO_REWORD} snapshots in a row tell one
 * and the same other story.
 */
final class Labeller {
    /** Distance from the population's mean from which a feature is worth a word. */
    static final double NOTABLE_SIGMAS = 0.5;

    /** Snapshots in a row that must tell another story before a label changes. */
    static final int STORIES_TO_REWORD = 3;

    private static final String AVERAGE = "average users";
    private static final String SEPARATOR = ", ";
    private static final int STORY_FEATURES = 2;

    private final FeatureSet features;
    private final TreeMap<Integer, Name> names = new TreeMap<>();

    Labeller(FeatureSet features) {
        this.features = features;
    }

    /**
     * Labels of the live segments at a snapshot.
     *
     * @param deviations of each segment from the population's mean, in sigmas (k x d)
     */
    List<String> label(int[] segmentIds, double[][] deviations) {
        Set<Integer> live = IntStream.of(segmentIds).boxed().collect(Collectors.toSet());
        names.keySet().retainAll(live);
        for (int j = 0; j < segmentIds.length; j++) {
            names.computeIfAbsent(segmentIds[j], id -> new Name()).hear(story(deviations[j]));
        }
        Set<String> taken = new HashSet<>();
        names.values().stream()
                .filter(n -> n.label != null)
                .forEach(n -> taken.add(inAnyOrder(n.label)));
        List<String> labels = new ArrayList<>();
        for (int j = 0; j < segmentIds.length; j++) {
            Name name = names.get(segmentIds[j]);
            if (name.label == null) {
                name.label = unique(deviations[j], taken);
                taken.add(inAnyOrder(name.label));
            }
            labels.add(name.label);
        }
        return labels;
    }

    /** Takes over a label that was given elsewhere, with the story behind it. */
    void adopt(int segmentId, String label, double[] deviations) {
        Name name = new Name();
        name.story = story(deviations);
        name.label = label;
        names.put(segmentId, name);
    }

    private String unique(double[] deviations, Set<String> taken) {
        List<String> words = words(deviations, STORY_FEATURES, NOTABLE_SIGMAS);
        String label = words.isEmpty() ? AVERAGE : String.join(SEPARATOR, words);
        if (taken.contains(inAnyOrder(label)) && !words.isEmpty()) {
            label = String.join(SEPARATOR, words(deviations, STORY_FEATURES + 1, 0));
        }
        String numbered = label;
        for (int number = 2; taken.contains(inAnyOrder(numbered)); number++) {
            numbered = label + " " + number;
        }
        return numbered;
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
                .map(i -> word(features.clusteredFeature(i), deviations[i] > 0))
                .toList();
    }

    private static String word(FeatureSpec feature, boolean high) {
        String given = high ? feature.high() : feature.low();
        return given != null ? given : (high ? "high " : "low ") + feature.name().replace('_', ' ');
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(names.size());
        for (Map.Entry<Integer, Name> entry : names.entrySet()) {
            Name name = entry.getValue();
            out.writeInt(entry.getKey());
            out.writeUTF(name.label);
            out.writeUTF(name.story);
            out.writeUTF(name.rival);
            out.writeInt(name.rivalTold);
        }
    }

    static Labeller read(FeatureSet features, DataInput in) throws IOException {
        Labeller labeller = new Labeller(features);
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            Name name = new Name();
            int segmentId = in.readInt();
            name.label = in.readUTF();
            name.story = in.readUTF();
            name.rival = in.readUTF();
            name.rivalTold = in.readInt();
            labeller.names.put(segmentId, name);
        }
        return labeller;
    }

    /** A segment's label, the story it was made of, and how often in a row another one was told. */
    private static final class Name {
        private String label;
        private String story = "";
        private String rival = "";
        private int rivalTold;

        /** Drops the label if it is new or if its story has been another one for long enough. */
        void hear(String told) {
            if (label == null) {
                story = told;
            } else if (told.equals(story)) {
                rivalTold = 0;
            } else {
                rivalTold = told.equals(rival) ? rivalTold + 1 : 1;
                rival = told;
                if (rivalTold >= STORIES_TO_REWORD) {
                    story = told;
                    label = null;
                    rivalTold = 0;
                }
            }
        }
    }
}
