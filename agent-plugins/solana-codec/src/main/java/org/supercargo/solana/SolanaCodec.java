package org.supercargo.solana;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.payment.SignIn;

/// Solana's bytes: the unsigned bytes are a legacy or version 0 message, the signed bytes a whole
/// transaction.
///
/// Strict where nodes are lenient: trailing bytes, missing and needless privileges, unused
/// accounts, duplicate settings and accounts beyond those an instruction needs are
/// [Effect.Undecodable].
public final class SolanaCodec implements TransactionCodec {
  private static final String NAMESPACE = "solana";

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public Address address(ChainId chain, Bytes publicKey) {
    requireSolana(chain);
    var key = new PublicKey(publicKey);
    if (!key.isOnCurve()) {
      throw new MalformedTransactionException(key + " is not an Ed25519 public key");
    }
    return key.address(chain);
  }

  @Override
  public List<Effect> decode(ChainId chain, Bytes unsigned, Address wallet, DecodingHints hints) {
    return decode(chain, unsigned, wallet, hints, List.of());
  }

  /// Like [#decode(ChainId, Bytes, Address, DecodingHints)], for messages whose address lookup
  /// tables were read from the chain.
  ///
  /// @throws IllegalArgumentException if `wallet` is no Solana address; never for hostile bytes
  public List<Effect> decode(
      ChainId chain,
      Bytes unsigned,
      Address wallet,
      DecodingHints hints,
      List<AddressLookupTable> tables) {
    requireSolana(chain);
    PublicKey key = PublicKey.of(wallet);
    var owners = new LinkedHashSet<PublicKey>();
    owners.add(key);
    hints.counterparties().stream()
        .filter(address -> address.chain().equals(chain))
        .flatMap(address -> find(address).stream())
        .forEach(owners::add);
    var known = new HashMap<PublicKey, AddressLookupTable>();
    tables.forEach(table -> known.put(table.address(), table));
    try {
      return new EffectDecoder(chain, Message.parse(unsigned), key, owners, hints.decimals())
          .decode(Map.copyOf(known));
    } catch (MalformedTransactionException reason) {
      return List.of(new Effect.Undecodable("it is not a Solana message: " + reason.what()));
    }
  }

  /// Empty for text that is no address: a hint that names nobody recognises nothing.
  private static Optional<PublicKey> find(Address counterparty) {
    try {
      return Optional.of(PublicKey.of(counterparty));
    } catch (MalformedTransactionException _) {
      return Optional.empty();
    }
  }

  /// Always empty: only time keeps two messages from both landing.
  ///
  /// A durable nonce excludes its rivals only where it is one. A node first looks whether the
  /// message's blockhash is recent, and if so runs a leading `AdvanceNonceAccount` like any other
  /// instruction. Offline nobody can tell a nonce from a recent blockhash, so two messages that
  /// name the same nonce account and the same hash may still both land. Messages with a nonce are
  /// refused anyway, as a change of authority.
  ///
  /// Source: `check_transaction_age` in
  /// [Agave](https://github.com/anza-xyz/agave/blob/master/runtime/src/bank/check_transactions.rs).
  @Override
  public Optional<String> exclusion(ChainId chain, Bytes unsigned, Address wallet) {
    requireSolana(chain);
    requireSigner(Message.parse(unsigned), PublicKey.of(wallet));
    return Optional.empty();
  }

  @Override
  public Bytes signingPayload(ChainId chain, Bytes unsigned, Address wallet) {
    requireSolana(chain);
    requireSigner(Message.parse(unsigned), PublicKey.of(wallet));
    return unsigned;
  }

  /// A message's first bytes are the numbers of its signers and keys; no text of letters is as long
  /// as those would say.
  @Override
  public Bytes signInPayload(SignIn signIn, Address wallet) {
    return Bytes.of(signIn.message(wallet).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public Signed assemble(ChainId chain, Bytes unsigned, Address wallet, Bytes signature) {
    requireSolana(chain);
    Transaction transaction =
        Transaction.unsigned(Message.parse(unsigned))
            .withSignature(PublicKey.of(wallet), signature);
    List<PublicKey> missing = transaction.missingSigners();
    if (!missing.isEmpty()) {
      throw new MalformedTransactionException("the signatures of " + missing + " are missing");
    }
    return new Signed(new TransactionId(chain, transaction.id()), transaction.serialize());
  }

  private static void requireSigner(Message message, PublicKey wallet) {
    if (!message.signers().contains(wallet)) {
      throw new MalformedTransactionException(wallet + " does not have to sign this message");
    }
  }

  private static void requireSolana(ChainId chain) {
    if (!chain.namespace().equals(NAMESPACE)) {
      throw new IllegalArgumentException(chain + " is not a Solana chain");
    }
  }
}
