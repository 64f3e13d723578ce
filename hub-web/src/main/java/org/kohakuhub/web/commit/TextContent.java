package org.kohakuhub.web.commit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.commit.InlineContent;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.json.Spool;

/** A file that came as plain text; its bytes are the text's UTF-8. */
final class TextContent implements InlineContent {
    private final Spool spool;
    private final byte[] text;

    TextContent(String text) {
        this.spool = null;
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    TextContent(Spool spool) {
        this.spool = spool;
        this.text = new byte[0];
    }

    @Override
    public long length() throws IOException {
        if (spool == null) {
            return text.length;
        }
        try (Reader reader = new InputStreamReader(spool.open(), StandardCharsets.UTF_8.newDecoder())) {
            reader.transferTo(java.io.Writer.nullWriter());
        } catch (CharacterCodingException e) {
            throw new HubException(ErrorKind.INVALID, "A file's content is not valid UTF-8");
        }
        return spool.length();
    }

    @Override
    public InputStream open() throws IOException {
        return spool == null ? new ByteArrayInputStream(text) : spool.open();
    }
}
