package org.supercargo.engine;

import org.supercargo.api.agent.TickId;
import org.supercargo.api.journal.JournalEvent;

/// How a tick ended.
///
/// @param resumed whether it was begun by an earlier process that did not finish it
public record TickReport(TickId tick, JournalEvent.Outcome outcome, String text, boolean resumed) {}
