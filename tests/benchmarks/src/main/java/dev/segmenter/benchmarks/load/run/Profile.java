// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import java.io.IOException;
import java.nio.file.Path;
import one.profiler.AsyncProfiler;
import one.profiler.AsyncProfilerLoader;

/** Samples the stacks of this process by CPU time, native frames and all threads included. */
final class Profile {
    private static final long MILLIS = 20_000;
    private static final String FILE = "profile.collapsed";

    private Profile() {}

    /** Writes a line for each stack: thread, frames from the root on, and how often it was seen. */
    static void record(Path folder) throws IOException, InterruptedException {
        AsyncProfilerLoader.setExtractionDirectory(folder);
        AsyncProfiler profiler = AsyncProfilerLoader.load();
        profiler.execute("start,event=ctimer,interval=2ms,threads");
        Thread.sleep(MILLIS);
        profiler.execute("stop,collapsed,file=" + folder.resolve(FILE));
    }
}
