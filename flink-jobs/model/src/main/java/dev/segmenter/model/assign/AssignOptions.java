// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How users are assigned to segments.
 *
 * @param emitChangesFrom event time, ms, before which no change is emitted; Long.MIN_VALUE = always
 * @param largestWindow of the clustered features, what coverage is a share of; zero for none
 */
public record AssignOptions(Guards guards, long emitChangesFrom, Duration largestWindow)
        implements Serializable {

    public AssignOptions {
        Objects.requireNonNull(guards, "guards");
        if (largestWindow.isNegative()) {
            throw new IllegalArgumentException(
                    "largest window: '" + largestWindow + "' is not possible; use 0 or longer");
        }
    }
}
