package org.supercargo.engine.store;

import org.supercargo.api.SupercargoException;

/// Someone else acts for the agent now. The one who sees this must stop and must not retry.
public final class StaleLeaseException extends SupercargoException {
  private static final long serialVersionUID = 1L;

  public StaleLeaseException(Lease lease) {
    super(
        Category.POLICY,
        "Another process took over agent "
            + lease.agent()
            + " (fence "
            + lease.fence()
            + " is old)",
        "Let the other process finish, or stop it first.",
        null);
  }
}
