package org.supercargo.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.supercargo.solana.Samples.ALICE;
import static org.supercargo.solana.Samples.BLOCKHASH;
import static org.supercargo.solana.Samples.BOB;
import static org.supercargo.solana.Samples.CARGO;
import static org.supercargo.solana.Samples.CAROL;
import static org.supercargo.solana.Samples.USDC;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;

/// Changes valid messages at random and checks that decoding never throws, and that no change that
/// matters hides behind unchanged effects.
///
/// A mutant may differ from its original under equal effects only in what moves nothing:
/// - the blockhash, which says when the message can land and not what it does;
/// - accounts no instruction uses and privileges no program asked for;
/// - how compute limit and price make up the same greatest fee, and where those instructions stand;
/// - the decimals of a checked transfer, which the program compares with the mint's;
/// - whether an account creation tolerates that the account exists, and its unused rent argument;
/// - which version of the memo program a memo goes to, and the signers it names, who sign anyway.
///
/// Everything else is compared by [#whatMatters].
class MutationTest {
  private static final long SEED = 20_261_123;
  private static final int MUTANTS = 30_000;
  private static final AddressLookupTable TABLE =
      new AddressLookupTable(
          TestKey.of(9).key(),
          List.of(
              BOB.key(),
              CAROL.key(),
              USDC,
              Samples.account(BOB, USDC, TokenProgram.TOKEN),
              Samples.account(CAROL, USDC, TokenProgram.TOKEN)));

  private final SolanaCodec codec = new SolanaCodec();
  private final List<Bytes> originals = originals();

  private static List<Bytes> originals() {
    var payment =
        List.of(
            Samples.limit(30_000),
            Samples.price(12_345),
            Samples.accountOfBob(USDC, TokenProgram.TOKEN),
            Samples.usdc(2_500_000),
            new ProgramInstruction.Memo("invoice 7"));
    return List.of(
        Samples.message(Samples.lamports(1_500_000_000)).serialize(),
        Samples.message(Samples.limit(450), Samples.price(1), Samples.lamports(7)).serialize(),
        Samples.message(payment.toArray(ProgramInstruction[]::new)).serialize(),
        Samples.message(Samples.tokens(TokenProgram.TOKEN_2022, CARGO, 1_000_000_000, 9))
            .serialize(),
        new MessageCompiler(
                ALICE.key(), payment.stream().map(ProgramInstruction::instruction).toList())
            .versioned(BLOCKHASH, List.of(TABLE))
            .serialize());
  }

  @Test
  void no_change_that_matters_hides_behind_unchanged_effects() {
    var random = new Random(SEED);
    List<List<Effect>> expected = originals.stream().map(original -> decode(original, -1)).toList();
    int unchanged = 0;
    int decodable = 0;
    for (int number = 0; number < MUTANTS; number++) {
      Bytes original = originals.get(number % originals.size());
      Bytes mutant = mutate(original, random);
      if (mutant.equals(original)) {
        continue;
      }
      List<Effect> effects = decode(mutant, number);
      if (effects.stream().noneMatch(Effect.Undecodable.class::isInstance)) {
        decodable++;
      }
      if (effects.equals(expected.get(number % originals.size()))) {
        unchanged++;
        assertThat(whatMatters(mutant))
            .as("mutant %d of seed %d decodes like its original: %s", number, SEED, mutant)
            .isEqualTo(whatMatters(original));
      }
    }
    // Otherwise the test above would say nothing.
    assertThat(unchanged).as("mutants with unchanged effects").isGreaterThan(1_000);
    assertThat(decodable).as("mutants that decode completely").isGreaterThan(unchanged + 1_000);
  }

  @Test
  void bytes_that_never_were_a_message_do_not_throw_either() {
    var random = new Random(SEED);
    for (int number = 0; number < 20_000; number++) {
      var content = new byte[random.nextInt(200)];
      random.nextBytes(content);
      assertThat(decode(Bytes.of(content), number))
          .as("random bytes %d of seed %d", number, SEED)
          .anyMatch(Effect.Undecodable.class::isInstance);
    }
  }

  private List<Effect> decode(Bytes message, int number) {
    try {
      return codec.decode(
          ChainId.SOLANA, message, ALICE.address(), Set.of(BOB.address()), List.of(TABLE));
    } catch (RuntimeException thrown) {
      return fail("mutant %d of seed %d threw: %s".formatted(number, SEED, message), thrown);
    }
  }

