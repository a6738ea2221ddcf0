package org.supercargo.solana.mutants;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.supercargo.api.Bytes;
import org.supercargo.solana.AccountMeta;
import org.supercargo.solana.Instruction;
import org.supercargo.solana.Program;
import org.supercargo.solana.ProgramInstruction;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.TokenProgram;

/// Changes what a builder compiles, so that the bytes are a message any node would accept.
enum InstructionMutation {
  APPEND {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      instructions.add(material.hostile(random).instruction());
    }
  },
  PREPEND {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      instructions.addFirst(material.hostile(random).instruction());
    }
  },
  INSERT {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      instructions.add(
          random.nextInt(instructions.size() + 1), material.hostile(random).instruction());
    }
  },
  REPLACE {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      if (!instructions.isEmpty()) {
        instructions.set(indexIn(instructions, random), material.hostile(random).instruction());
      }
    }
  },
  REMOVE {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      if (!instructions.isEmpty()) {
        instructions.remove(indexIn(instructions, random));
      }
    }
  },
  DUPLICATE {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      if (!instructions.isEmpty()) {
        instructions.add(
            indexIn(instructions, random), instructions.get(indexIn(instructions, random)));
      }
    }
  },
  REORDER {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      Collections.shuffle(instructions, random);
    }
  },
  /// Every use of one key becomes a use of another, as when the whole is built for someone else.
  SUBSTITUTE_KEY {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      if (instructions.isEmpty()) {
        return;
      }
      Instruction one = instructions.get(indexIn(instructions, random));
      if (one.accounts().isEmpty()) {
        return;
      }
      PublicKey old = one.accounts().get(random.nextInt(one.accounts().size())).key();
      PublicKey other =
          random.nextInt(3) == 0 ? Material.lookAlike(old, random) : material.key(random);
      instructions.replaceAll(each -> substituted(each, old, other));
    }
  },
  /// All of it for the other token program, accounts derived anew.
  OTHER_TOKEN_PROGRAM {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      HonestPayment payment = material.payment();
      if (payment.tokenProgram() != null) {
        instructions.clear();
        instructions.addAll(
            payment.instructions(
                payment.tokenProgram() == TokenProgram.TOKEN
                    ? TokenProgram.TOKEN_2022
                    : TokenProgram.TOKEN));
      }
    }
  },
  OTHER_PROGRAM {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      change(
          instructions,
          random,
          old -> new Instruction(material.key(random), old.accounts(), old.data()));
    }
  },
  ROLE {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      change(instructions, random, old -> withOtherRole(old, random));
    }
  },
  PERMUTE_ACCOUNTS {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      change(
          instructions,
          random,
          old -> {
            var accounts = new ArrayList<>(old.accounts());
            Collections.shuffle(accounts, random);
            return new Instruction(old.program(), accounts, old.data());
          });
    }
  },
  ADD_ACCOUNT {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      change(
          instructions,
          random,
          old -> {
            var accounts = new ArrayList<>(old.accounts());
            accounts.add(
                random.nextInt(accounts.size() + 1),
                new AccountMeta(
                    material.key(random), random.nextInt(4) == 0, random.nextBoolean()));
            return new Instruction(old.program(), accounts, old.data());
          });
    }
  },
  /// A number of the data, at any place where one could be.
  NUMBER {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      change(instructions, random, old -> withOtherNumber(old, random));
    }
  },
  DATA {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      change(
          instructions,
          random,
          old ->
              new Instruction(
                  old.program(),
                  old.accounts(),
                  BytesMutation.any(random).apply(old.data(), random)));
    }
  },
  COMPUTE_BUDGET {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      boolean limit = random.nextBoolean();
      BigInteger number =
          random.nextBoolean() ? Material.boundary(random) : new BigInteger(24, random);
      instructions.removeIf(each ->
          each.program().equals(Program.COMPUTE_BUDGET.address())
              && each.data().hex().startsWith(limit ? "02" : "03")
              && random.nextInt(8) != 0);
      instructions.add(
          random.nextInt(instructions.size() + 1),
          (limit
                  ? new ProgramInstruction.UnitLimit(number.longValue() & 0xffff_ffffL)
                  : new ProgramInstruction.UnitPrice(number))
              .instruction());
    }
  },
  MEMO {
    @Override
    void apply(List<Instruction> instructions, Material material, Random random) {
      String old = material.payment().intent().memo();
      List<String> others =
          List.of("", " ", old + " ", old + "\0", old.toUpperCase(Locale.ROOT), "x");
      String text = others.get(random.nextInt(others.size()));
      if (random.nextBoolean()) {
        instructions.removeIf(each -> each.program().equals(Program.MEMO.address()));
      }
      instructions.add(
          random.nextInt(instructions.size() + 1),
          new Instruction(
              Program.MEMO.address(), List.of(), Bytes.of(text.getBytes(StandardCharsets.UTF_8))));
    }
  };

  abstract void apply(List<Instruction> instructions, Material material, Random random);

  static InstructionMutation any(Random random) {
    return values()[random.nextInt(values().length)];
  }

  static int indexIn(List<Instruction> instructions, Random random) {
    return random.nextInt(instructions.size());
  }

  static void change(
      List<Instruction> instructions, Random random, UnaryOperator<Instruction> change) {
    if (!instructions.isEmpty()) {
      int index = indexIn(instructions, random);
      instructions.set(index, change.apply(instructions.get(index)));
    }
  }

  static Instruction substituted(Instruction old, PublicKey key, PublicKey other) {
    return new Instruction(
        old.program(),
        old.accounts().stream()
            .map(meta ->
                meta.key().equals(key)
                    ? new AccountMeta(other, meta.signer(), meta.writable())
                    : meta)
            .toList(),
        old.data());
  }

  static Instruction withOtherRole(Instruction old, Random random) {
    if (old.accounts().isEmpty()) {
      return old;
    }
    var accounts = new ArrayList<>(old.accounts());
    int index = random.nextInt(accounts.size());
    AccountMeta meta = accounts.get(index);
    boolean signer = random.nextBoolean();
    accounts.set(
        index, new AccountMeta(meta.key(), meta.signer() ^ signer, meta.writable() ^ !signer));
    return new Instruction(old.program(), accounts, old.data());
  }

  static Instruction withOtherNumber(Instruction old, Random random) {
    byte[] data = old.data().toArray();
    if (data.length < 9) {
      return old;
    }
    int start = data.length == 12 ? 4 : 1;
    byte[] reversed = Arrays.copyOfRange(data, start, start + 8);
    for (int index = 0; index < 4; index++) {
      byte kept = reversed[index];
      reversed[index] = reversed[7 - index];
      reversed[7 - index] = kept;
    }
    BigInteger number = Material.amount(new BigInteger(1, reversed), random);
    System.arraycopy(Material.littleEndian(number, 8).toArray(), 0, data, start, 8);
    return new Instruction(old.program(), old.accounts(), Bytes.of(data));
  }
}
