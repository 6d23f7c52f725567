// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

/** A user in the cache: its value decoded, packed, or known to be none. */
final class CachedUser {
    final String userId;

    /** Of its decoded value; {@link DecodedValues#NO_SLOT}: packed, or none. */
    int slot = DecodedValues.NO_SLOT;

    /** The stored form, kept for the next time even while it is out of date; null if there never was one. */
    byte[] packed;

    /** Bytes of the packed form, 0: none or out of date. */
    int packedBytes;

    /** As last weighed. */
    int bytes;

    /** In the index, as long as it is held. */
    int place;

    CachedUser(String userId) {
        this.userId = userId;
    }

    boolean isDecoded() {
        return slot != DecodedValues.NO_SLOT;
    }

    boolean isPacked() {
        return !isDecoded() && packedBytes > 0;
    }
}
