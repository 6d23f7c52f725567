# SPDX-License-Identifier: Apache-2.0
"""scikit-learn's MiniBatchKMeans.partial_fit beside the segmenter (see PeerFile for the files).

Greets with its version, then takes a line "SOURCE<tab>TARGET" for each stream and answers "done".
"""
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import MiniBatchKMeans

HEADER = 8


def run(source, target):
    numbers = np.fromfile(source, dtype=">f8").astype(np.float64)
    n, d, k, batches, start_batches, _half_life, seed, own_start = numbers[:HEADER].astype(int)
    points = numbers[HEADER : HEADER + n * d].reshape(n, d)
    start = numbers[HEADER + n * d :][: k * d].reshape(k, d)
    model = MiniBatchKMeans(
        n_clusters=k,
        init="k-means++" if own_start else start,
        n_init=1,
        random_state=seed,
    )
    bounds = [batch * n // batches for batch in range(batches + 1)]
    trace = []
    begin = time.perf_counter()
    # The reservoir is the first batch: from it come the own start, and the counts in any case.
    model.partial_fit(points[: bounds[start_batches]])
    trace.append(model.cluster_centers_.copy())
    for batch in range(start_batches, batches):
        model.partial_fit(points[bounds[batch] : bounds[batch + 1]])
        trace.append(model.cluster_centers_.copy())
    seconds = time.perf_counter() - begin
    np.concatenate([[n / seconds], np.ravel(trace)]).astype(">f8").tofile(target)


print("scikit-learn", sklearn.__version__, flush=True)
for line in sys.stdin:
    run(*line.rstrip("\n").split("\t"))
    print("done", flush=True)
