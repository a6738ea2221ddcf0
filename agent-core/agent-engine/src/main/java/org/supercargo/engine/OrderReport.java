package org.supercargo.engine;

import org.jspecify.annotations.Nullable;

/// What came of looking at one standing order.
///
/// @param due whether it acted now
/// @param price that was seen, in words; empty if none was looked at
/// @param tick what came of acting; null if it was not due
public record OrderReport(
    String order, boolean due, String price, String reason, @Nullable TickReport tick) {}
