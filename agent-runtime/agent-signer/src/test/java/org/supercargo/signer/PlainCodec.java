package org.supercargo.signer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.payment.SignIn;
import org.supercargo.engine.json.DomainJson;

/// Transactions that are a list of effects in JSON, signed with real keys.
public final class PlainCodec implements TransactionCodec {
  private static final DomainJson JSON = new DomainJson();

  /// @param nonce sets transactions with the same effects apart
  /// @param exclusion of two transactions with the same one, only one can land
  record Plain(int nonce, @Nullable String exclusion, List<Effect> effects) {}

  private final String namespace;
  private final Runnable assembling;
  private final Map<Address, Bytes> keys = new ConcurrentHashMap<>();

  public PlainCodec(String namespace) {
    this(namespace, () -> {});
  }

  /// @param assembling what happens while a signature is put into its place
  PlainCodec(String namespace, Runnable assembling) {
    this.namespace = namespace;
    this.assembling = assembling;
  }

  public static Bytes transaction(int nonce, Effect... effects) {
    return bytes(new Plain(nonce, null, List.of(effects)));
  }

  static Bytes exclusive(String exclusion, int nonce, Effect... effects) {
    return bytes(new Plain(nonce, exclusion, List.of(effects)));
  }

  private static Bytes bytes(Plain plain) {
    return Bytes.of(JSON.write(plain).getBytes(UTF_8));
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public Address address(ChainId chain, Bytes publicKey) {
    var address = new Address(chain, "plain" + publicKey.hex().substring(0, 24));
    keys.put(address, publicKey);
    return address;
  }

  @Override
  public List<Effect> decode(ChainId chain, Bytes unsigned, Address wallet, DecodingHints hints) {
    try {
      return JSON.read(new String(unsigned.toArray(), UTF_8), Plain.class).effects();
    } catch (SupercargoException e) {
      return List.of(new Effect.Undecodable("no plain transaction"));
    }
  }

  @Override
  public Optional<String> exclusion(ChainId chain, Bytes unsigned, Address wallet) {
    try {
      return Optional.ofNullable(
          JSON.read(new String(unsigned.toArray(), UTF_8), Plain.class).exclusion());
    } catch (SupercargoException e) {
      throw new IllegalArgumentException("no plain transaction");
    }
  }

  @Override
  public Bytes signingPayload(ChainId chain, Bytes unsigned, Address wallet) {
    if (new String(unsigned.toArray(), UTF_8).startsWith("{\"nonce\":666")) {
      throw new IllegalArgumentException("nothing to sign for " + wallet);
    }
    return sha256(unsigned);
  }

  @Override
  public Bytes signInPayload(SignIn signIn, Address wallet) {
    return sha256(Bytes.of(signIn.message(wallet).getBytes(UTF_8)));
  }

  @Override
  public Signed assemble(ChainId chain, Bytes unsigned, Address wallet, Bytes signature) {
    assembling.run();
    byte[] payload = signingPayload(chain, unsigned, wallet).toArray();
    Bytes key = keys.get(wallet);
    if (key == null
        || (key.size() == 32
            && !Ed25519.verify(signature.toArray(), 0, key.toArray(), 0, payload, 0, 32))) {
      throw new IllegalArgumentException("the signature is not one of " + wallet);
    }
    return new Signed(
        new TransactionId(chain, sha256(signature).hex()),
        Bytes.fromHex(signature.hex() + unsigned.hex()));
  }

  private static Bytes sha256(Bytes bytes) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
