// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Chooses ports of the loopback interface, the only one that the quickstart listens on. */
public final class Ports {
    private static final int ATTEMPTS = 100;
    private static final int GREATEST = 65_535;

    private Ports() {}

    /** The wanted port; refused if another process listens there. */
    public static int exactly(String option, int port) {
        if (!isFree(port)) {
            throw new IllegalStateException(
                    option
                            + ": port "
                            + port
                            + " is in use; stop the process that listens there or choose another port");
        }
        return port;
    }

    /** The first free port at or above the wanted one. */
    public static int nextFree(String option, int port) {
        int last = Math.min(GREATEST, port + ATTEMPTS - 1);
        for (int candidate = port; candidate <= last; candidate++) {
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                option
                        + ": no port from "
                        + port
                        + " to "
                        + last
                        + " is free; choose another range");
    }

    /** Any port that the operating system has to spare. */
    public static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Without this a port stays taken for a minute after its last connection has closed.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
