// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a Confluent-compatible schema registry is, and how to talk to it.
 *
 * @param url base of its REST API, for example {@code https://registry/apis/ccompat/v7}
 * @param authorization value of the Authorization header, null for none; never shown
 * @param timeout for the connection and for each answer
 */
public record RegistrySettings(URI url, String authorization, Duration timeout)
        implements Serializable {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    // HttpClient refuses the rest too, but with the secret in its message.
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

    public RegistrySettings {
        Objects.requireNonNull(url, "url of the schema registry");
        Objects.requireNonNull(timeout, "timeout of the schema registry");
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the schema registry's URL holds credentials, which would appear in logs; give"
                            + " them apart (basic auth or bearer token)");
        }
        if (url.getHost() == null || !url.getScheme().matches("(?i)https?")) {
            throw new IllegalArgumentException(
                    "the schema registry's URL '" + url + "' is not http://host or https://host");
        }
        if (authorization != null && !PRINTABLE.matcher(authorization).matches()) {
            throw new IllegalArgumentException(
                    "the schema registry's credentials hold characters that HTTP does not allow,"
                            + " such as a line break; check how they are read");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "the schema registry's timeout " + timeout + " is not positive");
        }
    }

    /** No credentials, default timeout. */
    public static RegistrySettings of(String url) {
        try {
            return new RegistrySettings(new URI(url), null, DEFAULT_TIMEOUT);
        } catch (URISyntaxException e) {
            // Without the cause, which repeats the input and any credentials in it.
            throw new IllegalArgumentException(
                    "the schema registry's URL is malformed: " + e.getReason());
        }
    }

    /** The same with HTTP basic authentication. */
    public RegistrySettings withBasicAuth(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return withAuthorization("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** The same with a bearer token; blanks around it, as files have them, are dropped. */
    public RegistrySettings withBearerToken(String token) {
        return withAuthorization("Bearer " + token.strip());
    }

    /** The same with another timeout. */
    public RegistrySettings withTimeout(Duration newTimeout) {
        return new RegistrySettings(url, authorization, newTimeout);
    }

    private RegistrySettings withAuthorization(String header) {
        return new RegistrySettings(url, header, timeout);
    }

    @Override
    public String toString() {
        String secret = authorization == null ? "none" : "***";
        return "RegistrySettings[url=%s, authorization=%s, timeout=%s]"
                .formatted(url, secret, timeout);
    }
}
