// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

/** An event as a POJO, as Flink's documentation recommends for one's own types. */
public final class ShopEvent {
    public String userId;
    public String type;
    public int item;
    public double price;
    public long time;

    /** For Flink. */
    public ShopEvent() {}
}
