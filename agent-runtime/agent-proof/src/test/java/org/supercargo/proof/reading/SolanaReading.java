package org.supercargo.proof.reading;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.p2p.solanaj.core.PublicKey;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Reads what signing a Solana message gives away. Programs it does not know may do anything.
public final class SolanaReading {
  public static final String SYSTEM = "11111111111111111111111111111111";
  public static final String TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
  public static final String TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
  public static final String ASSOCIATED = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL";
  public static final String COMPUTE = "ComputeBudget111111111111111111111111111111";
  public static final String MEMO = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr";

  /// What an account of 165 bytes costs for good.
  private static final BigInteger RENT = BigInteger.valueOf(2_039_280);

  private static final long LAMPORTS_PER_SIGNATURE = 5_000;
  private static final long UNITS_PER_INSTRUCTION = 200_000;
  private static final long MOST_UNITS = 1_400_000;
  private static final Set<Integer> HARMLESS_OF_TOKEN = Set.of(5, 17, 21, 22, 23, 24);

  // A derivation takes longer than all that is judged.
  private static final Map<String, String> TOKEN_ACCOUNTS = new ConcurrentHashMap<>();

  private final ChainId chain;
  private final Address wallet;
  private final AssetId coin;
  private final Map<String, Address> owners = new HashMap<>();
  private final Map<String, String> mints = new HashMap<>();

  /// @param parties whose token accounts are known to be theirs
  /// @param mints that the wallet may hold
  public SolanaReading(Address wallet, List<Address> parties, List<String> mints) {
    this.chain = wallet.chain();
    this.wallet = wallet;
    this.coin = AssetId.nativeOf(chain);
    var all = new ArrayList<>(parties);
    all.add(wallet);
    for (Address party : all) {
      for (String mint : mints) {
        for (String program : List.of(TOKEN, TOKEN_2022)) {
          String account = tokenAccount(party.text(), mint, program);
          owners.put(account, party);
          this.mints.put(account, mint);
        }
      }
    }
  }

  /// The associated token account, by its published derivation.
  public static String tokenAccount(String owner, String mint, String program) {
    return TOKEN_ACCOUNTS.computeIfAbsent(
        owner + " " + mint + " " + program, _ -> derived(owner, mint, program));
  }

  private static String derived(String owner, String mint, String program) {
    return PublicKey.findProgramAddress(
            List.of(
                new PublicKey(owner).toByteArray(),
                new PublicKey(program).toByteArray(),
                new PublicKey(mint).toByteArray()),
            new PublicKey(ASSOCIATED))
        .getAddress()
        .toBase58();
  }

  /// @param message as it is signed
  public List<Outflow> read(Bytes message) {
    var all = new ArrayList<Outflow>();
    try {
      new Reader(message.toArray(), all).read();
    } catch (RuntimeException unreadable) {
      all.add(ruin("a message nobody can read: " + unreadable.getMessage()));
    }
    return all;
  }

  private Outflow ruin(String what) {
    return new Outflow.Ruin(chain, what);
  }

  private Address address(String key) {
    return new Address(chain, key);
  }

  /// One message, from its first byte to its last.
  private final class Reader {
    private final byte[] bytes;
    private final List<Outflow> all;
    private final List<String> keys = new ArrayList<>();
    private int at;
    private long units = -1;
    private BigInteger price = BigInteger.ZERO;

    Reader(byte[] bytes, List<Outflow> all) {
      this.bytes = bytes;
      this.all = all;
    }

    void read() {
      boolean versioned = (bytes[0] & 0x80) != 0;
      at = versioned ? 1 : 0;
      int signatures = bytes[at] & 0xff;
      at += 3;
      for (int left = size(); left > 0; left--) {
        keys.add(new PublicKey(take(32)).toBase58());
      }
      take(32);
      int running = 0;
      for (int left = size(); left > 0; left--) {
        String program = key(take(1)[0] & 0xff);
        byte[] accounts = take(size());
        instruction(program, accounts, take(size()));
        running += program.equals(COMPUTE) ? 0 : 1;
      }
      if (versioned && size() > 0) {
        all.add(ruin("accounts of a table that may hold anything"));
      }
      fee(signatures, running);
    }

    private byte[] take(int count) {
      if (at + count > bytes.length) {
        throw new IllegalStateException("it ends too early");
      }
      at += count;
      return Arrays.copyOfRange(bytes, at - count, at);
    }

