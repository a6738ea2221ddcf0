package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.DecodingHints;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.payment.SignIn;

/// On Solana a key signs messages as they are, so a proof must never read as a transaction.
class SignInPayloadTest {
  private static final long SEED = 20_261_124L;
  private static final int ROUNDS = 20_000;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  /// A message has at most 1232 bytes, and needs 32 for each of as many keys as it has signers.
  private static final int LONGEST_MESSAGE = 1_232;

  private static final int KEY = 32;

  private final Random random = new Random(SEED);
  private final SolanaCodec codec = new SolanaCodec();

  @Test
  void no_proof_reads_as_a_transaction_whatever_its_fields_are() {
    for (int round = 0; round < ROUNDS; round++) {
      Address wallet = TestKey.of(1 + random.nextInt(50)).address();
      Bytes payload = codec.signInPayload(signIn(), wallet);
      List<Effect> effects = codec.decode(ChainId.SOLANA, payload, wallet, DecodingHints.NONE);
      assertThat(effects)
          .as("round %d of seed %d", round, SEED)
          .hasSize(1)
          .first()
          .isInstanceOf(Effect.Undecodable.class);
      int signers = payload.toArray()[0];
      assertThat(signers * KEY)
          .as("bytes of keys that a message with this first byte needs")
          .isGreaterThan(LONGEST_MESSAGE);
    }
  }

  private SignIn signIn() {
    // The last part of a host begins with a letter, or it would be a number.
    String host = word(1 + random.nextInt(40)) + ".x" + word(2 + random.nextInt(20));
    Instant issued = Instant.ofEpochMilli(Math.abs(random.nextLong() % 4_000_000_000_000L));
    return new SignIn(
        host,
        URI.create("https://" + host + "/" + word(random.nextInt(100))),
        word(1 + random.nextInt(200)),
        word(8 + random.nextInt(57)),
        issued,
        issued.plusMillis(1 + random.nextInt(300_000)));
  }

  private String word(int length) {
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }
}
