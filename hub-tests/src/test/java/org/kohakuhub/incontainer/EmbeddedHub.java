package org.kohakuhub.incontainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.arquillian.config.descriptor.api.ArquillianDescriptor;
import org.jboss.arquillian.config.descriptor.api.ContainerDef;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.kohakuhub.common.FreePorts;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.object.RunningS3Proxy;

/**
 * Tells Arquillian how to start the hub that the tests run in: Payara Micro as {@code ./hub start} configures it, a new
 * SQLite file and S3Proxy, all on free ports of the loopback address. It lies in the folder of temporary files.
 */
public class EmbeddedHub implements LoadableExtension {
    private static final String HOST = "127.0.0.1";

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(EmbeddedHub.class);
    }

    /** Comes before Arquillian's own reader of what the descriptor says, which has the precedence 0. */
    void configure(@Observes(precedence = 1) ArquillianDescriptor descriptor) throws IOException {
        Path folder = Files.createTempDirectory("hub");
        RunningS3Proxy.shared(); // takes its port first
        int port = FreePorts.one();
        ContainerDef micro = descriptor
                .container("payara-micro")
                .setDefault()
                .property("microJar", System.getProperty("hub.payara-micro"))
                .property("startupTimeoutInSeconds", "120")
                .property("randomHttpPort", "false")
                .property("autoBindHttp", "false")
                .property("clusterEnabled", "false")
                .property("outputToConsole", "true")
                .property("cmdOptions", words(javaOptions(folder, port)))
                .property("extraMicroOptions", words(options(folder, port)));
        // the server says its host's name, on which it does not listen
        micro.protocol("Servlet 5.0").property("host", HOST).property("port", Integer.toString(port));
    }

    /** The adapter splits at each blank without a backslash. */
    private static String words(List<String> words) {
        return words.stream().map(word -> word.replace(" ", "\\ ")).collect(Collectors.joining(" "));
    }

    private static List<String> javaOptions(Path folder, int port) {
        S3Config store = RunningS3Proxy.shared().config("in-container");
        return List.of(
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", // it runs for a minute
                "-Djava.awt.headless=true",
                "-Dkohaku.hub.base.url=http://" + HOST + ':' + port,
                "-Dkohaku.hub.database.url=sqlite:///" + folder.resolve("hub.db"),
                "-Dkohaku.hub.s3.endpoint=" + store.endpoint(),
                "-Dkohaku.hub.s3.access.key=" + store.accessKey(),
                "-Dkohaku.hub.s3.secret.key=" + store.secretKey().value(),
                "-Dkohaku.hub.s3.bucket=" + store.bucket());
    }

    private static List<String> options(Path folder, int port) throws IOException {
        String settings = Files.readString(RunningHub.home().resolve("server-config/payara/preboot.txt"))
                .replace("@HOST@", HOST)
                .replace("@LISTENER@", "http-listener");
        Path preboot = Files.writeString(folder.resolve("preboot.txt"), settings);
        return List.of(
                "--nohazelcast",
                "--disablephonehome",
                "--port",
                Integer.toString(port),
                "--prebootcommandfile",
                preboot.toString(),
                "--rootdir",
                Files.createDirectory(folder.resolve("domain")).toString(),
                "--unpackdir",
                Files.createDirectory(folder.resolve("unpacked")).toString());
    }
}