    private int size() {
      int size = 0;
      for (int shift = 0; ; shift += 7) {
        int next = take(1)[0] & 0xff;
        size |= (next & 0x7f) << shift;
        if ((next & 0x80) == 0) {
          return size;
        }
      }
    }

    private String key(int index) {
      return index < keys.size() ? keys.get(index) : "unknown account " + index;
    }

    private void fee(int signatures, int instructions) {
      long limit = units < 0 ? Math.min(MOST_UNITS, instructions * UNITS_PER_INSTRUCTION) : units;
      BigInteger tip =
          price
              .multiply(BigInteger.valueOf(Math.min(limit, MOST_UNITS)))
              .add(BigInteger.valueOf(999_999))
              .divide(BigInteger.valueOf(1_000_000));
      if (key(0).equals(wallet.text())) {
        BigInteger base = BigInteger.valueOf(signatures * LAMPORTS_PER_SIGNATURE);
        all.add(new Outflow.Fee(coin, base.add(tip), tip));
      }
    }

    private void instruction(String program, byte[] accounts, byte[] data) {
      var named = new ArrayList<String>();
      for (byte each : accounts) {
        named.add(key(each & 0xff));
      }
      switch (program) {
        case SYSTEM -> system(named, data);
        case TOKEN, TOKEN_2022 -> token(named, data);
        case ASSOCIATED -> associated(named, data);
        case COMPUTE -> compute(data);
        case MEMO -> {}
        default -> all.add(ruin("the program " + program));
      }
    }

    private void compute(byte[] data) {
      if (data[0] == 2) {
        units = little(data, 1, 4).longValueExact();
      } else if (data[0] == 3) {
        price = little(data, 1, 8);
      }
    }

    private void system(List<String> accounts, byte[] data) {
      int tag = little(data, 0, 4).intValueExact();
      if (tag == 2 && accounts.size() >= 2) {
        if (accounts.get(0).equals(wallet.text()) && !accounts.get(1).equals(wallet.text())) {
          all.add(new Outflow.Paid(coin, address(accounts.get(1)), little(data, 4, 8)));
        }
        return;
      }
      all.add(ruin("the System program's instruction " + tag));
    }

    private void associated(List<String> accounts, byte[] data) {
      int tag = data.length == 0 ? 0 : data[0];
      if (tag > 1) {
        all.add(ruin("the Associated Token program's instruction " + tag));
      } else if (accounts.getFirst().equals(wallet.text())) {
        all.add(new Outflow.Rent(coin, RENT));
      }
    }

    private void token(List<String> accounts, byte[] data) {
      int tag = data[0] & 0xff;
      switch (tag) {
        case 3 -> moved(accounts.get(0), accounts.get(1), accounts.get(2), little(data, 1, 8));
        case 12 -> moved(accounts.get(0), accounts.get(2), accounts.get(3), little(data, 1, 8));
        case 4 -> lent(accounts.get(0), accounts.get(1), little(data, 1, 8));
        case 13 -> lent(accounts.get(0), accounts.get(2), little(data, 1, 8));
        case 8, 15 -> lost(accounts.get(0), little(data, 1, 8));
        default -> {
          if (!HARMLESS_OF_TOKEN.contains(tag)) {
            all.add(ruin("the token program's instruction " + tag));
          }
        }
      }
    }

    private AssetId asset(String account) {
      String mint = mints.get(account);
      return AssetId.token(address(mint == null ? account : mint));
    }

    /// Only what the wallet itself signs for is its own loss.
    private void moved(String from, String to, String authority, BigInteger amount) {
      if (!authority.equals(wallet.text())) {
        all.add(ruin("a transfer on the authority of " + authority));
        return;
      }
      Address receiver = owners.getOrDefault(to, address(to));
      if (!mints.getOrDefault(to, "").equals(mints.get(from))) {
        receiver = address(to);
      }
      if (!receiver.equals(wallet)) {
        all.add(new Outflow.Paid(asset(from), receiver, amount));
      }
    }

    private void lent(String from, String spender, BigInteger amount) {
      all.add(new Outflow.Lent(asset(from), address(spender), amount));
    }

    private void lost(String from, BigInteger amount) {
      all.add(new Outflow.Paid(asset(from), address(SYSTEM), amount));
    }
  }

  private static BigInteger little(byte[] data, int from, int length) {
    byte[] big = new byte[length];
    for (int i = 0; i < length; i++) {
      big[length - 1 - i] = data[from + i];
    }
    return new BigInteger(1, big);
  }
}
