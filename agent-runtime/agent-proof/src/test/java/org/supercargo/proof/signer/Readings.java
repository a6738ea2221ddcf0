package org.supercargo.proof.signer;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.owner.Parties;
import org.supercargo.proof.reading.EvmReading;
import org.supercargo.proof.reading.SolanaReading;

/// The second opinions, made once.
record Readings(Map<ChainId, SolanaReading> solana, EvmReading evm) {
  static Readings of(OwnerWord word) {
    return of(
        word,
        AddressBook.EMPTY,
        List.of("claim(address,uint256)", "claimFor(address,uint256,bytes)"));
  }

  /// @param book whose accounts are known besides everyone's
  /// @param functions that the owner's table names
  static Readings of(OwnerWord word, AddressBook book, List<String> functions) {
    Parties parties = word.parties();
    List<Address> known =
        Stream.concat(
                parties.all(ChainId.SOLANA).stream(),
                book.entries().values().stream().flatMap(List::stream))
            .filter(address -> address.chain().equals(ChainId.SOLANA))
            .distinct()
            .toList();
    return new Readings(
        Map.of(
            ChainId.SOLANA,
            new SolanaReading(
                parties.wallet(ChainId.SOLANA),
                known,
                word.decimals().keySet().stream()
                    .filter(asset -> asset.chain().equals(ChainId.SOLANA) && !asset.isNative())
                    .map(AssetId::reference)
                    .toList())),
        new EvmReading(
            parties.wallet(ChainId.BASE),
            parties.of("router", ChainId.BASE),
            new Address(ChainId.BASE, word.wrapped.reference()),
            functions));
  }
}
