// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.RunSettings;
import dev.segmenter.benchmarks.load.Variant;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One variant as a process of its own: drains the topic again and again and tells how far it is. */
public final class VariantProcess {
    private static final Logger LOG = LoggerFactory.getLogger(VariantProcess.class);

    private VariantProcess() {}

    /** Takes the file of its settings. */
    public static void main(String[] arguments) {
        int code = 0;
        try {
            run(arguments);
        } catch (Exception e) {
            LOG.error("The variant failed", e);
            code = 1;
        }
        // The cluster's threads would keep a failed process alive.
        System.exit(code);
    }

    private static void run(String[] arguments) throws Exception {
        RunSettings settings = RunSettings.read(Path.of(arguments[0]));
        Conversation conversation = Conversation.onStandardStreams();
        Variant variant = Variant.named(settings.variant());
        switch (variant) {
            case PLAIN_CONSUMER -> new PlainConsumer(settings, conversation).run();
            case KAFKA_STREAMS ->
                    throw new IllegalArgumentException(variant + " is a module of its own");
            default -> new FlinkPasses(settings, conversation, definition(variant)).run();
        }
    }

    private static JobDefinition definition(Variant variant) {
        return switch (variant) {
            case SOURCE_RAW -> EngineBaselines::sourceRaw;
            case DECODE_KEYBY -> EngineBaselines::decodeKeyBy;
            case NAIVE_ROCKSDB -> EngineBaselines::naiveRocksDb;
            case TEXTBOOK_FLINK -> TextbookJob::submit;
            case WHOLE_JOB_HEAP -> new WholeJob("hashmap");
            default -> new WholeJob("rocksdb");
        };
    }
}
