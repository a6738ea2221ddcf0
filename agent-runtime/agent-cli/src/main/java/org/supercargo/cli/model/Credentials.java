package org.supercargo.cli.model;

import java.net.URI;
import org.supercargo.api.asset.ChainId;

/// What shows providers who asks. Asked anew at each call.
public interface Credentials {
  /// The value of an environment variable; empty if it is not set.
  String key(String variable);

  /// A proof of the agent's wallet, good for one request.
  ///
  /// @param at where the request goes
  /// @throws org.supercargo.api.SupercargoException when there is no such wallet, or its mandate
  ///   does not name the host
  String proof(ChainId wallet, URI at);
}
