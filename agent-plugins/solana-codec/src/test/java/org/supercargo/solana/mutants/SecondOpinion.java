package org.supercargo.solana.mutants;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;
import org.supercargo.solana.mutants.Meaning.Call;
import org.supercargo.solana.mutants.Meaning.Free;

/// Reads messages and builds payments a second time. Shares nothing with the code under test: it
/// reads hexadecimal text, knows no privileges but those written here, and does its own base58,
/// curve and address arithmetic.
final class SecondOpinion {
  private static final HexFormat HEX = HexFormat.of();
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger CURVE_D =
      BigInteger.valueOf(-121_665)
          .multiply(BigInteger.valueOf(121_666).modInverse(PRIME))
          .mod(PRIME);

  private final Map<String, String> derived = new HashMap<>();

  /// @param tables content of lookup tables by address, all in hexadecimal
  /// @throws IllegalArgumentException if the bytes are not a message
  Meaning read(Bytes message, Map<String, List<String>> tables) {
    var text = new Cursor(message.hex());
    String first = text.take(1);
    boolean versioned = first.equals("80");
    int signers = Integer.parseInt(versioned ? text.take(1) : first, 16);
    int readonlySigned = text.number();
    int readonlyUnsigned = text.number();
    var keys = new ArrayList<String>();
    var roles = new TreeMap<String, String>();
    int count = text.length();
    for (int index = 0; index < count; index++) {
      boolean signs = index < signers;
      boolean changes = signs ? index < signers - readonlySigned : index < count - readonlyUnsigned;
      addKey(keys, roles, text.take(32), (signs ? "s" : "") + (changes ? "w" : ""));
    }
    String blockhash = text.take(32);
    var compiled = new ArrayList<int[]>();
    var data = new ArrayList<String>();
    for (int left = text.length(); left > 0; left--) {
      int program = text.number();
      int[] accounts = new int[text.length() + 1];
      accounts[0] = program;
      for (int index = 1; index < accounts.length; index++) {
        accounts[index] = text.number();
      }
      compiled.add(accounts);
      data.add(text.take(text.length()));
    }
    if (versioned) {
      addLookups(text, tables, keys, roles);
    }
    require(text.isAtEnd(), "something follows");
    var calls = new ArrayList<Call>();
    for (int index = 0; index < compiled.size(); index++) {
      calls.add(call(compiled.get(index), data.get(index), keys));
    }
    requireCreationFirst(calls);
    return new Meaning(keys.getFirst(), blockhash, new TreeMap<>(roles), calls);
  }

  private static void addLookups(
      Cursor text, Map<String, List<String>> tables, List<String> keys, Map<String, String> roles) {
    var writable = new ArrayList<String>();
    var readonly = new ArrayList<String>();
    for (int left = text.length(); left > 0; left--) {
      List<String> table = tables.getOrDefault(text.take(32), List.of());
      for (int more = text.length(); more > 0; more--) {
        writable.add(table.get(text.number()));
      }
      for (int more = text.length(); more > 0; more--) {
        readonly.add(table.get(text.number()));
      }
    }
    writable.forEach(key -> addKey(keys, roles, key, "w"));
    readonly.forEach(key -> addKey(keys, roles, key, ""));
  }

  private static void addKey(
      List<String> keys, Map<String, String> roles, String key, String role) {
    keys.add(key);
    require(roles.put(key, role) == null, "a key twice");
  }

  private static Call call(int[] compiled, String data, List<String> keys) {
    var accounts = new ArrayList<String>();
    for (int index = 1; index < compiled.length; index++) {
      accounts.add(keys.get(compiled[index]));
    }
    return new Call(keys.get(compiled[0]), accounts, data);
  }

  private static void requireCreationFirst(List<Call> calls) {
    int creation = -1;
    int transfer = -1;
    for (int index = 0; index < calls.size(); index++) {
      String program = calls.get(index).program();
      if (program.equals(Meaning.ASSOCIATED_TOKEN)) {
        creation = index;
      }
      if (program.equals(Meaning.TOKEN) || program.equals(Meaning.TOKEN_2022)) {
        transfer = index;
      }
    }
    require(creation < 0 || creation < transfer, "the account is created after it is paid into");
  }

