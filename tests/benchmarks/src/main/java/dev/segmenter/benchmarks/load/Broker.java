// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The Kafka broker, a process of its own. */
final class Broker implements Closeable {
    private static final String MAIN = "dev.segmenter.benchmarks.load.run.BrokerProcess";

    private final Java process;
    private final String address;

    private Broker(Java process) {
        this.process = process;
        this.address = process.read();
        if (address == null) {
            throw new IllegalStateException("the broker does not start; see " + process.log());
        }
    }

    static Broker start(Path module, Path work) {
        return new Broker(
                Java.start(
                        module,
                        List.of("-Xmx1g", "-Djava.io.tmpdir=" + work),
                        MAIN,
                        List.of(),
                        work.resolve("broker.log")));
    }

    /** host:port. */
    String address() {
        return address;
    }

    void createTopic(String name, int partitions) {
        admin(
                admin ->
                        admin.createTopics(
                                        List.of(
                                                new NewTopic(
                                                        name,
                                                        Optional.of(partitions),
                                                        Optional.empty())))
                                .all()
                                .get());
    }

    void deleteTopic(String name) {
        admin(admin -> admin.deleteTopics(List.of(name)).all().get());
    }

    private interface Call {
        void on(Admin admin) throws ExecutionException, InterruptedException;
    }

    private void admin(Call call) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            call.on(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refuses", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
