// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.SegmentChange;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvolutionTest {

    private static final String DISTANCE =
            """
            {"name":"distance","type":"double","doc":"d"}""";
    private static final String OLD =
            """
            {"type":"record","name":"Thing","namespace":"n","doc":"t","fields":[
              {"name":"id","type":"string","doc":"i"},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"a"},
              {"name":"place","type":["null","string"],"default":null,"doc":"p"},
              {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]},"doc":"k"},
              %s]}"""
                    .formatted(DISTANCE);

    static List<SpecificRecordBase> contracts() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void contract_today_isKeptAndCompatibleWithEveryVersion(SpecificRecordBase contract) {
        Schema current = SchemaHistory.portable(contract.getSchema());
        List<Schema> kept = SchemaHistory.versions(current.getName());
        assertThat(EvolutionRules.violations(current, kept)).isEmpty();
    }

    @Test
    void rules_unchangedButForDocs_pass() {
        assertThat(violations("\"doc\":\"i\"", "\"doc\":\"another text\"")).isEmpty();
    }

    @Test
    void rules_optionalFieldAdded_askOnlyForANewVersion() {
        String added =
                DISTANCE + ",{\"name\":\"colour\",\"type\":[\"null\",\"string\"],\"default\":null}";
        Schema changed = doctored(DISTANCE, added);
        Schema old = new Schema.Parser().parse(OLD);
        assertThat(EvolutionRules.violations(changed, List.of(old)))
                .singleElement()
                .asString()
                .contains("not kept as v2");
        assertThat(EvolutionRules.violations(changed, List.of(old, changed))).isEmpty();
    }

    @Test
    void rules_noVersionKept_askForTheFirst() {
        assertThat(EvolutionRules.violations(SegmentChange.getClassSchema(), List.of()))
                .singleElement()
                .asString()
                .contains("not kept as v1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a field without default added   | {\"name\":\"id\"      | {\"name\":\"x\",\"type\":\"int\"},{\"name\":\"id\" | today's schema cannot read Thing v1",
                "a required field removed        | {\"name\":\"id\",\"type\":\"string\",\"doc\":\"i\"}, | ``               | Thing v1 cannot read today's schema",
                "a field renamed                 | \"name\":\"id\"       | \"name\":\"key\"                              | today's schema cannot read Thing v1",
                "a field renamed with an alias   | \"name\":\"id\"       | \"aliases\":[\"id\"],\"name\":\"key\"         | Thing v1 cannot read today's schema",
                "a type changed                  | \"type\":\"double\"   | \"type\":\"string\"                           | today's schema cannot read Thing v1",
                "a type narrowed                 | \"type\":\"double\"   | \"type\":\"int\"                              | today's schema cannot read Thing v1",
                "null no longer allowed          | [\"null\",\"string\"],\"default\":null | \"string\"               | today's schema cannot read Thing v1",
                "null allowed where it was not   | \"type\":\"double\"   | \"type\":[\"null\",\"double\"],\"default\":null | Thing v1 cannot read today's schema",
                "an enum symbol removed          | [\"A\",\"B\"]         | [\"A\"]                                       | today's schema cannot read Thing v1",
                "an enum symbol added            | [\"A\",\"B\"]         | [\"A\",\"B\",\"C\"]                           | Thing v1 cannot read today's schema",
                "milliseconds to microseconds    | timestamp-millis      | timestamp-micros                              | Thing.at was timestamp-millis",
                "another record name             | \"name\":\"Thing\"    | \"name\":\"Item\"                             | today's schema cannot read",
            })
    void rules_incompatibleChange_refuse(String change, String from, String to, String reason) {
        Schema old = new Schema.Parser().parse(OLD);
        Schema changed = doctored(from, to);
        // Kept as a version of its own: only the incompatibility is left to refuse.
        assertThat(EvolutionRules.violations(changed, List.of(old, changed)))
                .as(change)
                .anyMatch(violation -> violation.contains(reason));
    }

    @Test
    void rules_incompatibleWithAnOldVersionOnly_refuse() {
        Schema first = new Schema.Parser().parse(OLD);
        Schema second = doctored("\"name\":\"id\"", "\"name\":\"key\"");
        assertThat(EvolutionRules.violations(second, List.of(first, second, second)))
                .isNotEmpty()
                .allMatch(violation -> violation.contains("v1"));
    }

    private static List<String> violations(String from, String to) {
        return EvolutionRules.violations(
                doctored(from, to), List.of(new Schema.Parser().parse(OLD)));
    }

    private static Schema doctored(String from, String to) {
        assertThat(OLD).contains(from);
        return new Schema.Parser().parse(OLD.replace(from, to));
    }
}
