package org.supercargo.cli;

import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.engine.file.AddressReader;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.solana.AddressText;
import org.supercargo.solana.SolanaCodec;

/// Reads addresses of every chain family this command knows.
enum Codecs implements AddressReader {
  ALL;

  @Override
  public Address read(ChainId chain, String text) {
    return switch (chain.namespace()) {
      case "solana" -> AddressText.parse(text, chain);
      case "eip155" -> EvmAddress.parse(text).on(chain);
      default ->
          throw SupercargoException.user(
              chain + " is not a chain known here", "Use solana or base.");
    };
  }

  /// The account a public key controls.
  Address address(ChainId chain, Bytes publicKey) {
    TransactionCodec codec =
        chain.namespace().equals("solana") ? new SolanaCodec() : new EvmCodec();
    return codec.address(chain, publicKey);
  }
}
