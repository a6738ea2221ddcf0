package org.supercargo.api.chain;

import org.supercargo.api.Bytes;
import org.supercargo.api.intent.TransactionId;

/// Bytes that move value when sent, however often they are sent.
public record SignedTransaction(TransactionId id, Bytes bytes, Validity validity) {}
