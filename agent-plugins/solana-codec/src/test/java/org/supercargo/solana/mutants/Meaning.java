package org.supercargo.solana.mutants;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a message says, freed of the order of its accounts: who pays and signs, what may be
/// changed, and every call with its accounts spelled out. All keys and data are hexadecimal.
///
/// Calls are compared in the order of their text. The programs of a payment do not depend on the
/// order of their calls, except that an account has to be created before it is paid into, and that
/// is checked where the meaning is read.
///
/// @param roles for each account `s` where it signs and `w` where it may be changed
record Meaning(
    String feePayer, String blockhash, SortedMap<String, String> roles, List<Call> calls) {
  static final String SYSTEM = "00".repeat(32);
  static final String COMPUTE_BUDGET =
      "0306466fe5211732ffecadba72c39be7bc8ce5bbc5f7126b2c439b3a40000000";
  static final String MEMO = "054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448d";
  static final String TOKEN = "06ddf6e1d765a193d9cbe146ceeb79ac1cb485ed5f5b37913a8cf5857eff00a9";
  static final String TOKEN_2022 =
      "06ddf6e1ee758fde18425dbce46ccddab61afc4d83b90d27febdf928d8a18bfc";
  static final String ASSOCIATED_TOKEN =
      "8c97258f4e2489f1bb3d1029148e0d830b5a1399daff1084048e7bd8dbe9f859";

  record Call(String program, List<String> accounts, String data) implements Comparable<Call> {
    @Override
    public int compareTo(Call other) {
      return toString().compareTo(other.toString());
    }
  }

  Meaning {
    roles = new TreeMap<>(roles);
    calls = calls.stream().sorted().toList();
  }

  /// What an intent leaves to its builder.
  ///
  /// @param limit data of the compute unit limit, null without one
  /// @param price data of the compute unit price, null without one
  /// @param creation data of the account creation, null without one
  /// @param decimals the last byte of a token transfer
  record Free(
      String blockhash,
      @Nullable String limit,
      @Nullable String price,
      @Nullable String creation,
      boolean memo,
      String tokenProgram,
      String decimals) {}

  Free free() {
    return new Free(
        blockhash,
        dataOf(COMPUTE_BUDGET, "02"),
        dataOf(COMPUTE_BUDGET, "03"),
        dataOf(ASSOCIATED_TOKEN, ""),
        dataOf(MEMO, "") != null,
        dataOf(TOKEN_2022, "") == null ? TOKEN : TOKEN_2022,
        decimals());
  }

  private String decimals() {
    String token = dataOf(TOKEN, "0c");
    String transfer = token == null ? dataOf(TOKEN_2022, "0c") : token;
    return transfer == null || transfer.length() < 2
        ? ""
        : transfer.substring(transfer.length() - 2);
  }

  private @Nullable String dataOf(String program, String start) {
    return calls.stream()
        .filter(call -> call.program().equals(program) && call.data().startsWith(start))
        .map(Call::data)
        .findFirst()
        .orElse(null);
  }

  /// Everything but the tip, 5,000 lamports for each signature.
  BigInteger signatureFee() {
    return BigInteger.valueOf(
        5_000 * roles.values().stream().filter(role -> role.contains("s")).count());
  }

  /// The most the compute budget may cost, counted as generously as a node ever did.
  BigInteger tip() {
    String price = dataOf(COMPUTE_BUDGET, "03");
    if (price == null) {
      return BigInteger.ZERO;
    }
    String limit = dataOf(COMPUTE_BUDGET, "02");
    BigInteger most = BigInteger.valueOf(1_400_000);
    BigInteger units =
        limit == null
            ? most.min(BigInteger.valueOf(200_000L * calls.size()))
            : most.min(number(limit.substring(2)));
    BigInteger micro = units.multiply(number(price.substring(2)));
    BigInteger[] parts = micro.divideAndRemainder(BigInteger.valueOf(1_000_000));
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  private static BigInteger number(String littleEndian) {
    var bytes = new ArrayList<String>();
    for (int index = 0; index < littleEndian.length(); index += 2) {
      bytes.addFirst(littleEndian.substring(index, index + 2));
    }
    return new BigInteger(String.join("", bytes), 16);
  }
}
