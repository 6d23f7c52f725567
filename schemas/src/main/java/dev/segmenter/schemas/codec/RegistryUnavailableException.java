// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

/** The registry gave no answer about a schema: says nothing about the record, so retry, never dead-letter. */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
