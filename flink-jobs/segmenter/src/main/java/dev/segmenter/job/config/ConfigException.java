// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

/** A configuration that the job refuses; the message names the key, the value and the remedy. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The common form: key: 'value' reason. */
    public static ConfigException of(String key, Object value, String reason) {
        return new ConfigException(key + ": '" + value + "' " + reason);
    }
}
