package org.supercargo.cli.wire;

/// A request that the provider would not accept.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String what) {
    super(what);
    this.status = status;
  }

  static Refusal invalid(String what) {
    return new Refusal(400, what);
  }

  static void unless(boolean holds, String what) {
    if (!holds) {
      throw invalid(what);
    }
  }

  int status() {
    return status;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
