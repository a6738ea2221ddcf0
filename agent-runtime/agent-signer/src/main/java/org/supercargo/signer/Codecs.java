package org.supercargo.signer;

import java.util.List;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.signer.key.KeyType;
import org.supercargo.solana.AddressText;
import org.supercargo.solana.SolanaCodec;

/// The chains whose bytes and addresses this signer understands.
final class Codecs implements AddressReader {
  private final List<TransactionCodec> all = List.of(new SolanaCodec(), new EvmCodec());

  List<TransactionCodec> all() {
    return all;
  }

  TransactionCodec of(KeyType type) {
    return all.stream()
        .filter(codec -> codec.namespace().equals(type.namespace()))
        .findFirst()
        .orElseThrow(() -> SupercargoException.bug("No codec for " + type, null));
  }

  @Override
  public Address read(ChainId chain, String text) {
    return switch (KeyType.of(chain.namespace())) {
      case ED25519 -> AddressText.parse(text, chain);
      case SECP256K1 -> EvmAddress.parse(text).on(chain);
    };
  }
}
