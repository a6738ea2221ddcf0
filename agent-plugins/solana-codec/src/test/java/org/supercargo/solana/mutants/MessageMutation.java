package org.supercargo.solana.mutants;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.supercargo.solana.PublicKey;
import org.supercargo.solana.mutants.RawMessage.Call;
import org.supercargo.solana.mutants.RawMessage.Lookup;

/// Changes one field of a message, whether or not what is left fits together.
enum MessageMutation {
  HEADER {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      int change = random.nextInt(6) == 0 ? random.nextInt(256) : 1 + random.nextInt(2);
      int sign = random.nextBoolean() ? 1 : -1;
      switch (random.nextInt(3)) {
        case 0 -> message.signers = Math.max(0, message.signers + sign * change);
        case 1 -> message.readonlySigned = Math.max(0, message.readonlySigned + sign * change);
        default -> message.readonlyUnsigned = Math.max(0, message.readonlyUnsigned + sign * change);
      }
    }
  },
  REPLACE_KEY {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      message.keys.set(indexIn(message.keys, random), material.key(random));
    }
  },
  LOOK_ALIKE_KEY {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      int index = indexIn(message.keys, random);
      message.keys.set(index, Material.lookAlike(message.keys.get(index), random));
    }
  },
  SWAP_KEYS {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      Collections.swap(message.keys, indexIn(message.keys, random), indexIn(message.keys, random));
    }
  },
  /// The same accounts in another order, every index following; roles may change.
  REORDER_KEYS {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      int one = indexIn(message.keys, random);
      int other = indexIn(message.keys, random);
      Collections.swap(message.keys, one, other);
      message.swapIndexes(one, other);
    }
  },
  /// A key more, listed before or new, counted in one of the groups.
  ADD_KEY {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      PublicKey key =
          random.nextInt(3) == 0
              ? message.keys.get(indexIn(message.keys, random))
              : material.key(random);
      switch (random.nextInt(4)) {
        case 0 -> {
          insert(message, message.signers, key);
          message.signers++;
        }
        case 1 -> {
          insert(message, message.signers, key);
          message.signers++;
          message.readonlySigned++;
        }
        case 2 -> insert(message, Math.min(message.signers, message.keys.size()), key);
        default -> {
          message.keys.add(key);
          message.readonlyUnsigned++;
        }
      }
    }
  },
  REMOVE_KEY {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      if (message.keys.size() > 1) {
        int index = indexIn(message.keys, random);
        message.keys.remove(index);
        message.shiftIndexes(index, -1);
      }
    }
  },
  PROGRAM {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      change(message, random, call -> call.withProgram(indexIn(message.keys, random)));
    }
  },
  ACCOUNT {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      change(
          message,
          random,
          call -> {
            if (call.accounts().isEmpty()) {
              return call;
            }
            var accounts = new ArrayList<>(call.accounts());
            accounts.set(random.nextInt(accounts.size()), indexIn(message.keys, random));
            return call.withAccounts(accounts);
          });
    }
  },
  PERMUTE_ACCOUNTS {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      change(
          message,
          random,
          call -> {
            var accounts = new ArrayList<>(call.accounts());
            Collections.shuffle(accounts, random);
            return call.withAccounts(accounts);
          });
    }
  },
  ADD_OR_REMOVE_ACCOUNT {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      change(
          message,
          random,
          call -> {
            var accounts = new ArrayList<>(call.accounts());
            if (random.nextBoolean() && !accounts.isEmpty()) {
              accounts.remove(/* index */ random.nextInt(accounts.size()));
            } else {
              accounts.add(random.nextInt(accounts.size() + 1), indexIn(message.keys, random));
            }
            return call.withAccounts(accounts);
          });
    }
  },
  DATA {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      change(
          message,
          random,
          call -> call.withData(BytesMutation.any(random).apply(call.data(), random)));
    }
  },
  REPEAT_CALL {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      if (!message.calls.isEmpty()) {
        message.calls.add(
            indexIn(message.calls, random), message.calls.get(indexIn(message.calls, random)));
      }
    }
  },
  REMOVE_CALL {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      if (!message.calls.isEmpty()) {
        message.calls.remove(indexIn(message.calls, random));
      }
    }
  },
  SWAP_CALLS {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      if (!message.calls.isEmpty()) {
        Collections.swap(
            message.calls, indexIn(message.calls, random), indexIn(message.calls, random));
      }
    }
  },
  BLOCKHASH {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      message.blockhash = material.key(random);
    }
  },
  LOOKUP {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      if (message.prefix == RawMessage.NO_PREFIX) {
        message.prefix = 0x80;
      }
      List<Integer> some = List.of(random.nextInt(4), random.nextInt(256));
      message.lookups.add(
          new Lookup(
              material.payment().tables().isEmpty()
                  ? material.key(random)
                  : material.payment().tables().getFirst().address(),
              some.subList(0, random.nextInt(3)),
              some.subList(0, random.nextInt(3))));
    }
  },
  /// A key goes into a table, the index of everything behind it following.
  KEY_TO_LOOKUP {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      if (message.keys.size() < 3) {
        return;
      }
      int index = message.keys.size() - 1 - random.nextInt(message.keys.size() - 2);
      message.prefix = 0x80;
      message.keys.remove(index);
      message.shiftIndexes(index + 1, -1);
      message.lookups.add(new Lookup(material.key(random), List.of(random.nextInt(4)), List.of()));
    }
  },
  PREFIX {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      message.prefix =
          switch (random.nextInt(4)) {
            case 0 -> RawMessage.NO_PREFIX;
            case 1 -> 0x80;
            case 2 -> 0x81;
            default -> 0x80 | random.nextInt(128);
          };
    }
  },
  LONG_LENGTH {
    @Override
    void apply(RawMessage message, Material material, Random random) {
      message.longLength = random.nextInt(2 + 2 * Math.max(1, message.calls.size()));
    }
  };

  abstract void apply(RawMessage message, Material material, Random random);

  static MessageMutation any(Random random) {
    return values()[random.nextInt(values().length)];
  }

  static int indexIn(List<?> list, Random random) {
    return random.nextInt(list.size());
  }

  static void insert(RawMessage message, int index, PublicKey key) {
    message.shiftIndexes(index, 1);
    message.keys.add(index, key);
  }

  static void change(RawMessage message, Random random, UnaryOperator<Call> change) {
    if (!message.calls.isEmpty()) {
      int index = indexIn(message.calls, random);
      message.calls.set(index, change.apply(message.calls.get(index)));
    }
  }
}
