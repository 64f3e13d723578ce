package org.kohakuhub.database;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Entity;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersistenceUnitTest {
    @Test
    void every_entity_is_listed_by_name() throws Exception {
        String xml;
        try (InputStream in = getClass().getResourceAsStream("/META-INF/persistence.xml")) {
            xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> listed = Pattern.compile("<class>([^<]+)</class>")
                .matcher(xml)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(listed).containsExactlyInAnyOrderElementsOf(entities());
    }

    private static List<String> entities() throws Exception {
        Path classes = Path.of(Migrations.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(PersistenceUnitTest::isEntity)
                    .toList();
        }
    }

    private static boolean isEntity(String name) {
        try {
            return Class.forName(name, false, Migrations.class.getClassLoader()).isAnnotationPresent(Entity.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
