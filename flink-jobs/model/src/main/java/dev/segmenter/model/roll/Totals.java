// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Number of events, or sum of their prices. */
final class Totals extends Aggregate {
    private final boolean prices;
    private final PaneSeries series = new PaneSeries();

    Totals(boolean prices) {
        this.prices = prices;
    }

    @Override
    Effect add(ClickEvent event, int pane, int oldest, RollOptions options) {
        double amount = prices ? event.price() : 1;
        if (!(amount > 0) || pane < oldest) {
            return Effect.NONE;
        }
        series.add(pane, amount);
        // One more is exact for a count; prices are summed in their order.
        return prices ? Effect.ENTERED : Effect.ONE_MORE;
    }

    @Override
    void prune(int oldest) {
        series.prune(oldest);
    }

    @Override
    double value(int oldest) {
        return series.sum(oldest);
    }

    @Override
    int firstPane(int oldest) {
        return series.firstPane(oldest);
    }

    @Override
    void write(DataOutput out, long clock) throws IOException {
        series.write(out, !prices);
    }

    @Override
    void read(DataInput in, long clock) throws IOException {
        series.read(in, !prices);
    }
}
