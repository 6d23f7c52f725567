// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.quickstart.InputRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** JSON objects, one a line; members that are no field of an event become attributes. */
final class JsonRecords implements EventFileReader.Records {
    private static final String ATTRIBUTES = "attributes";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedReader reader;
    private final ColumnMapping mapping;

    JsonRecords(BufferedReader reader, ColumnMapping mapping) {
        this.reader = reader;
        this.mapping = mapping;
    }

    @Override
    public InputRecord next() throws IOException {
        String line = reader.readLine();
        while (line != null && line.isBlank()) {
            line = reader.readLine();
        }
        if (line == null) {
            return null;
        }
        try {
            return read(JSON.readTree(line));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return InputRecord.undecodable(null, line.getBytes(UTF_8));
        }
    }

    private InputRecord read(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("no object");
        }
        Set<String> members = new HashSet<>();
        node.fieldNames().forEachRemaining(members::add);
        Map<String, String> texts = new HashMap<>();
        for (String field : ColumnMapping.fields()) {
            mapping.columnOf(field, members)
                    .ifPresent(
                            member -> {
                                texts.put(field, text(node.get(member)));
                                members.remove(member);
                            });
        }
        return InputRecord.of(EventParser.parse(texts::get, attributes(node, members)));
    }

    private static Map<String, String> attributes(JsonNode node, Set<String> members) {
        Map<String, String> attributes = new HashMap<>();
        for (String member : members) {
            JsonNode value = node.get(member);
            if (member.equals(ATTRIBUTES) && value.isObject()) {
                value.fields()
                        .forEachRemaining(e -> attributes.put(e.getKey(), e.getValue().asText()));
            } else if (!value.isNull()) {
                attributes.put(member, value.isValueNode() ? value.asText() : value.toString());
            }
        }
        return attributes;
    }

    private static String text(JsonNode value) {
        return value.isNull() ? null : value.asText();
    }
}
