// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.schemas.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Records as broken producers send them. */
final class Faults {
    private static final int TOO_LONG = 300;
    private static final Instant BEFORE_2000 = Instant.parse("1999-12-31T23:59:59Z");

    private final SplittableRandom random;

    Faults(SplittableRandom random) {
        this.random = random;
    }

    /** A copy of the event that breaks one rule. */
    InputRecord invalid(Event event) {
        Event.Builder copy = Event.newBuilder(event);
        switch (random.nextInt(7)) {
            case 0 -> copy.setUserId("");
            case 1 -> copy.setEventId("");
            case 2 -> copy.setEventType("");
            case 3 -> copy.setPrice(-1.0);
            case 4 -> copy.setPrice(Double.NaN);
            case 5 -> copy.setUserId("u".repeat(TOO_LONG));
            default -> copy.setEventTime(BEFORE_2000);
        }
        return InputRecord.of(copy.build());
    }

    /** Under the same key, bytes that are no event. */
    InputRecord undecodable(InputRecord input) {
        byte[] whole = input.value();
        byte[] bytes =
                switch (random.nextInt(3)) {
                    case 0 -> Arrays.copyOf(whole, whole.length / 2);
                    case 1 -> "{\"user_id\": ".getBytes(UTF_8);
                    default -> "<html>502 Bad Gateway</html>".getBytes(UTF_8);
                };
        return InputRecord.undecodable(input.userId(), bytes);
    }
}
