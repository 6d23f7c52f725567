// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Number of events, or sum of their prices. */
final class Totals extends PaneSeries {
    private final boolean prices;

    Totals(boolean prices) {
        this.prices = prices;
    }

    @Override
    Effect add(ClickEvent event, int pane, int oldest, RollOptions options) {
        double amount = prices ? event.price() : 1;
        if (!(amount > 0) || pane < oldest) {
            return Effect.NONE;
        }
        add(pane, amount);
        // One more is exact for a count; prices are summed in their order.
        return prices ? Effect.ENTERED : Effect.ONE_MORE;
    }

    @Override
    void write(DataOutput out, long clock) throws IOException {
        writeSeries(out, !prices);
    }

    @Override
    void read(DataInput in, long clock) throws IOException {
        readSeries(in, !prices);
    }
}
