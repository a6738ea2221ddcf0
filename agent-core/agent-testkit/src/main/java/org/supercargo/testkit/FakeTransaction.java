package org.supercargo.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Effect;

/// An unsigned transaction of a fake chain: the effects themselves, one per line.
///
/// @param anchor hash of the block it refers to; it lands only on a chain that has this block.
///   Empty on chains that count by nonce
public record FakeTransaction(
    ChainId chain, Address payer, Validity validity, String anchor, List<Effect> effects) {
  private static final String MARK = "fake transaction";

  /// Its payments too: the fake chain's blocks have no time.
  static final String BY_BLOCKS = "a fake transaction is good until a block or by its number";

  public FakeTransaction {
    effects = List.copyOf(effects);
  }

  public Bytes encode() {
    String valid =
        switch (validity) {
          case Validity.UntilHeight until -> "height\t" + until.height() + "\t" + anchor;
          case Validity.Nonce nonce -> "nonce\t" + nonce.number() + "\t";
          case Validity.UntilTime _ -> throw new IllegalArgumentException(BY_BLOCKS);
        };
    String head = MARK + "\t" + chain + "\t" + payer.text() + "\n" + valid + "\n";
    return text(head + lines(effects));
  }

  /// @throws IllegalArgumentException if the bytes are anything else
  public static FakeTransaction decode(Bytes unsigned) {
    try {
      return read(unsigned);
    } catch (IndexOutOfBoundsException | SupercargoException e) {
      throw new IllegalArgumentException("this is no fake transaction: " + e.getMessage(), e);
    }
  }

  private static FakeTransaction read(Bytes unsigned) {
    String text = new String(unsigned.toArray(), StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    if (lines.size() < 2) {
      throw new IllegalArgumentException("this is no fake transaction");
    }
    String[] head = lines.get(0).split("\t", -1);
    String[] valid = lines.get(1).split("\t", -1);
    if (head.length != 3 || !head[0].equals(MARK) || valid.length != 3) {
      throw new IllegalArgumentException("this is no fake transaction");
    }
    int colon = head[1].indexOf(':');
    var chain = new ChainId(head[1].substring(0, colon), head[1].substring(colon + 1));
    long number = Long.parseLong(valid[1]);
    var decoded =
        new FakeTransaction(
            chain,
            new Address(chain, head[2]),
            valid[0].equals("height")
                ? new Validity.UntilHeight(number)
                : new Validity.Nonce(number),
            valid[2],
            lines.stream().skip(2).map(line -> EffectLine.read(chain, line)).toList());
    // One text for one meaning, or two names for one transaction would be possible.
    if (!decoded.encode().equals(unsigned)) {
      throw new IllegalArgumentException("this fake transaction is not written canonically");
    }
    return decoded;
  }

  /// What the payer offers for inclusion, in base units of the native coin.
  BigInteger fee() {
    return effects.stream()
        .filter(Effect.Fee.class::isInstance)
        .map(effect -> ((Effect.Fee) effect).baseUnits())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /// The data of a contract call on a fake chain: the effects it has.
  public static Bytes callData(List<Effect> effects) {
    return text(lines(effects));
  }

  static List<Effect> callEffects(ChainId chain, Bytes data) {
    return new String(data.toArray(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> EffectLine.read(chain, line))
        .toList();
  }

  private static String lines(List<Effect> effects) {
    return effects.stream().map(EffectLine::write).collect(Collectors.joining("\n"));
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
