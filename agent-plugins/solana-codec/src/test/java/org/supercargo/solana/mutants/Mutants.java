package org.supercargo.solana.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.supercargo.api.Bytes;
import org.supercargo.solana.MalformedTransactionException;
import org.supercargo.solana.Message;

/// Messages made from honest ones by one to three changes of every kind. The same seed and number
/// always give the same mutant.
public final class Mutants {
  private static final int RANDOM_BYTES = 60;

  private final long seed;
  private final List<Material> materials;

  public Mutants(long seed, List<HonestPayment> payments) {
    this.seed = seed;
    this.materials = payments.stream().map(Material::of).toList();
  }

  /// @param changes the kinds of changes made, in their order
  public record Mutant(HonestPayment payment, Bytes message, List<String> changes) {
    public Mutant {
      changes = List.copyOf(changes);
    }
  }

  /// @param number 0 or more
  public Mutant mutant(int number) {
    var random = new Random(seed * 1_000_003 + number);
    Material material = materials.get(number % materials.size());
    var changes = new ArrayList<String>();
    Bytes message = changed(material, changes, random);
    return new Mutant(material.payment(), message, changes);
  }

  private static Bytes changed(Material material, List<String> changes, Random random) {
    if (random.nextInt(200) == 0) {
      changes.add("nothing but chance");
      return Material.bytes(random, random.nextInt(RANDOM_BYTES * 5));
    }
    // One change most of the time: many changes rarely leave anything to accept.
    int instructions = random.nextInt(5) < 2 ? 1 : 0;
    int fields = random.nextInt(5) < 2 ? 1 : 0;
    int bytes = instructions + fields == 0 || random.nextInt(12) == 0 ? 1 : 0;
    if (random.nextInt(10) == 0) {
      instructions++;
    }
    RawMessage message = new RawMessage(compiled(material, changes, instructions, random));
    for (int left = fields; left > 0; left--) {
      MessageMutation mutation = MessageMutation.any(random);
      mutation.apply(message, material, random);
      changes.add("message " + mutation);
    }
    Bytes written = message.write();
    for (int left = bytes; left > 0; left--) {
      BytesMutation mutation = BytesMutation.any(random);
      written = mutation.apply(written, random);
      changes.add("bytes " + mutation);
    }
    return written;
  }

  /// The changed instructions where they still make a message, otherwise the honest one.
  private static Message compiled(
      Material material, List<String> changes, int count, Random random) {
    HonestPayment payment = material.payment();
    var instructions = new ArrayList<>(material.honest());
    for (int left = count; left > 0; left--) {
      InstructionMutation mutation = InstructionMutation.any(random);
      mutation.apply(instructions, material, random);
      changes.add("instructions " + mutation);
    }
    try {
      return payment.compile(instructions);
    } catch (MalformedTransactionException _) {
      changes.add("too large to compile");
      return payment.compile(material.honest());
    }
  }
}
