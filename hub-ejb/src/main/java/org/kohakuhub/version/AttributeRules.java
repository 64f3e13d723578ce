package org.kohakuhub.version;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.kohakuhub.common.FilePath;

/**
 * Which files belong to git-lfs, by the {@code .gitattributes} files of one commit (gitattributes(5)): a file nearer to
 * the path wins over one further up, and within a file the last matching line that names {@code filter}.
 */
public final class AttributeRules {
    /** The file's name in whichever folder it stands. */
    public static final String FILE_NAME = ".gitattributes";

    private static final String FILTER = "filter";
    private static final String LFS = "lfs";

    private final Map<String, AttributesNode> byFolder;

    private AttributeRules(Map<String, AttributesNode> byFolder) {
        this.byFolder = byFolder;
    }

    /** The rules of a commit without any such file. */
    public static AttributeRules none() {
        return new AttributeRules(Map.of());
    }

    /**
     * Reads the files; lines that make no sense are passed over, as git does.
     *
     * @param files the content of each file by the folder in which it stands, {@code ""} for the root
     */
    public static AttributeRules parse(Map<String, byte[]> files) {
        Map<String, AttributesNode> nodes = new HashMap<>();
        files.forEach((folder, content) -> {
            AttributesNode node = new AttributesNode();
            try {
                node.parse(new ByteArrayInputStream(content));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            nodes.put(folder, node);
        });
        return new AttributeRules(nodes);
    }

    /** Whether the rules hand the file to git-lfs; empty where no rule speaks of it. */
    public Optional<Boolean> lfs(FilePath path) {
        String folder = path.text();
        do {
            folder = parent(folder);
            AttributesNode node = byFolder.get(folder);
            if (node == null) {
                continue;
            }
            String below = folder.isEmpty() ? path.text() : path.text().substring(folder.length() + 1);
            Optional<Boolean> said = decide(node.getRules(), below);
            if (said.isPresent()) {
                return said;
            }
        } while (!folder.isEmpty());
        return Optional.empty();
    }

    private static Optional<Boolean> decide(List<AttributesRule> rules, String path) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            AttributesRule rule = rules.get(i);
            Optional<Boolean> said = filterOf(rule.getAttributes());
            if (said.isPresent() && rule.isMatch(path, false)) {
                return said;
            }
        }
        return Optional.empty();
    }

    private static Optional<Boolean> filterOf(List<Attribute> attributes) {
        Optional<Boolean> last = Optional.empty();
        for (Attribute attribute : attributes) {
            if (attribute.getKey().equals(FILTER)) {
                last = Optional.of(LFS.equals(attribute.getValue()));
            }
        }
        return last;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /**
     * The line that hands exactly this file to git-lfs, without a newline. Characters that a pattern gives a meaning to
     * are quoted, and so is white space, which would end the pattern.
     */
    public static String lineFor(FilePath path) {
        StringBuilder pattern = new StringBuilder("/");
        for (int i = 0; i < path.text().length(); i++) {
            char c = path.text().charAt(i);
            if (c == ' ') {
                pattern.append("[[:space:]]");
            } else {
                if ("*?[]\"".indexOf(c) >= 0) {
                    pattern.append('\\');
                }
                pattern.append(c);
            }
        }
        return pattern + " filter=lfs diff=lfs merge=lfs -text";
    }
}
