package org.supercargo.solana;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads instructions of the Memo program: the whole data is the text.
///
/// Accounts of a memo would have to sign and vouch for the text; a payment's memo needs none.
final class MemoReader {
  private MemoReader() {}

  static Reading read(Instruction instruction) {
    instruction.requireAccounts(0);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(instruction.data().toArray()))
              .toString();
      return new Reading.Known(new ProgramInstruction.Memo(text));
    } catch (CharacterCodingException _) {
      throw new MalformedTransactionException("Memo is not UTF-8 text");
    }
  }
}
