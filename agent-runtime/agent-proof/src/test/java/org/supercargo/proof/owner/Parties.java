package org.supercargo.proof.owner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.p2p.solanaj.core.PublicKey;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.testkit.FakeCodec;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;

/// Everyone there is, on both chains: real addresses for real bytes, fake ones for fake chains.
public final class Parties {
  /// Uniswap's SwapRouter02 on Base. Source:
  /// [Uniswap](https://docs.uniswap.org/contracts/v3/reference/deployments/base-deployments).
  private static final String ROUTER = "0x2626664c2603336E57B271c5C0b26F421741e481";

  private static final List<String> NAMES =
      List.of(
          "alice",
          "bob",
          "carol",
          "dora",
          "oracle",
          "archive",
          "mallory",
          "pool",
          "distributor",
          "router",
          "cargo",
          "eurc",
          "tide",
          "kelp");

  private static final List<String> APPROVERS = List.of("ops", "cfo", "chair");

  private final boolean real;
  private final Map<String, Address> addresses = new TreeMap<>();
  private final Map<ChainId, Address> wallets;

  /// @param wallets the agent's own
  public Parties(boolean real, Map<ChainId, Address> wallets) {
    this.real = real;
    this.wallets = Map.copyOf(wallets);
    for (ChainId chain : ChainId.named()) {
      NAMES.forEach(name -> addresses.put(name + "." + chain.name(), made(name, chain)));
    }
    wallets.forEach((chain, wallet) -> addresses.put("wallet." + chain.name(), wallet));
    if (real) {
      addresses.put("router.base", new Address(ChainId.BASE, ROUTER));
    }
  }

  private Address made(String name, ChainId chain) {
    if (!real) {
      return FakeCodec.account(chain, name);
    }
    return chain.equals(ChainId.SOLANA)
        ? new Address(chain, new PublicKey(publicKey(name)).toBase58())
        : evm(Arrays.copyOfRange(Hash.sha3(name.getBytes(UTF_8)), 12, 32));
  }

  /// A key that is the same whenever somebody of this name is asked for one.
  public static byte[] secret(String name) {
    return Hash.sha3(("secret of " + name).getBytes(UTF_8));
  }

  public static byte[] publicKey(String name) {
    byte[] key = new byte[32];
    Ed25519.generatePublicKey(secret(name), 0, key, 0);
    return key;
  }

  /// What an approver signs with the key of the agent file.
  public static Bytes signature(String name, Bytes payload) {
    byte[] signature = new byte[64];
    byte[] message = payload.toArray();
    Ed25519.sign(secret(name), 0, message, 0, message.length, signature, 0);
    return Bytes.of(signature);
  }

  public static Address evm(byte[] twenty) {
    return new Address(ChainId.BASE, Keys.toChecksumAddress(HexFormat.of().formatHex(twenty)));
  }

  public Address of(String name, ChainId chain) {
    Address address = addresses.get(name + "." + chain.name());
    if (address == null) {
      throw new IllegalArgumentException(name + " is nobody on " + chain.name());
    }
    return address;
  }

  public AssetId token(String name, ChainId chain) {
    return AssetId.token(of(name, chain));
  }

  public Map<ChainId, Address> wallets() {
    return wallets;
  }

  public Address wallet(ChainId chain) {
    return of("wallet", chain);
  }

  /// Everyone on a chain.
  public List<Address> all(ChainId chain) {
    return addresses.values().stream()
        .filter(address -> address.chain().equals(chain))
        .distinct()
        .toList();
  }

  /// An address as a call's argument is read: a word of 32 bytes in hexadecimal digits, or the text
  /// that fake chains use.
  public String asArgument(Address address) {
    String lower = address.text().toLowerCase(Locale.ROOT);
    return real ? "0".repeat(24) + lower.substring(2) : lower;
  }

  /// An agent file with everyone's addresses in it.
  public String fill(String file) {
    String filled = file;
    for (var each : addresses.entrySet()) {
      filled = filled.replace("{" + each.getKey() + "}", each.getValue().text());
    }
    for (String approver : APPROVERS) {
      filled =
          filled.replace(
              "{" + approver + "}", "ed25519:" + HexFormat.of().formatHex(publicKey(approver)));
    }
    return filled;
  }
}
