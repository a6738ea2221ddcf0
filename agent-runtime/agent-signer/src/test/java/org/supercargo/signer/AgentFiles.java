package org.supercargo.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.Ed25519Key;
import org.supercargo.engine.file.Seal;

/// An agent file as an owner writes it, for the real chains.
public final class AgentFiles {
  public static final String ALICE_ON_SOLANA = "3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv";
  public static final String ALICE_ON_BASE = "0x69Fa2b250E8dAE1dB70b5941D40126871e7778B0";

  private static final String TREASURER =
      """
      agent: treasurer
      purpose: Pays suppliers.
      plugins: [wallet]
      wallets: { solana: main, base: main }
      address-book:
        alice: { solana: ALICE_ON_SOLANA, base: "ALICE_ON_BASE" }
      mandate:
        expires: 2099-12-31
        fees:
          solana: { per-transaction: 0.01 SOL, rolling: 100 SOL per 24h }
          base: { per-transaction: 0.0005 ETH, rolling: 10 ETH per 24h }
        rules:
          - name: pay alice
            allow: transfer
            chains: [solana, base]
            assets: [SOL, ETH, USDC]
            payees: [alice]
            per-transaction: [0.5 SOL, 0.1 ETH, 25 USDC]
            rolling: [1 SOL per 24h, 0.2 ETH per 24h, 60 USDC per 24h]
      """;

  private AgentFiles() {}

  public static Path write(Path directory) throws IOException {
    return Files.writeString(directory.resolve("treasurer.yaml"), text());
  }

  /// The same for the owner's seal.
  ///
  /// @param limit of USDC for each payment, which sets versions apart
  static Path sealed(Path directory, Person owner, long version, int limit) throws IOException {
    Path path = directory.resolve("treasurer.yaml");
    String key = "owner: \"ed25519:" + owner.publicKey().hex() + "\"\n";
    Files.writeString(path, key + text().replace("25 USDC", limit + " USDC"));
    Seal seal =
        Seal.make(
            AgentFile.readUnsealed(path, new Codecs()),
            new Ed25519Key(owner.publicKey()),
            version,
            owner::sign);
    Files.writeString(directory.resolve("treasurer.yaml.seal"), seal.json());
    return path;
  }

  private static String text() {
    return TREASURER
        .replace("ALICE_ON_SOLANA", ALICE_ON_SOLANA)
        .replace("ALICE_ON_BASE", ALICE_ON_BASE);
  }
}
