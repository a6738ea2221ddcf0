package org.supercargo.api.chain;

import java.util.List;
import java.util.Optional;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.TransactionId;
import org.supercargo.api.payment.SignIn;

/// Understands one chain family's bytes without any I/O. The chain adapter and the signer each
/// decode with it, so that neither has to believe the other.
///
/// No method throws for hostile bytes except where said: what cannot be decoded is an
/// [Effect.Undecodable].
public interface TransactionCodec {
  /// The CAIP-2 namespace whose bytes it understands: `solana` or `eip155`.
  String namespace();

  /// The account a public key controls.
  ///
  /// @param publicKey 32 bytes (Ed25519) or 64 bytes (secp256k1, x and y)
  Address address(ChainId chain, Bytes publicKey);

  /// Everything the bytes can do.
  ///
  /// @param wallet the account asked to sign
  /// @param hints what the intent names, without which some bytes cannot be read
  List<Effect> decode(ChainId chain, Bytes unsigned, Address wallet, DecodingHints hints);

  /// What makes it impossible that two signed transactions of `wallet` both land: the nonce on EVM
  /// chains and of payment authorizations. Empty where only time tells.
  ///
  /// @throws IllegalArgumentException if `unsigned` is not a transaction `wallet` has to sign
  Optional<String> exclusion(ChainId chain, Bytes unsigned, Address wallet);

  /// The bytes a key signs: the message itself on Solana, its Keccak-256 hash on EVM chains.
  ///
  /// @throws IllegalArgumentException if `unsigned` is not a transaction `wallet` has to sign
  Bytes signingPayload(ChainId chain, Bytes unsigned, Address wallet);

  /// The bytes a key signs to prove to a host that `wallet` is its account: the message itself on
  /// Solana, its hash by [ERC-191](https://eips.ethereum.org/EIPS/eip-191) on EVM chains. No
  /// transaction has these bytes.
  Bytes signInPayload(SignIn signIn, Address wallet);

  /// Puts `wallet`'s signature into its own place and leaves others alone.
  ///
  /// @param signature 64 bytes (Ed25519) or 65 bytes (r, s, and the y parity as 0 or 1)
  /// @throws IllegalArgumentException if the signature does not verify for `wallet`
  Signed assemble(ChainId chain, Bytes unsigned, Address wallet, Bytes signature);

  /// Bytes ready to send, and the name the chain will know them by.
  record Signed(TransactionId id, Bytes bytes) {}
}
