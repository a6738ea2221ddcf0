package org.supercargo.http.cassette;

import org.supercargo.api.SupercargoException;

/// What is asked is not what was recorded. The message shows the difference.
public final class CassetteMismatch extends SupercargoException {
  private static final long serialVersionUID = 1L;
  private final int exchange;

  CassetteMismatch(int exchange, String what, String advice) {
    super(Category.USER, what, advice, null);
    this.exchange = exchange;
  }

  /// Which exchange of the cassette, from 1.
  public int exchange() {
    return exchange;
  }
}
