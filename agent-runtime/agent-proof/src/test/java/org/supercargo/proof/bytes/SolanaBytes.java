package org.supercargo.proof.bytes;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.p2p.solanaj.core.PublicKey;
import org.supercargo.api.Bytes;
import org.supercargo.proof.reading.SolanaReading;

/// Solana messages, written without the codec that will be asked to read them.
///
/// Sources: [transactions](https://solana.com/docs/core/transactions), [System
/// program](https://docs.rs/solana-system-interface), [token
/// program](https://docs.rs/spl-token-interface).
public final class SolanaBytes {
  private SolanaBytes() {}

  /// An account as an instruction names it.
  public record Account(String key, boolean signs, boolean written) {
    public static Account signer(String key) {
      return new Account(key, true, true);
    }

    public static Account reader(String key) {
      return new Account(key, true, false);
    }

    public static Account writable(String key) {
      return new Account(key, false, true);
    }

    public static Account readonly(String key) {
      return new Account(key, false, false);
    }
  }

  /// One instruction.
  public record Step(String program, List<Account> accounts, Bytes data) {
    public Step {
      accounts = List.copyOf(accounts);
    }

    /// The same with one more account at the end.
    public Step with(Account account) {
      var more = new ArrayList<>(accounts);
      more.add(account);
      return new Step(program, more, data);
    }
  }

  public static Bytes message(String payer, String blockhash, List<Step> steps) {
    return Bytes.of(body(payer, blockhash, steps).toByteArray());
  }

  /// A message of version 0 that takes one account from a table and uses it nowhere it can be seen.
  public static Bytes withTable(
      String payer, String blockhash, List<Step> steps, String table, int index) {
    var out = new ByteArrayOutputStream();
    out.write(0x80);
    out.writeBytes(body(payer, blockhash, steps).toByteArray());
    out.write(1);
    out.writeBytes(key(table));
    out.write(1);
    out.write(index);
    out.write(0);
    return Bytes.of(out.toByteArray());
  }

  private static ByteArrayOutputStream body(String payer, String blockhash, List<Step> steps) {
    List<Account> accounts = accounts(payer, steps);
    List<String> keys = accounts.stream().map(Account::key).toList();
    var out = new ByteArrayOutputStream();
    out.write(count(accounts.stream().filter(Account::signs).toList()));
    out.write(count(accounts.stream().filter(each -> each.signs() && !each.written()).toList()));
    out.write(count(accounts.stream().filter(each -> !each.signs() && !each.written()).toList()));
    size(out, keys.size());
    keys.forEach(key -> out.writeBytes(key(key)));
    out.writeBytes(key(blockhash));
    size(out, steps.size());
    for (Step step : steps) {
      out.write(keys.indexOf(step.program()));
      size(out, step.accounts().size());
      step.accounts().forEach(account -> out.write(keys.indexOf(account.key())));
      size(out, step.data().size());
      out.writeBytes(step.data().toArray());
    }
    return out;
  }

  private static List<Account> accounts(String payer, List<Step> steps) {
    Map<String, Account> merged = new LinkedHashMap<>();
    merged.put(payer, Account.signer(payer));
    for (Step step : steps) {
      var named = new ArrayList<>(step.accounts());
      named.add(Account.readonly(step.program()));
      for (Account each : named) {
        merged.merge(
            each.key(),
            each,
            (one, other) ->
                new Account(
                    one.key(), one.signs() || other.signs(), one.written() || other.written()));
      }
    }
    var rest = new ArrayList<>(merged.values());
    Account first = rest.removeFirst();
    rest.sort(
        Comparator.comparing((Account each) -> !each.signs())
            .thenComparing(each -> !each.written()));
    rest.addFirst(first);
    return rest;
  }

  private static int count(List<Account> accounts) {
    return accounts.size();
  }

  private static void size(ByteArrayOutputStream out, int size) {
    int left = size;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>= 7;
    }
    out.write(left);
  }

  private static byte[] key(String base58) {
    return new PublicKey(base58).toByteArray();
  }

  public static Step pay(String from, String to, BigInteger lamports) {
    return new Step(
        SolanaReading.SYSTEM,
        List.of(Account.signer(from), Account.writable(to)),
        Bytes.of(data(little(2, 4), little(lamports, 8))));
  }

  /// Any instruction of the System program.
  public static Step system(int tag, byte[] rest, Account... accounts) {
    return new Step(SolanaReading.SYSTEM, List.of(accounts), Bytes.of(data(little(tag, 4), rest)));
  }

  public static Step transferChecked(
      String program,
      String source,
      String mint,
      String target,
      String authority,
      BigInteger amount,
      int decimals) {
    return token(
        program,
        12,
        data(little(amount, 8), new byte[] {(byte) decimals}),
        Account.writable(source),
        Account.readonly(mint),
        Account.writable(target),
        Account.reader(authority));
  }

  /// Any instruction of a token program.
  public static Step token(String program, int tag, byte[] rest, Account... accounts) {
    return new Step(program, List.of(accounts), Bytes.of(data(new byte[] {(byte) tag}, rest)));
  }

  public static Step createAccount(
      String payer, String owner, String mint, String program, boolean idempotent) {
    return new Step(
        SolanaReading.ASSOCIATED,
        List.of(
            Account.signer(payer),
            Account.writable(SolanaReading.tokenAccount(owner, mint, program)),
            Account.readonly(owner),
            Account.readonly(mint),
            Account.readonly(SolanaReading.SYSTEM),
            Account.readonly(program)),
        Bytes.of(new byte[] {(byte) (idempotent ? 1 : 0)}));
  }

  public static Step memo(String text) {
    return new Step(SolanaReading.MEMO, List.of(), Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static Step unitLimit(long units) {
    return new Step(
        SolanaReading.COMPUTE,
        List.of(),
        Bytes.of(data(new byte[] {2}, little(BigInteger.valueOf(units), 4))));
  }

  public static Step unitPrice(BigInteger microLamports) {
    return new Step(
        SolanaReading.COMPUTE, List.of(), Bytes.of(data(new byte[] {3}, little(microLamports, 8))));
  }

  /// A call of any other program.
  public static Step foreign(String program, byte[] data, Account... accounts) {
    return new Step(program, List.of(accounts), Bytes.of(data));
  }

  public static byte[] data(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] little(long number, int length) {
    return little(BigInteger.valueOf(number), length);
  }

  /// The lowest bytes of a number, the lowest first.
  public static byte[] little(BigInteger number, int length) {
    byte[] little = new byte[length];
    for (int i = 0; i < length; i++) {
      little[i] = number.shiftRight(8 * i).byteValue();
    }
    return little;
  }

  public static byte[] bytes(String base58) {
    return key(base58);
  }
}