  /// The payment an intent asks for, with what it leaves free.
  Meaning build(Intent.Transfer intent, Address wallet, Free free) {
    String from = base58(wallet.text());
    String to = base58(intent.payee().address().text());
    var roles = new TreeMap<String, String>();
    var calls = new ArrayList<Call>();
    if (free.limit() != null) {
      calls.add(new Call(Meaning.COMPUTE_BUDGET, List.of(), free.limit()));
    }
    if (free.price() != null) {
      calls.add(new Call(Meaning.COMPUTE_BUDGET, List.of(), free.price()));
    }
    if (free.memo()) {
      calls.add(
          new Call(
              Meaning.MEMO,
              List.of(),
              HEX.formatHex(intent.memo().getBytes(StandardCharsets.UTF_8))));
    }
    if (intent.amount().asset().id().isNative()) {
      roles.put(to, "w");
      calls.add(new Call(Meaning.SYSTEM, List.of(from, to), "02000000" + amount(intent)));
    } else {
      addTokens(intent, free, from, to, roles, calls);
    }
    calls.forEach(call -> roles.put(call.program(), ""));
    roles.put(from, "sw");
    return new Meaning(from, free.blockhash(), roles, calls);
  }

  private void addTokens(
      Intent.Transfer intent,
      Free free,
      String from,
      String to,
      Map<String, String> roles,
      List<Call> calls) {
    String mint = base58(intent.amount().asset().id().reference());
    String source = associated(from, mint, free.tokenProgram());
    String destination = associated(to, mint, free.tokenProgram());
    if (free.creation() != null && List.of("00", "01").contains(free.creation())) {
      calls.add(
          new Call(
              Meaning.ASSOCIATED_TOKEN,
              List.of(from, destination, to, mint, Meaning.SYSTEM, free.tokenProgram()),
              free.creation()));
      roles.put(to, "");
      roles.put(Meaning.SYSTEM, "");
    }
    calls.add(
        new Call(
            free.tokenProgram(),
            List.of(source, mint, destination, from),
            "0c" + amount(intent) + free.decimals()));
    roles.put(mint, "");
    roles.put(source, "w");
    roles.put(destination, "w");
  }

  private static String amount(Intent.Transfer intent) {
    BigInteger rest = intent.amount().baseUnits();
    var text = new StringBuilder();
    for (int index = 0; index < 8; index++) {
      text.append("%02x".formatted(rest.mod(BigInteger.valueOf(256)).intValueExact()));
      rest = rest.shiftRight(8);
    }
    require(rest.signum() == 0, "an amount beyond 64 bits");
    return text.toString();
  }

  private static String base58(String text) {
    BigInteger number = BigInteger.ZERO;
    for (int index = 0; index < text.length(); index++) {
      int value =
          "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".indexOf(text.charAt(index));
      require(value >= 0, "no base58");
      number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(value));
    }
    return "%064x".formatted(number);
  }

  String associated(String owner, String mint, String tokenProgram) {
    return derived.computeIfAbsent(
        owner + tokenProgram + mint, seeds -> derive(seeds, Meaning.ASSOCIATED_TOKEN));
  }

  private static String derive(String seeds, String program) {
    String marker = HEX.formatHex("ProgramDerivedAddress".getBytes(StandardCharsets.US_ASCII));
    for (int bump = 255; bump >= 0; bump--) {
      byte[] hash = sha256(HEX.parseHex(seeds + "%02x".formatted(bump) + program + marker));
      if (!isPoint(hash)) {
        return HEX.formatHex(hash);
      }
    }
    throw new IllegalArgumentException("no address");
  }

  /// Whether x² = (y² - 1) / (d y² + 1) has a solution.
  private static boolean isPoint(byte[] compressed) {
    var bigEndian = new byte[32];
    for (int index = 0; index < 32; index++) {
      bigEndian[31 - index] = compressed[index];
    }
    bigEndian[0] &= 0x7f;
    BigInteger square = new BigInteger(1, bigEndian).modPow(BigInteger.TWO, PRIME);
    BigInteger above = square.subtract(BigInteger.ONE).mod(PRIME);
    BigInteger below = square.multiply(CURVE_D).add(BigInteger.ONE).mod(PRIME);
    BigInteger half = PRIME.subtract(BigInteger.ONE).shiftRight(1);
    return above.multiply(below).modPow(half, PRIME).compareTo(BigInteger.ONE) <= 0;
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /// A place in hexadecimal text.
  private static final class Cursor {
    private final String text;
    private int position;

    Cursor(String text) {
      this.text = text;
    }

    String take(int bytes) {
      int end = position + 2 * bytes;
      require(end <= text.length(), "the text ends too early");
      String taken = text.substring(position, end);
      position = end;
      return taken;
    }

    int number() {
      return Integer.parseInt(take(1), 16);
    }

    /// In its shortest form only: a node takes no other.
    int length() {
      int low = number();
      if (low < 0x80) {
        return low;
      }
      int rest = length();
      require(rest > 0, "a length with a part that adds nothing");
      return low - 0x80 + 0x80 * rest;
    }

    boolean isAtEnd() {
      return position == text.length();
    }
  }
}
