package org.supercargo.signer.log;

import java.io.IOException;
import java.nio.file.Path;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.PrivateFiles;

/// What can be wrong with the log, for its owner.
record LogFaults(Path file) {
  SupercargoException tampered(long line) {
    return SupercargoException.external(
        "Line " + line + " of " + file + " is not what the signer wrote",
        "The record of signatures was changed or damaged. Find out why and restore the file; the"
            + " signer does not start without it.",
        null);
  }

  SupercargoException replaced(long line) {
    return SupercargoException.external(
        "Line " + line + " of " + file + " is another one than at the last time",
        "Find out who replaced the record of signatures, and put the newest one back; the signer"
            + " does not start without it.",
        null);
  }

  SupercargoException cut(long lines, long written) {
    return SupercargoException.external(
        "The record of signatures "
            + file
            + " ends at line "
            + lines
            + ", and the signer had written line "
            + written,
        "It was cut, or an older copy was put in its place. Put the newest one back; the signer"
            + " does not start without it.",
        null);
  }

  SupercargoException otherVersion() {
    return SupercargoException.user(
        file + " was written by an earlier version of the signer",
        "Let its transactions become final, keep the file, and move it away; budgets begin anew.");
  }

  SupercargoException failure(IOException cause) {
    return new SupercargoException(
        SupercargoException.Category.EXTERNAL,
        "The record of signatures "
            + file
            + " cannot be written or read: "
            + PrivateFiles.reason(cause),
        "Nothing is signed without it. Check the disk, then start the signer again.",
        cause);
  }
}
