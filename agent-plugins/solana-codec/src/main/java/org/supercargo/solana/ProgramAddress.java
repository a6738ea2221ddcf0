package org.supercargo.solana;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// An address that a program derives from seeds and that no private key controls.
///
/// Source: [Program derived addresses](https://solana.com/docs/core/pda).
///
/// @param bump the last seed, 0 to 255, the highest for which the address is off the curve
public record ProgramAddress(PublicKey address, int bump) {
  private static final byte[] MARKER = "ProgramDerivedAddress".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_SEEDS = 15;
  private static final int LONGEST_SEED = 32;

  /// @param seeds at most 15, each of at most 32 bytes
  /// @throws MalformedTransactionException if the seeds break those limits
  public static ProgramAddress find(List<Bytes> seeds, PublicKey program) {
    if (seeds.size() > MOST_SEEDS) {
      throw new MalformedTransactionException(
          "an address is derived from at most " + MOST_SEEDS + " seeds, not " + seeds.size());
    }
    MessageDigest prefix = sha256();
    for (Bytes seed : seeds) {
      if (seed.size() > LONGEST_SEED) {
        throw new MalformedTransactionException(
            "a seed has at most " + LONGEST_SEED + " bytes, not " + seed.size());
      }
      prefix.update(seed.toArray());
    }
    byte[] programBytes = program.bytes().toArray();
    for (int bump = 255; bump >= 0; bump--) {
      MessageDigest digest = copy(prefix);
      digest.update((byte) bump);
      digest.update(programBytes);
      digest.update(MARKER);
      var candidate = new PublicKey(Bytes.of(digest.digest()));
      if (!candidate.isOnCurve()) {
        return new ProgramAddress(candidate, bump);
      }
    }
    throw new MalformedTransactionException("no bump takes these seeds off the curve");
  }

  /// The account that holds `owner`'s tokens of `mint` by default.
  ///
  /// Source: [Associated Token
  /// Account](https://www.solana-program.com/docs/associated-token-account).
  ///
  /// @param tokenProgram the program that owns the mint; the address depends on it
  public static PublicKey associatedToken(
      PublicKey owner, PublicKey mint, TokenProgram tokenProgram) {
    return find(
            List.of(owner.bytes(), tokenProgram.address().bytes(), mint.bytes()),
            Program.ASSOCIATED_TOKEN.address())
        .address();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw SupercargoException.bug("This Java has no SHA-256", absent);
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException unsupported) {
      throw SupercargoException.bug("This Java's SHA-256 cannot be copied", unsupported);
    }
  }
}
