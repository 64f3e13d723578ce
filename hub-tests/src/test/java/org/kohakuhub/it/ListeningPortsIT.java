package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hub opens the ports that its configuration names, on the configured address, and no other. */
@Tag("core")
class ListeningPortsIT {
    /** A line of {@code ss -ltnpH}: the local address, its port and the processes that listen. */
    private static final Pattern LISTENER =
            Pattern.compile("LISTEN +\\d+ +\\d+ +(\\S+):(\\d+) +\\S+ +users:\\((.*)\\)\\s*");

    private static final Pattern STORE_PORT = Pattern.compile("--s3-port (\\d+)");

    private final Shell shell = Shell.in(Path.of("."));
    private final URI base = RunningHub.shared().base();

    /** One open port of one process. */
    private record Socket(String address, int port, String users) {
        boolean isOf(String process) {
            return users.contains("pid=" + process + ",");
        }
    }

    @Test
    void server_and_store_listen_on_their_one_port_of_the_loopback_address() {
        assumeTrue(base.getHost().equals("127.0.0.1"), "the hub is another machine's");
        List<Socket> open = openSockets();
        String server = processAt(open, base.getPort());
        String hub = shell.run("ps", "-o", "ppid=", "-p", server);

        List<String> processes = shell.run("ps", "-o", "pid=", "--ppid", hub)
                .lines()
                .map(String::strip)
                .toList();

        assertThat(processes).contains(server);
        for (String process : processes) {
            assertThat(open.stream().filter(socket -> socket.isOf(process)))
                    .as("ports of process %s", process)
                    .allSatisfy(socket -> {
                        assertThat(socket.address()).isIn("127.0.0.1", "[::ffff:127.0.0.1]");
                        assertThat(socket.port()).isIn(base.getPort(), storePort(hub));
                    })
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private int storePort(String hub) {
        return STORE_PORT
                .matcher(shell.run("ps", "-o", "args=", "-p", hub))
                .results()
                .findFirst()
                .map(port -> Integer.parseInt(port.group(1)))
                .orElse(base.getPort() + 1);
    }

    private List<Socket> openSockets() {
        return LISTENER.matcher(shell.run("ss", "-ltnpH"))
                .results()
                .map(ListeningPortsIT::socket)
                .toList();
    }

    private static Socket socket(MatchResult line) {
        return new Socket(line.group(1), Integer.parseInt(line.group(2)), line.group(3));
    }

    private static String processAt(List<Socket> open, int port) {
        String users = open.stream()
                .filter(socket -> socket.port() == port)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody that we may see listens on " + port))
                .users();
        return users.replaceFirst(".*?pid=(\\d+),.*", "$1");
    }
}
