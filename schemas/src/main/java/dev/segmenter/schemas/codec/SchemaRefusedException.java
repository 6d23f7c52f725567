// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

/** The registry answered that it will not take a schema under a subject; a retry changes nothing. */
public final class SchemaRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaRefusedException(String message) {
        super(message);
    }
}
