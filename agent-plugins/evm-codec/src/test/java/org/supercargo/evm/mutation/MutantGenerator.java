package org.supercargo.evm.mutation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.evm.EvmAddress;

/// Makes mutants of specimens. The same seed and number always give the same mutant.
public final class MutantGenerator {
  /// What is done to honest bytes.
  public enum Kind {
    /// Bytes are changed, inserted, removed, repeated or cut off.
    BYTES,
    /// A field of the envelope gets another value.
    FIELD,
    /// Fields are missing, repeated or exchanged; the type or the wrapping is another.
    SHAPE,
    /// RLP is written in a form it forbids.
    FORM,
    /// A word of the call gets another value.
    WORD,
    /// Another function is called.
    SELECTOR,
    /// The call's arguments are written in another form.
    ENCODING,
    /// The call is put into another call.
    WRAPPING,
    /// Parts come from another specimen.
    CROSSING,
    /// A payment is passed off as one of the other kind, or its authorization is changed.
    AUTHORIZATION,
    /// Only what an intent leaves open is changed, so that much of it is accepted.
    FREEDOM
  }

  private final List<Specimen> specimens;
  private final long seed;

  public MutantGenerator(List<Specimen> specimens, long seed) {
    this.specimens = List.copyOf(specimens);
    this.seed = seed;
  }

  public Mutant at(long number) {
    var random = new Random(mixed(seed * 0x9e3779b97f4a7c15L + number));
    Specimen specimen = specimens.get(random.nextInt(specimens.size()));
    int chance = random.nextInt(20);
    int count = chance < 15 ? 1 : chance < 19 ? 2 : 3;
    var steps = new ArrayList<Kind>();
    byte[] bytes = specimen.honest().toArray();
    for (int i = 0; i < count; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      steps.add(kind);
      bytes = mutated(random, specimen, kind, bytes);
    }
    return new Mutant(seed, number, specimen, List.copyOf(steps), Bytes.of(bytes));
  }

  /// Neighbouring seeds of [Random] begin alike; this takes them apart.
  private static long mixed(long value) {
    long once = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
    return twice ^ (twice >>> 31);
  }

  private byte[] mutated(Random random, Specimen specimen, Kind kind, byte[] bytes) {
    EnvelopeMutation envelope = EnvelopeMutation.read(random, bytes);
    return switch (kind) {
      case BYTES -> new ByteMutation(random).of(bytes);
      case CROSSING -> crossed(random, bytes);
      case AUTHORIZATION ->
          AuthorizationMutation.applies(bytes) && random.nextInt(8) > 0
              ? new AuthorizationMutation(random, bytes).changed()
              : AuthorizationMutation.otherKind(specimen);
      case FREEDOM -> free(random, bytes, envelope);
      case FIELD, SHAPE, FORM, WORD, SELECTOR, ENCODING, WRAPPING ->
          envelope == null
              ? new ByteMutation(random).of(bytes)
              : structured(random, kind, envelope);
    };
  }

  private static byte[] structured(Random random, Kind kind, EnvelopeMutation envelope) {
    var call = new CalldataMutation(random, envelope.content(7));
    boolean callable = envelope.content(7).length >= 4;
    return switch (kind) {
      case SHAPE -> envelope.shape();
      case FORM -> envelope.form();
      case WORD -> callable ? envelope.with(7, call.word()) : envelope.field();
      case SELECTOR -> callable ? envelope.with(7, call.selector()) : envelope.field();
      case ENCODING -> callable ? envelope.with(7, call.encoding()) : envelope.field();
      case WRAPPING -> envelope.with(7, call.wrapping(contract(envelope)));
      case FIELD, BYTES, CROSSING, AUTHORIZATION, FREEDOM -> envelope.field();
    };
  }

  private static EvmAddress contract(EnvelopeMutation envelope) {
    return new EvmAddress(Bytes.of(Arrays.copyOf(envelope.content(5), 20)));
  }

  /// Another specimen's bytes, its recipient, its data, or one half of them.
  private byte[] crossed(Random random, byte[] bytes) {
    byte[] other = specimens.get(random.nextInt(specimens.size())).honest().toArray();
    EnvelopeMutation own = EnvelopeMutation.read(random, bytes);
    EnvelopeMutation foreign = EnvelopeMutation.read(random, other);
    if (own == null || foreign == null || random.nextInt(4) == 0) {
      int at = random.nextInt(Math.min(bytes.length, other.length) + 1);
      return ByteMutation.spliced(other, 0, Math.min(at, other.length), Arrays.copyOf(bytes, at));
    }
    return switch (random.nextInt(4)) {
      case 0 -> other;
      case 1 -> own.with(5, foreign.content(5));
      case 2 -> own.with(6, foreign.content(6));
      default -> own.with(7, foreign.content(7));
    };
  }

  private static byte[] free(Random random, byte[] bytes, @Nullable EnvelopeMutation envelope) {
    if (AuthorizationMutation.applies(bytes)) {
      return new AuthorizationMutation(random, bytes).free();
    }
    if (envelope == null) {
      return new ByteMutation(random).of(bytes);
    }
    return switch (random.nextInt(5)) {
      case 0 -> envelope.with(1, BigInteger.valueOf(random.nextInt(1_000_000)));
      case 1 -> envelope.with(2, BigInteger.valueOf(random.nextInt(20_000_000)));
      case 2 -> envelope.with(3, BigInteger.valueOf(1_000_000 + random.nextInt(400_000_000)));
      case 3 -> envelope.with(4, BigInteger.valueOf(21_000 + random.nextInt(4_000_000)));
      default -> openWord(random, envelope);
    };
  }

  /// A swap's pool, deadline or minimum; what the same word is in other calls is not open.
  private static byte[] openWord(Random random, EnvelopeMutation envelope) {
    byte[] data = envelope.content(7);
    int exchange =
        switch (Bytes.of(Arrays.copyOf(data, 4)).hex()) {
          case "04e45aaf" -> 4;
          case "ac9650d8" -> 4 + 5 * 32 + 4;
          case "5ae401dc" -> 4 + 6 * 32 + 4;
          default -> -1;
        };
    if (exchange < 0) {
      return envelope.with(1, BigInteger.valueOf(random.nextInt(1_000_000)));
    }
    int[] positions = {4, exchange + 2 * 32, exchange + 5 * 32, exchange + 9 * 32};
    int at = positions[random.nextInt(positions.length)];
    var number = new BigInteger(1 + random.nextInt(70), random);
    return envelope.with(
        7, ByteMutation.spliced(data, at, 32, Words.start("").number(number).toArray()));
  }
}
