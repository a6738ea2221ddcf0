package org.supercargo.evm.mutation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.evm.mutation.PlainRlp.Branch;
import org.supercargo.evm.mutation.PlainRlp.Deviation;
import org.supercargo.evm.mutation.PlainRlp.Leaf;
import org.supercargo.evm.mutation.PlainRlp.Node;

/// Changes the fields, the number of fields, the form or the type of a transaction.
record EnvelopeMutation(Random random, List<Node> fields) {
  private static final List<Long> CHAINS =
      List.of(0L, 1L, 10L, 137L, 8452L, 8454L, 84532L, 42161L, 8453L << 8, Long.MAX_VALUE);
  private static final List<Integer> TYPES = List.of(0, 1, 3, 4, 5, 0x19, 0x7b, 0x7e, 0x80, 0xc0);

  /// Null when the bytes are no list of a type 2 envelope's fields.
  static @Nullable EnvelopeMutation read(Random random, byte[] bytes) {
    return bytes.length > 1
            && bytes[0] == 2
            && PlainRlp.decode(Arrays.copyOfRange(bytes, 1, bytes.length))
                instanceof Branch(List<Node> fields)
            && fields.size() == 9
            && fields.subList(0, 8).stream().allMatch(Leaf.class::isInstance)
        ? new EnvelopeMutation(random, fields)
        : null;
  }

  byte[] content(int index) {
    return ((Leaf) fields.get(index)).content().toArray();
  }

  BigInteger number(int index) {
    return new BigInteger(1, content(index));
  }

  byte[] with(int index, Node replacement) {
    var changed = new ArrayList<>(fields);
    changed.set(index, replacement);
    return typed(2, changed);
  }

  byte[] with(int index, byte[] content) {
    return with(index, new Leaf(Bytes.of(content)));
  }

  byte[] with(int index, BigInteger number) {
    return with(index, integer(number));
  }

  static Leaf integer(BigInteger number) {
    byte[] digits = number.toByteArray();
    return new Leaf(Bytes.of(Arrays.copyOfRange(digits, digits[0] == 0 ? 1 : 0, digits.length)));
  }

  private static byte[] typed(int type, List<Node> fields) {
    var out = new ByteArrayOutputStream();
    out.write(type);
    out.writeBytes(PlainRlp.encode(new Branch(fields)));
    return out.toByteArray();
  }

  /// One field gets a value an attacker would like.
  byte[] field() {
    var hostility = new Hostility(random);
    int index = random.nextInt(9);
    return switch (index) {
      case 0 -> with(0, BigInteger.valueOf(hostility.oneOf(CHAINS)));
      case 1, 2, 3, 4, 6 -> with(index, hostility.amount(number(index)));
      case 5 ->
          with(
              5,
              switch (random.nextInt(8)) {
                case 0 -> new byte[0];
                case 1 -> Arrays.copyOf(content(5), 19 + 2 * random.nextInt(2));
                case 2 -> Arrays.copyOf(content(5), 32);
                default -> hostility.account(content(5));
              });
      case 7 -> with(7, random.nextInt(3) == 0 ? new byte[0] : hostility.noise(random.nextInt(70)));
      default -> with(8, accessList(hostility));
    };
  }

  private Node accessList(Hostility hostility) {
    Node key = new Leaf(Bytes.of(hostility.noise(31 + random.nextInt(2))));
    Node account = new Leaf(Bytes.of(hostility.account(content(5))));
    Node keys = new Branch(Collections.nCopies(random.nextInt(3), key));
    return switch (random.nextInt(4)) {
      case 0 -> new Leaf(Bytes.EMPTY);
      case 1 -> new Branch(List.of(account));
      default ->
          new Branch(
              Collections.nCopies(1 + random.nextInt(3), new Branch(List.of(account, keys))));
    };
  }

  /// The same fields in another number, order, type or wrapping.
  byte[] shape() {
    var changed = new ArrayList<>(fields);
    int index = random.nextInt(changed.size());
    switch (random.nextInt(12)) {
      case 0 -> changed.remove(index);
      case 1 -> changed.add(index, changed.get(index));
      case 2 -> Collections.swap(changed, index, random.nextInt(changed.size()));
      case 3 -> changed.add(new Leaf(Bytes.EMPTY));
      case 4 -> changed.addAll(signature());
      case 5 -> changed.set(index, new Branch(List.of(changed.get(index))));
      case 6 -> {
        return typed(2, List.of(new Branch(changed)));
      }
      case 7 -> {
        return typed(new Hostility(random).oneOf(TYPES), changed);
      }
      case 8 -> {
        return legacy();
      }
      case 9 -> {
        changed.add(delegations());
        return typed(4, changed);
      }
      case 10 -> {
        byte[] bytes = typed(2, changed);
        return ByteMutation.spliced(bytes, bytes.length, 0, bytes);
      }
      default -> {
        return message(typed(2, changed));
      }
    }
    return typed(2, changed);
  }

  private List<Node> signature() {
    var hostility = new Hostility(random);
    return List.of(
        integer(BigInteger.valueOf(random.nextInt(2))),
        new Leaf(Bytes.of(hostility.noise(32))),
        new Leaf(Bytes.of(hostility.noise(32))));
  }

  private byte[] legacy() {
    return PlainRlp.encode(
        new Branch(
            List.of(
                fields.get(1),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                fields.get(6),
                fields.get(7),
                fields.get(0),
                new Leaf(Bytes.EMPTY),
                new Leaf(Bytes.EMPTY))));
  }

  private Node delegations() {
    var delegation = new ArrayList<Node>(List.of(fields.get(0), fields.get(5), fields.get(1)));
    delegation.addAll(signature());
    return new Branch(List.of(new Branch(delegation)));
  }

  /// What else keys are asked to sign: hashes and messages around the same bytes.
  private byte[] message(byte[] bytes) {
    return switch (random.nextInt(5)) {
      case 0 -> Words.keccak(bytes);
      case 1 ->
          Words.start("19457468657265756d205369676e6564204d6573736167653a0a3332")
              .bytes(Words.keccak(bytes))
              .toArray();
      case 2 ->
          Words.start("1901").bytes(Words.keccak(bytes)).bytes(Words.keccak("other")).toArray();
      case 3 -> Words.start("1900").bytes(content(5)).bytes(bytes).toArray();
      default -> Words.start("1901").bytes(bytes).toArray();
    };
  }

  /// The same fields, one of them written as RLP forbids.
  byte[] form() {
    Node list = new Branch(fields);
    Deviation deviation = new Hostility(random).oneOf(List.of(Deviation.values()));
    var out = new ByteArrayOutputStream();
    out.write(2);
    out.writeBytes(PlainRlp.encodeWrongly(list, random.nextInt(PlainRlp.items(list)), deviation));
    return out.toByteArray();
  }
}
