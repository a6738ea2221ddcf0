package org.supercargo.solana;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.supercargo.api.Bytes;

/// Instructions that can be built here, as values. Each is read back from bytes as the same value.
public sealed interface ProgramInstruction {
  /// The call with its accounts and data.
  ///
  /// @throws MalformedTransactionException if a number does not fit its field
  Instruction instruction();

  /// Moves lamports between accounts of the System program.
  ///
  /// Source: [System program](https://docs.anza.xyz/runtime/programs#system-program).
  ///
  /// @param lamports unsigned 64 bits
  record SystemTransfer(PublicKey from, PublicKey to, BigInteger lamports)
      implements ProgramInstruction {
    static final long TAG = 2;

    @Override
    public Instruction instruction() {
      return new Instruction(
          Program.SYSTEM.address(),
          List.of(AccountMeta.writableSigner(from), AccountMeta.writable(to)),
          new ByteWriter().u32(TAG).u64(lamports).written());
    }
  }

  /// Uses up a durable nonce. Has to be the first instruction of its transaction.
  ///
  /// Source: [Durable nonces](https://docs.anza.xyz/implemented-proposals/durable-tx-nonces).
  record AdvanceNonce(PublicKey nonceAccount, PublicKey authority) implements ProgramInstruction {
    static final long TAG = 4;
    private static final PublicKey RECENT_BLOCKHASHES =
        PublicKey.parse("SysvarRecentB1ockHashes11111111111111111111");

    @Override
    public Instruction instruction() {
      return new Instruction(
          Program.SYSTEM.address(),
          List.of(
              AccountMeta.writable(nonceAccount),
              AccountMeta.readonly(RECENT_BLOCKHASHES),
              AccountMeta.readonlySigner(authority)),
          new ByteWriter().u32(TAG).written());
    }
  }

  /// Bounds the compute units of the transaction.
  ///
  /// Source: [Compute budget](https://solana.com/docs/core/fees#compute-budget).
  ///
  /// @param units unsigned 32 bits; nodes cut it to 1,400,000
  record UnitLimit(long units) implements ProgramInstruction {
    static final int TAG = 2;

    @Override
    public Instruction instruction() {
      return new Instruction(
          Program.COMPUTE_BUDGET.address(),
          List.of(),
          new ByteWriter().u8(TAG).u32(units).written());
    }
  }

  /// Offers a priority fee.
  ///
  /// Source: [Prioritization fees](https://solana.com/docs/core/fees#prioritization-fee).
  ///
  /// @param microLamports millionths of a lamport per compute unit, unsigned 64 bits
  record UnitPrice(BigInteger microLamports) implements ProgramInstruction {
    static final int TAG = 3;

    @Override
    public Instruction instruction() {
      return new Instruction(
          Program.COMPUTE_BUDGET.address(),
          List.of(),
          new ByteWriter().u8(TAG).u64(microLamports).written());
    }
  }

  /// Moves tokens between two token accounts and names their mint, so that no other token can be
  /// meant.
  ///
  /// Source: [Token program](https://www.solana-program.com/docs/token) and
  /// [Token-2022](https://www.solana-program.com/docs/token-2022).
  ///
  /// @param amount base units, unsigned 64 bits
  /// @param decimals of the mint; the program refuses any other number
  record TransferChecked(
      TokenProgram program,
      PublicKey source,
      PublicKey mint,
      PublicKey destination,
      PublicKey authority,
      BigInteger amount,
      int decimals)
      implements ProgramInstruction {
    static final int TAG = 12;

    @Override
    public Instruction instruction() {
      return new Instruction(
          program.address(),
          List.of(
              AccountMeta.writable(source),
              AccountMeta.readonly(mint),
              AccountMeta.writable(destination),
              AccountMeta.readonlySigner(authority)),
          new ByteWriter().u8(TAG).u64(amount).u8(decimals).written());
    }
  }

  /// Lets `delegate` take up to `amount` from one token account, until it is revoked or replaced.
  ///
  /// Source: [Token program](https://www.solana-program.com/docs/token).
  ///
  /// @param amount base units, unsigned 64 bits
  /// @param decimals of the mint; the program refuses any other number
  record ApproveChecked(
      TokenProgram program,
      PublicKey source,
      PublicKey mint,
      PublicKey delegate,
      PublicKey owner,
      BigInteger amount,
      int decimals)
      implements ProgramInstruction {
    static final int TAG = 13;

    @Override
    public Instruction instruction() {
      return new Instruction(
          program.address(),
          List.of(
              AccountMeta.writable(source),
              AccountMeta.readonly(mint),
              AccountMeta.readonly(delegate),
              AccountMeta.readonlySigner(owner)),
          new ByteWriter().u8(TAG).u64(amount).u8(decimals).written());
    }
  }

  /// Creates the associated token account of `owner` at the payer's expense.
  ///
  /// Source: [Associated Token
  /// Account](https://www.solana-program.com/docs/associated-token-account).
  ///
  /// @param idempotent whether it succeeds when the account exists already
  record CreateAssociatedToken(
      PublicKey payer,
      PublicKey owner,
      PublicKey mint,
      TokenProgram tokenProgram,
      boolean idempotent)
      implements ProgramInstruction {
    static final int CREATE = 0;
    static final int CREATE_IDEMPOTENT = 1;

    public PublicKey account() {
      return ProgramAddress.associatedToken(owner, mint, tokenProgram);
    }

    /// Lamports that make the account exempt from rent at the chain's default rate of two years,
    /// for a mint whose accounts need no room beyond what every one has.
    ///
    /// Source: [Rent](https://docs.rs/solana-rent/latest/solana_rent/).
    public BigInteger rent() {
      int size = tokenProgram == TokenProgram.TOKEN ? 165 : 170;
      return BigInteger.valueOf((128L + size) * 3_480 * 2);
    }

    @Override
    public Instruction instruction() {
      return new Instruction(
          Program.ASSOCIATED_TOKEN.address(),
          List.of(
              AccountMeta.writableSigner(payer),
              AccountMeta.writable(account()),
              AccountMeta.readonly(owner),
              AccountMeta.readonly(mint),
              AccountMeta.readonly(Program.SYSTEM.address()),
              AccountMeta.readonly(tokenProgram.address())),
          new ByteWriter().u8(idempotent ? CREATE_IDEMPOTENT : CREATE).written());
    }
  }

  /// Writes public text into the transaction.
  ///
  /// Source: [Memo program](https://www.solana-program.com/docs/memo).
  ///
  /// @param text not empty
  record Memo(String text) implements ProgramInstruction {
    public Memo {
      if (text.isEmpty()) {
        throw new MalformedTransactionException("a memo without text says nothing");
      }
    }

    @Override
    public Instruction instruction() {
      return new Instruction(
          Program.MEMO.address(), List.of(), Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
