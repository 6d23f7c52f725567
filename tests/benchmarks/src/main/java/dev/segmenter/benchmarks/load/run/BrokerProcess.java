// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.quickstart.broker.EmbeddedKafka;
import dev.segmenter.quickstart.broker.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/** A Kafka broker as a process of its own: says its address, runs until its standard input ends. */
public final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        // As much memory for reading and writing as a broker of its own machine would have.
        Map<String, String> settings =
                Map.of(
                        "num.network.threads",
                        "2",
                        "num.io.threads",
                        "4",
                        "log.segment.bytes",
                        "536870912");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Ports.any(), settings)) {
            PrintStream answers = System.out;
            answers.println(kafka.bootstrapServers());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
