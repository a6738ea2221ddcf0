package org.supercargo.plugin.solana;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.solana.ProgramAddress;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// A Token-2022 mint with one extension, and accounts of it, written straight into the local chain.
///
/// Source: `Mint`, `Account` and `ExtensionType` in
/// [spl-token-2022-interface](https://docs.rs/spl-token-2022-interface).
///
/// @param extension number of the mint's extension
/// @param accountExtension number of the extension every account of the mint has, 0 for none
record ExtendedMint(PublicKey address, int extension, Bytes content, int accountExtension) {
  private static final int BASE = 165;
  private static final int DECIMALS = 6;

  static ExtendedMint create(int extension, Bytes content, int accountExtension) {
    return new ExtendedMint(TestWallet.create().key(), extension, content, accountExtension);
  }

  Asset asset() {
    return new Asset(AssetId.token(address.address(ChainId.SOLANA)), "ODD", DECIMALS);
  }

  PublicKey accountOf(TestWallet owner) {
    return ProgramAddress.associatedToken(owner.key(), address, TokenProgram.TOKEN_2022);
  }

  void placeOn(LocalChain chain) {
    var mint = new byte[BASE];
    mint[36] = 100; // supply
    mint[44] = DECIMALS;
    mint[45] = 1;
    chain.place(address, TokenProgram.TOKEN_2022, extended(mint, 1, extension, content));
  }

  void placeAccount(LocalChain chain, TestWallet owner, int amount) {
    var account = new byte[BASE];
    System.arraycopy(address.bytes().toArray(), 0, account, 0, 32);
    System.arraycopy(owner.key().bytes().toArray(), 0, account, 32, 32);
    account[64] = (byte) amount;
    account[108] = 1;
    int size =
        switch (accountExtension) {
          case 2 -> 8;
          case 15 -> 1;
          default -> 0;
        };
    chain.place(
        accountOf(owner),
        TokenProgram.TOKEN_2022,
        extended(account, 2, accountExtension, Bytes.of(new byte[size])));
  }

  private static Bytes extended(byte[] base, int type, int extension, Bytes content) {
    var output = new ByteArrayOutputStream();
    output.writeBytes(base);
    output.write(type);
    if (extension != 0) {
      output.writeBytes(new byte[] {(byte) extension, 0, (byte) content.size(), 0});
      output.writeBytes(content.toArray());
    }
    return Bytes.of(output.toByteArray());
  }

  BigInteger balance(LocalChain chain, TestWallet owner) {
    return chain.balance(owner, asset());
  }
}
