package org.supercargo.engine.file;

import java.util.Map;
import java.util.Set;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.plan.Expectation;

/// Reads what has to hold when a goal is reached.
record ExpectationReader(MoneyWords money, AddressBook book) {
  private static final String NOTHING_ELSE = "nothing-else";

  Expectation read(YamlPlace item) {
    if (item.isText()) {
      if (!item.text().equals(NOTHING_ELSE)) {
        throw item.error(
            "\"" + item.text() + "\" cannot be expected",
            "Write nothing-else, or a key with a value, such as \"answers: paid\".");
      }
      return new Expectation.NothingElse();
    }
    Map<String, YamlPlace> fields = item.fields(Set.of("pays", "swaps", "answers"));
    if (fields.size() != 1) {
      throw item.error(
          "an item needs exactly one of pays, swaps, answers", "Write an item for each.");
    }
    Map.Entry<String, YamlPlace> only = fields.entrySet().iterator().next();
    YamlPlace what = only.getValue();
    return switch (only.getKey()) {
      case "pays" -> paid(what);
      case "swaps" -> swapped(what);
      default -> new Expectation.Answered(what.text());
    };
  }

  private Expectation paid(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(Set.of("payee", "amount", "chain"));
    ChainId chain = MoneyWords.chain(place.required(fields, "chain"));
    return new Expectation.Paid(
        payee(place.required(fields, "payee"), chain),
        money.positive(place.required(fields, "amount"), chain));
  }

  private Address payee(YamlPlace place, ChainId chain) {
    String name = place.text();
    if (!book.knows(name)) {
      throw place.error(
          "\"" + name + "\" is not in the address book", "Add it there, or correct the name.");
    }
    return book.find(name, chain)
        .orElseThrow(() ->
            place.error(
                "\"" + name + "\" has no address on " + chain.name(),
                "Add one to the address book, or name another chain."));
  }

  private Expectation swapped(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(Set.of("sell", "for", "chain"));
    ChainId chain = MoneyWords.chain(place.required(fields, "chain"));
    Amount sold = money.positive(place.required(fields, "sell"), chain);
    YamlPlace buys = place.required(fields, "for");
    Asset bought = money.named(buys, chain);
    if (bought.id().equals(sold.asset().id())) {
      throw buys.error(
          bought.symbol() + " is swapped for itself", "Name two assets that are not the same.");
    }
    return new Expectation.Swapped(sold, bought.id());
  }
}
