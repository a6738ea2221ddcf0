package org.supercargo.api.intent;

/// Where an admitted intent stands. Its budget stays reserved until a final state.
public enum IntentState {
  /// Stored with its budget; people have to approve it before anything is prepared.
  AWAITING,
  /// Stored with its budget; nothing is signed that could not be signed again.
  RESERVED,
  /// A transaction of it is signed or sent and may land.
  EXECUTING,
  /// Every transaction of it is final on the chain.
  SETTLED,
  /// A transaction of it landed and failed, or is proved dead; the budget not spent is free again.
  FAILED,
  /// The signer or the check of decoded effects refused; nothing was sent.
  REFUSED;

  public boolean isFinal() {
    return switch (this) {
      case AWAITING, RESERVED, EXECUTING -> false;
      case SETTLED, FAILED, REFUSED -> true;
    };
  }

  public boolean canBecome(IntentState next) {
    return switch (this) {
      case AWAITING -> next == RESERVED || next == FAILED || next == REFUSED;
      case RESERVED -> next != RESERVED && next != AWAITING;
      case EXECUTING -> next.isFinal() || next == EXECUTING;
      case SETTLED, FAILED, REFUSED -> false;
    };
  }
}
