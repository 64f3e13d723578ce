package org.kohakuhub.version.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ConnectivityChecker;
import org.eclipse.jgit.transport.ReceivePack;

/** Takes a pack that cannot be read for what it is, the client's fault: that is told in its report already. */
final class Receiver extends ReceivePack {
    private static final System.Logger LOG = System.getLogger(Receiver.class.getName());

    /**
     * @param completeness throws if what arrived lacks objects
     */
    Receiver(Repository into, ConnectivityChecker completeness) {
        super(into);
        connectivityChecker = completeness;
    }

    @Override
    public void receiveWithExceptionPropagation(InputStream in, OutputStream out, OutputStream messages)
            throws IOException {
        try {
            super.receiveWithExceptionPropagation(in, out, messages);
        } catch (UnpackException reported) {
            LOG.log(Level.INFO, "Refused a pack: {0}", reported.getCause());
            drain(in);
        }
    }

    /** A client that still sends sees a broken connection instead of the report. */
    private static void drain(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "The client is gone", gone);
        }
    }
}
