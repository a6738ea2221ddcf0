package org.supercargo.cli;

import org.supercargo.api.SupercargoException;
import org.supercargo.api.journal.JournalEvent;

/// What the command's exit status means.
enum ExitCode {
  DONE(0, "everything asked for is done"),
  USAGE(2, "the command line or an input file is wrong"),
  REFUSED(3, "part or all was refused by the mandate, or as invalid"),
  NOT_UNDERSTOOD(4, "the goal was not understood; nothing was done"),
  MODEL_FAILED(5, "the model gave no usable reply"),
  FAILED(6, "a transaction failed, a limit was reached, or what had to hold does not"),
  UNRESOLVED(7, "whether value moved is not known yet; run again to follow it up"),
  DIFFERENT(8, "a check found a difference: books and chain, journal, or replay"),
  AWAITING(9, "people have to approve part or all of it; see the inbox"),
  WAITS(10, "the goal waits for an hour at which its model is cheaper; nothing was done"),
  UNAVAILABLE(69, "something outside did not answer"),
  DEFECT(70, "a defect of Supercargo");

  final int status;
  final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  static ExitCode of(JournalEvent.Outcome outcome) {
    return switch (outcome) {
      case DONE -> DONE;
      case REFUSED -> REFUSED;
      case AWAITING_APPROVAL -> AWAITING;
      case NOT_UNDERSTOOD -> NOT_UNDERSTOOD;
      case MODEL_FAILED -> MODEL_FAILED;
      case FAILED, NOT_MET, LIMIT_REACHED -> FAILED;
      case UNRESOLVED -> UNRESOLVED;
    };
  }

  static ExitCode of(SupercargoException failure) {
    return switch (failure.category()) {
      case USER -> USAGE;
      case POLICY -> REFUSED;
      case TRANSIENT, EXTERNAL -> UNAVAILABLE;
      case BUG -> DEFECT;
    };
  }
}
