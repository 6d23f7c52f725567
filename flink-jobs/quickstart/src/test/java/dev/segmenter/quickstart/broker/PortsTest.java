// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void nextFree_portInUse_choosesAHigherOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.nextFree("dashboard.port", taken.getLocalPort()))
                    .isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void exactly_portInUse_namesOptionPortAndRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Ports.exactly("dashboard.port", port))
                    .hasMessage(
                            "dashboard.port: port "
                                    + port
                                    + " is in use; stop the process that listens there or choose another port");
        }
    }

    @Test
    void exactly_portFree_returnsIt() {
        int port = Ports.any();
        assertThat(Ports.exactly("dashboard.port", port)).isEqualTo(port);
    }
}
