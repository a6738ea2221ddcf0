package org.supercargo.proof.signer;

import java.util.List;
import java.util.Map;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.owner.Parties;
import org.supercargo.proof.reading.EvmReading;
import org.supercargo.proof.reading.SolanaReading;

/// The second opinions, made once.
record Readings(Map<ChainId, SolanaReading> solana, EvmReading evm) {
  static Readings of(OwnerWord word) {
    Parties parties = word.parties();
    return new Readings(
        Map.of(
            ChainId.SOLANA,
            new SolanaReading(
                parties.wallet(ChainId.SOLANA),
                parties.all(ChainId.SOLANA),
                word.decimals().keySet().stream()
                    .filter(asset -> asset.chain().equals(ChainId.SOLANA) && !asset.isNative())
                    .map(AssetId::reference)
                    .toList())),
        new EvmReading(
            parties.wallet(ChainId.BASE),
            parties.of("router", ChainId.BASE),
            new org.supercargo.api.asset.Address(ChainId.BASE, word.wrapped.reference()),
            List.of("claim(address,uint256)", "claimFor(address,uint256,bytes)")));
  }
}
