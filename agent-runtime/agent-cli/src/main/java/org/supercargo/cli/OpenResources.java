package org.supercargo.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/// What a command has opened, closed in reverse order, each whatever became of the others.
final class OpenResources implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.supercargo.cli");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T keep(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // The rest must still be closed; a failure to close loses nothing that is durable.
        LOG.log(System.Logger.Level.DEBUG, "closing failed", e);
      }
    }
  }
}