  private static List<Object> whatMatters(Bytes bytes) {
    Message message = Message.parse(bytes);
    List<AccountMeta> accounts = message.accounts(Map.of(TABLE.address(), TABLE));
    var matters = new ArrayList<Object>();
    matters.add(message.signers());
    for (CompiledInstruction compiled : message.instructions()) {
      Program program = Program.find(message.keys().get(compiled.program())).orElseThrow();
      var keys = new ArrayList<PublicKey>();
      for (byte index : compiled.accounts().toArray()) {
        keys.add(accounts.get(index & 0xff).key());
      }
      Bytes data = compiled.data();
      switch (program) {
        case COMPUTE_BUDGET -> {}
        case SYSTEM -> matters.add(List.of(program, keys, data));
        case TOKEN, TOKEN_2022 -> matters.add(List.of(program, keys, withoutLast(data)));
        case ASSOCIATED_TOKEN -> matters.add(List.of(program, keys.subList(0, 6)));
        case MEMO, MEMO_V1 -> matters.add(List.of(Program.MEMO, data));
      }
    }
    return matters;
  }

  private static Bytes withoutLast(Bytes data) {
    return Bytes.of(java.util.Arrays.copyOf(data.toArray(), data.size() - 1));
  }

  private Bytes mutate(Bytes original, Random random) {
    byte[] content = original.toArray();
    int position = random.nextInt(content.length);
    return switch (random.nextInt(10)) {
      case 0, 1 -> with(content, position, content[position] ^ (1 << random.nextInt(8)));
      case 2 -> with(content, position, random.nextInt(256));
      case 3 -> with(content, position, content[position] + (random.nextBoolean() ? 1 : -1));
      case 4 -> splice(content, position, 0, bytes(random, 1 + random.nextInt(3)));
      case 5 -> splice(content, position, 1 + random.nextInt(3), new byte[0]);
      case 6 -> splice(content, position, 0, part(content, random));
      case 7 -> splice(content, position, 32, part(other(random), random));
      case 8 -> withKey(content, random);
      default -> swapped(content, position, random.nextInt(content.length));
    };
  }

  private byte[] other(Random random) {
    return originals.get(random.nextInt(originals.size())).toArray();
  }

  private static byte[] part(byte[] content, Random random) {
    int from = random.nextInt(content.length);
    int length = Math.min(content.length - from, 1 + random.nextInt(40));
    return java.util.Arrays.copyOfRange(content, from, from + length);
  }

  private static byte[] bytes(Random random, int count) {
    var content = new byte[count];
    random.nextBytes(content);
    return content;
  }

  private static Bytes with(byte[] content, int position, int value) {
    content[position] = (byte) value;
    return Bytes.of(content);
  }

  private static Bytes swapped(byte[] content, int one, int other) {
    byte kept = content[one];
    content[one] = content[other];
    content[other] = kept;
    return Bytes.of(content);
  }

  private static Bytes splice(byte[] content, int position, int removed, byte[] inserted) {
    int rest = Math.min(content.length, position + removed);
    var result = new byte[position + inserted.length + content.length - rest];
    System.arraycopy(content, 0, result, 0, position);
    System.arraycopy(inserted, 0, result, position, inserted.length);
    System.arraycopy(content, rest, result, position + inserted.length, content.length - rest);
    return Bytes.of(result);
  }

  /// Replaces one of the account keys by one a thief would like there.
  private static Bytes withKey(byte[] content, Random random) {
    List<PublicKey> liked =
        List.of(
            CAROL.key(),
            Samples.account(CAROL, USDC, TokenProgram.TOKEN),
            CARGO,
            Program.MEMO_V1.address(),
            TokenProgram.TOKEN_2022.address(),
            BLOCKHASH);
    int start = 4 + (content[0] < 0 ? 1 : 0);
    int keys = content[start - 1] & 0x7f;
    int target = start + 32 * random.nextInt(keys + 1);
    PublicKey key = liked.get(random.nextInt(liked.size()));
    System.arraycopy(key.bytes().toArray(), 0, content, target, 32);
    return Bytes.of(content);
  }
}
