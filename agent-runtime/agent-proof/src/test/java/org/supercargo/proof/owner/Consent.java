package org.supercargo.proof.owner;

import java.math.BigInteger;
import java.time.Instant;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;

/// What people really agreed to: one payment, from some moment on.
public record Consent(Address to, AssetId asset, BigInteger units, Instant from) {}
