package org.supercargo.evm.mutation;

import java.util.List;
import org.supercargo.api.Bytes;

/// Bytes that somebody might pass off as those of a specimen.
///
/// @param number with the seed, enough to make the same mutant again
/// @param steps what was done to the honest bytes
public record Mutant(
    long seed, long number, Specimen specimen, List<MutantGenerator.Kind> steps, Bytes bytes) {
  @Override
  public String toString() {
    return "mutant %d of seed %d, %s, %s: %s".formatted(number, seed, specimen, steps, bytes);
  }
}
