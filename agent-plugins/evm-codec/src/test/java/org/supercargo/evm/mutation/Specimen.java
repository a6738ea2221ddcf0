package org.supercargo.evm.mutation;

import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;

/// An intent with honest bytes that carry it out.
///
/// @param rule the rule of [Specimens#mandate()] that allows it
/// @param callData what another library made of an [Intent.Call]; empty for other intents
public record Specimen(
    String name, Intent intent, String rule, Address wallet, Bytes honest, Bytes callData) {
  @Override
  public String toString() {
    return name;
  }
}
