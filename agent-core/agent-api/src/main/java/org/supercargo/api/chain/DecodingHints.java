package org.supercargo.api.chain;

import java.util.Map;
import java.util.Set;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.intent.Intent;

/// What an intent names and its bytes only imply. Hints never make an effect look smaller: they
/// only let a codec recognise what it would have to refuse otherwise.
///
/// @param counterparties accounts, so that token accounts derived from them are recognised as
///   theirs
/// @param functions canonical signatures of functions whose calls may be read
/// @param decimals what the owner holds an asset's decimals to be; bytes that say otherwise are
///   refused
public record DecodingHints(
    Set<Address> counterparties, Set<String> functions, Map<AssetId, Integer> decimals) {
  public static final DecodingHints NONE = new DecodingHints(Set.of(), Set.of());

  public DecodingHints {
    counterparties = Set.copyOf(counterparties);
    functions = Set.copyOf(functions);
    decimals = Map.copyOf(decimals);
  }

  /// Hints that say nothing of decimals.
  public DecodingHints(Set<Address> counterparties, Set<String> functions) {
    this(counterparties, functions, Map.of());
  }

  public static DecodingHints of(Intent intent) {
    return new DecodingHints(
        intent.accounts(), intent instanceof Intent.Call call ? Set.of(call.function()) : Set.of());
  }
}
