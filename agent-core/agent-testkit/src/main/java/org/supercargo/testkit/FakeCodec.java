package org.supercargo.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.payment.SignIn;

/// Understands the bytes of [FakeChain].
///
/// An address looks like `fake-solana-0123456789ab-cdef`; the last four digits are a checksum.
public final class FakeCodec implements TransactionCodec {
  private static final Pattern ADDRESS =
      Pattern.compile("fake-([a-z0-9]+)-([0-9a-f]{12})-([0-9a-f]{4})");

  private final String namespace;

  /// @param namespace of the chains whose transactions it reads: `solana` or `eip155`
  public FakeCodec(String namespace) {
    this.namespace = namespace;
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public Address address(ChainId chain, Bytes publicKey) {
    String account = FakeKey.sha256(publicKey).hex().substring(0, 12);
    return new Address(chain, text(chain, account));
  }

  /// The account of the key with this name.
  public static Address account(ChainId chain, String name) {
    return new FakeCodec(chain.namespace()).address(chain, FakeKey.named(name).publicKey());
  }

  /// Reads foreign text as an address of `chain`.
  ///
  /// @throws SupercargoException of category USER saying what it is instead
  public static Address read(ChainId chain, String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw SupercargoException.user(
          "\"" + text + "\" is not an address on " + chain.name(),
          "Use a form such as " + text(chain, "0123456789ab") + ".");
    }
    if (!matcher.group(1).equals(chain.namespace())) {
      throw SupercargoException.user(
          text
              + " is an address of the "
              + matcher.group(1)
              + " family, not one on "
              + chain.name(),
          "Give the account's address on " + chain.name() + ".");
    }
    if (!text(chain, matcher.group(2)).equals(text)) {
      throw SupercargoException.user(
          text + " has a broken checksum", "Copy the address again; a digit is wrong.");
    }
    return new Address(chain, text);
  }

  private static String text(ChainId chain, String account) {
    String body = "fake-" + chain.namespace() + "-" + account;
    Bytes digest = FakeKey.sha256(Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
    return body + "-" + digest.hex().substring(0, 4);
  }

  @Override
  public List<Effect> decode(ChainId chain, Bytes unsigned, Address wallet, DecodingHints hints) {
    try {
      FakeTransaction transaction = FakeTransaction.decode(unsigned);
      return transaction.chain().equals(chain)
          ? transaction.effects()
          : List.of(new Effect.Undecodable("a transaction of " + transaction.chain().name()));
    } catch (RuntimeException e) {
      return List.of(new Effect.Undecodable("bytes that are no transaction: " + e.getMessage()));
    }
  }

  @Override
  public Optional<String> exclusion(ChainId chain, Bytes unsigned, Address wallet) {
    return switch (own(unsigned, wallet).validity()) {
      case Validity.Nonce nonce -> Optional.of("nonce " + nonce.number());
      case Validity.UntilHeight _, Validity.UntilTime _ -> Optional.empty();
    };
  }

  private static FakeTransaction own(Bytes unsigned, Address wallet) {
    FakeTransaction transaction = FakeTransaction.decode(unsigned);
    if (!transaction.payer().equals(wallet)) {
      throw new IllegalArgumentException(wallet + " has nothing to sign in this transaction");
    }
    return transaction;
  }

  @Override
  public Bytes signingPayload(ChainId chain, Bytes unsigned, Address wallet) {
    own(unsigned, wallet);
    return FakeKey.sha256(unsigned);
  }

  @Override
  public Bytes signInPayload(SignIn signIn, Address wallet) {
    byte[] message = ("fake sign-in\n" + signIn.message(wallet)).getBytes(StandardCharsets.UTF_8);
    return FakeKey.sha256(Bytes.of(message));
  }

  @Override
  public Signed assemble(ChainId chain, Bytes unsigned, Address wallet, Bytes signature) {
    if (!isSignedBy(chain, unsigned, wallet, signature)) {
      throw new IllegalArgumentException("the signature is not one of " + wallet);
    }
    Bytes signed = FakeKey.join(signature, unsigned);
    return new Signed(new TransactionId(chain, FakeKey.sha256(signed).hex()), signed);
  }

  private boolean isSignedBy(ChainId chain, Bytes unsigned, Address wallet, Bytes signature) {
    if (signature.size() != FakeKey.SIGNATURE) {
      return false;
    }
    Bytes publicKey = FakeKey.signer(signature);
    return address(chain, publicKey).equals(wallet)
        && new FakeKey(publicKey).sign(signingPayload(chain, unsigned, wallet)).equals(signature);
  }

  /// Reads signed bytes and verifies their signature.
  ///
  /// @throws IllegalArgumentException if they are not signed by their payer
  FakeTransaction verified(ChainId chain, Bytes signed) {
    if (signed.size() <= FakeKey.SIGNATURE) {
      throw new IllegalArgumentException("this is no signed transaction");
    }
    Bytes unsigned = FakeKey.slice(signed, FakeKey.SIGNATURE, signed.size());
    FakeTransaction transaction = FakeTransaction.decode(unsigned);
    assemble(chain, unsigned, transaction.payer(), FakeKey.slice(signed, 0, FakeKey.SIGNATURE));
    if (!transaction.chain().equals(chain)) {
      throw new IllegalArgumentException("it is a transaction of " + transaction.chain().name());
    }
    return transaction;
  }
}
