// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractTest {

    static List<SpecificRecordBase> contracts() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void schema_everyTypeAndField_hasADoc(SpecificRecordBase contract) {
        List<String> undocumented = new ArrayList<>();
        collectUndocumented(contract.getSchema(), undocumented);
        assertThat(undocumented).isEmpty();
    }

    private static void collectUndocumented(Schema schema, List<String> undocumented) {
        switch (schema.getType()) {
            case RECORD -> {
                addIfBlank(schema.getDoc(), schema.getFullName(), undocumented);
                for (Schema.Field field : schema.getFields()) {
                    addIfBlank(field.doc(), schema.getName() + "." + field.name(), undocumented);
                    collectUndocumented(field.schema(), undocumented);
                }
            }
            case ENUM -> addIfBlank(schema.getDoc(), schema.getFullName(), undocumented);
            case ARRAY -> collectUndocumented(schema.getElementType(), undocumented);
            case MAP -> collectUndocumented(schema.getValueType(), undocumented);
            case UNION -> schema.getTypes().forEach(t -> collectUndocumented(t, undocumented));
            default -> {}
        }
    }

    private static void addIfBlank(String doc, String name, List<String> undocumented) {
        if (doc == null || doc.isBlank()) {
            undocumented.add(name);
        }
    }

    @Test
    void schema_fieldsThatAreTimes_areMillisecondsInAvroAndInstantsInJava() {
        Set<String> milliseconds = new TreeSet<>();
        Set<String> instants = new TreeSet<>();
        for (SpecificRecordBase contract : contracts()) {
            EvolutionRules.logicalTypes(contract.getSchema()).entrySet().stream()
                    .filter(leaf -> leaf.getValue().equals("timestamp-millis"))
                    .map(Map.Entry::getKey)
                    .forEach(milliseconds::add);
            instants.addAll(instantFields(contract, contract.getSchema().getName()));
        }
        assertThat(milliseconds).isEqualTo(instants);
        assertThat(instants)
                .containsExactly(
                        "CentroidSnapshot.created_at",
                        "CentroidSnapshot.drift.since",
                        "CentroidSnapshot.effective_from",
                        "CentroidSnapshot.observed_since",
                        "DeadLetter.event_time",
                        "Event.event_time",
                        "SegmentChange.event_time",
                        "SegmentChange.incarnation",
                        "SegmentMembership.incarnation",
                        "SegmentMembership.since",
                        "SegmentMembership.updated_at");
    }

    private static Set<String> instantFields(SpecificRecordBase record, String path) {
        Set<String> instants = new TreeSet<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            String name = path + "." + field.name();
            Object value = record.get(field.name());
            if (value instanceof Instant) {
                instants.add(name);
            } else if (value instanceof SpecificRecordBase nested) {
                instants.addAll(instantFields(nested, name));
            }
        }
        return instants;
    }
}
