package org.supercargo.plugin.solana;

import java.math.BigInteger;
import org.p2p.solanaj.core.TransactionInstruction;
import org.p2p.solanaj.programs.SystemProgram;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.solana.AccountMeta;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.PublicKey;

/// A transfer of SOL, built by solanaj.
///
/// solanaj builds this instruction right. Its token instructions know only the older token program,
/// its compute prices are 32 bits wide and its transactions order signatures wrongly, so those are
/// built by the codec.
final class NativeTransfer {
  private NativeTransfer() {}

  static Instruction of(PublicKey from, PublicKey to, BigInteger lamports) {
    if (lamports.bitLength() > 63) {
      throw SupercargoException.user(
          lamports + " lamports are more than all SOL there is", "Name a smaller amount.");
    }
    TransactionInstruction built =
        SystemProgram.transfer(vendor(from), vendor(to), lamports.longValueExact());
    return new Instruction(
        key(built.getProgramId()),
        built.getKeys().stream()
            .map(meta ->
                new AccountMeta(key(meta.getPublicKey()), meta.isSigner(), meta.isWritable()))
            .toList(),
        Bytes.of(built.getData()));
  }

  private static org.p2p.solanaj.core.PublicKey vendor(PublicKey key) {
    return new org.p2p.solanaj.core.PublicKey(key.bytes().toArray());
  }

  private static PublicKey key(org.p2p.solanaj.core.PublicKey key) {
    return new PublicKey(Bytes.of(key.toByteArray()));
  }
}
