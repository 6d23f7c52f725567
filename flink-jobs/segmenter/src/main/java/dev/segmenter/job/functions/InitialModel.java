// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.schemas.CentroidSnapshot;
import java.io.Serializable;
import java.util.Optional;

/** Where a job that was not restored finds the model it starts from. */
@FunctionalInterface
public interface InitialModel extends Serializable {
    /** Starts without a model. */
    InitialModel NONE = name -> Optional.empty();

    /** The latest snapshot of this model name, or empty. */
    Optional<CentroidSnapshot> load(String modelName);
}
