package org.supercargo.solana;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.TransactionId;

/// Solana's bytes: the unsigned bytes are a legacy or version 0 message, the signed bytes a whole
/// transaction.
///
/// Strict where nodes are lenient: trailing bytes, missing privileges, duplicate settings and
/// accounts beyond those an instruction needs make an instruction [Effect.Undecodable].
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
  public List<Effect> decode(
      ChainId chain, Bytes unsigned, Address wallet, Set<Address> counterparties) {
    return decode(chain, unsigned, wallet, counterparties, List.of());
  }

  /// Like [#decode(ChainId, Bytes, Address, Set)], for messages whose address lookup tables were
  /// read from the chain.
  ///
  /// @throws IllegalArgumentException if `wallet` is no Solana address; never for hostile bytes
  public List<Effect> decode(
      ChainId chain,
      Bytes unsigned,
      Address wallet,
      Set<Address> counterparties,
      List<AddressLookupTable> tables) {
    requireSolana(chain);
    var owners = new LinkedHashSet<PublicKey>();
    owners.add(PublicKey.of(wallet));
    counterparties.stream()
        .filter(address -> address.chain().equals(chain))
        .forEach(address -> owners.add(PublicKey.of(address)));
    var known = new HashMap<PublicKey, AddressLookupTable>();
    tables.forEach(table -> known.put(table.address(), table));
    try {
      return new EffectDecoder(chain, Message.parse(unsigned), PublicKey.of(wallet), owners)
          .decode(Map.copyOf(known));
    } catch (MalformedTransactionException reason) {
      return List.of(new Effect.Undecodable("it is not a Solana message: " + reason.what()));
    }
  }

  @Override
  public Bytes signingPayload(ChainId chain, Bytes unsigned, Address wallet) {
    requireSolana(chain);
    requireSigner(Message.parse(unsigned), PublicKey.of(wallet));
    return unsigned;
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
