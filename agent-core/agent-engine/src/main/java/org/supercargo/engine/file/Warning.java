package org.supercargo.engine.file;

/// Something in an agent file that is allowed and hardly meant.
///
/// @param line from 1
/// @param what one sentence without its full stop
/// @param advice what to do
public record Warning(int line, String what, String advice) {}
