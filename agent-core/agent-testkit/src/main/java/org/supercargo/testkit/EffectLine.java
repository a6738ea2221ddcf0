package org.supercargo.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Effect;

/// One effect as one line of tab-separated words.
final class EffectLine {
  private EffectLine() {}

  static String write(Effect effect) {
    return switch (effect) {
      case Effect.Move move -> line("move", move.asset(), move.from(), move.to(), move.baseUnits());
      case Effect.Exchange exchange ->
          line(
              "exchange",
              exchange.owner(),
              exchange.sell(),
              exchange.sold(),
              exchange.buy(),
              exchange.bought(),
              exchange.recipient(),
              exchange.venue());
      case Effect.Approval approval ->
          line(
              "approval",
              approval.asset(),
              approval.owner(),
              approval.spender(),
              approval.baseUnits());
      case Effect.Fee fee -> line("fee", fee.payer(), fee.asset(), fee.baseUnits(), fee.tip());
      case Effect.Call call -> write(call);
      case Effect.AccountCreation creation ->
          line("creation", creation.payer(), creation.account(), creation.owner(), creation.rent());
      case Effect.Authorization authorization ->
          line(
              "authorization",
              authorization.asset(),
              authorization.from(),
              authorization.to(),
              authorization.baseUnits(),
              authorization.begins().getEpochSecond(),
              authorization.ends().getEpochSecond());
      case Effect.Memo memo -> line("memo", hex(memo.text()));
      case Effect.AuthorityChange change -> line("authority", change.account(), hex(change.what()));
      case Effect.Undecodable unknown -> line("unknown", hex(unknown.what()));
    };
  }

  private static String write(Effect.Call call) {
    var words = new ArrayList<Object>();
    words.addAll(List.of(call.caller(), call.contract(), hex(call.function()), call.value()));
    call.arguments().forEach(argument -> words.add(hex(argument)));
    return line("call", words.toArray());
  }

  /// @throws IllegalArgumentException if the line is no effect
  static Effect read(ChainId chain, String line) {
    var words = new Words(chain, line.split("\t", -1));
    return switch (words.text()) {
      case "move" ->
          new Effect.Move(words.asset(), words.address(), words.address(), words.number());
      case "exchange" ->
          new Effect.Exchange(
              words.address(),
              words.asset(),
              words.number(),
              words.asset(),
              words.number(),
              words.address(),
              words.address());
      case "approval" ->
          new Effect.Approval(words.asset(), words.address(), words.address(), words.number());
      case "fee" -> new Effect.Fee(words.address(), words.asset(), words.number(), words.number());
      case "call" -> call(words);
      case "creation" ->
          new Effect.AccountCreation(
              words.address(), words.address(), words.address(), words.number());
      case "authorization" ->
          new Effect.Authorization(
              words.asset(),
              words.address(),
              words.address(),
              words.number(),
              words.instant(),
              words.instant());
      case "memo" -> new Effect.Memo(words.unhex());
      case "authority" -> new Effect.AuthorityChange(words.address(), words.unhex());
      case "unknown" -> new Effect.Undecodable(words.unhex());
      default -> throw new IllegalArgumentException("\"" + line + "\" is no effect");
    };
  }

  private static Effect.Call call(Words words) {
    Address caller = words.address();
    Address contract = words.address();
    String function = words.unhex();
    BigInteger value = words.number();
    var arguments = new ArrayList<String>();
    while (words.hasMore()) {
      arguments.add(words.unhex());
    }
    return new Effect.Call(caller, contract, function, arguments, value);
  }

  private static String line(String kind, Object... words) {
    var line = new StringBuilder(kind);
    for (Object word : words) {
      line.append('\t').append(word);
    }
    return line.toString();
  }

  private static String hex(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static final class Words {
    private final ChainId chain;
    private final String[] words;
    private int next;

    Words(ChainId chain, String[] words) {
      this.chain = chain;
      this.words = words;
    }

    boolean hasMore() {
      return next < words.length;
    }

    String text() {
      if (next >= words.length) {
        throw new IllegalArgumentException("an effect ends too early");
      }
      return words[next++];
    }

    String unhex() {
      return new String(Bytes.fromHex(text()).toArray(), StandardCharsets.UTF_8);
    }

    Address address() {
      return new Address(chain, text());
    }

    AssetId asset() {
      return AssetId.parse(text());
    }

    BigInteger number() {
      return new BigInteger(text());
    }

    Instant instant() {
      return Instant.ofEpochSecond(Long.parseLong(text()));
    }
  }
}
