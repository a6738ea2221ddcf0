package org.supercargo.engine.store;

import java.time.Instant;

/// What a standing order has done so far.
///
/// @param times how often it acted, 1 and more
/// @param last the moment it acted for last
public record ActedOrder(int times, Instant last) {}
