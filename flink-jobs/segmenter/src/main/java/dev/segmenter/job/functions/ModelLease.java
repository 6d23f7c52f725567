// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import java.io.Serializable;

/** The right to write a model. One job holds it at a time: whoever acquires it last. */
@FunctionalInterface
public interface ModelLease extends Serializable {
    /** Never lost; for jobs that write nowhere else. */
    ModelLease ALONE = modelName -> () -> {};

    /** Takes the lease of a model from whoever holds it. */
    Holding acquire(String modelName);

    /** The lease as long as it is held. */
    @FunctionalInterface
    interface Holding extends AutoCloseable {
        /** Throws LostException if another job has taken the lease. */
        void confirm();

        @Override
        default void close() {}
    }

    /** Another job writes this model now. */
    final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LostException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
