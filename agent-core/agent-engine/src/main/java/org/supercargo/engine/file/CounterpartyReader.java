package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Condition;

/// Reads with whom a rule deals: payees, contracts and their functions, hosts, shops and products.
///
/// @param chains of the rule; empty for every chain
record CounterpartyReader(
    AddressBook book, AddressReader addresses, Set<ChainId> chains, Set<Intent.Kind> kinds) {
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");
  private static final int MOST_OF_A_PRODUCT = 10_000;

  List<Condition> read(Map<String, YamlPlace> fields) {
    var conditions = new ArrayList<Condition>();
    if (fields.containsKey("payees")) {
      var payees = new ArrayList<Payee>();
      fields.get("payees").items().forEach(item -> payees.addAll(payees(item)));
      conditions.add(new Condition.Pays(payees));
    }
    if (fields.containsKey("contracts")) {
      conditions.add(
          new Condition.Contracts(
              fields.get("contracts").items().stream()
                  .map(this::contract)
                  .collect(Collectors.toSet())));
    }
    conditions.addAll(new CallReader(book, addresses, chains).read(fields));
    if (fields.containsKey("hosts")) {
      conditions.add(new Condition.Hosts(texts(fields.get("hosts"), CounterpartyReader::host)));
    }
    if (fields.containsKey("shops")) {
      conditions.add(
          new Condition.Shops(
              texts(fields.get("shops"), item -> PlainName.title(item, "the name of a shop"))));
    }
    if (fields.containsKey("products")) {
      conditions.add(products(fields.get("products")));
    }
    return conditions;
  }

  private static Set<String> texts(
      YamlPlace place, java.util.function.Function<YamlPlace, String> reader) {
    var texts = new LinkedHashSet<String>();
    for (YamlPlace item : place.items()) {
      item.requireNew(texts.add(reader.apply(item)) ? null : item, item.text());
    }
    return texts;
  }

  private List<Payee> payees(YamlPlace item) {
    String name = item.text();
    if (!book.knows(name)) {
      throw item.error(
          "\"" + name + "\" is not in the address book", "Add it there, or correct the name.");
    }
    var payees = new LinkedHashSet<Payee>();
    for (Intent.Kind kind : kinds) {
      List<Payee> reached =
          book.entries().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
              .filter(address -> reaches(kind, address))
              .map(address -> new Payee(name, address, Provenance.MANDATE))
              .toList();
      if (reached.isEmpty()) {
        throw item.error(
            kind == Intent.Kind.ORDER
                ? "\"" + name + "\" has no delivery address"
                : "\"" + name + "\" has no address on the chains of this rule",
            "Add one to the address book, or remove the payee.");
      }
      payees.addAll(reached);
    }
    return List.copyOf(payees);
  }

  private boolean reaches(Intent.Kind kind, Address address) {
    boolean place = address.chain().equals(ChainId.OFF_CHAIN);
    return kind == Intent.Kind.ORDER
        ? place
        : !place && (chains.isEmpty() || chains.contains(address.chain()));
  }

  private Address contract(YamlPlace item) {
    if (chains.size() != 1) {
      throw item.error("contracts need a rule with one chain", "Write a rule for each chain.");
    }
    ChainId chain = chains.iterator().next();
    if (book.knows(item.text())) {
      return book.find(item.text(), chain)
          .orElseThrow(() ->
              item.error(
                  "\"" + item.text() + "\" has no address on " + chain.name(),
                  "Write the contract's address."));
    }
    return item.read(text -> addresses.read(chain, text));
  }

  /// Exactly as requests name it: a host never stands for those below it.
  static String host(YamlPlace item) {
    String host = item.text();
    if (HOST.matcher(host).matches() && host.length() <= 253) {
      return host;
    }
    String advice =
        host.contains("*")
            ? "Name each host; there are no wildcards."
            : host.contains("/") || host.contains(":")
                ? "Write the host alone, without scheme, port and path: api.example.com."
                : !host.equals(host.toLowerCase(Locale.ROOT))
                    ? "Write it in lower case."
                    : "Write api.example.com; a name in other letters by its xn-- form.";
    throw item.error("\"" + host + "\" is not the name of a host", advice);
  }

  private static Condition products(YamlPlace place) {
    if (!place.isMapping()) {
      throw place.error(
          "products need a number: how many of each one order may have",
          "Write \"products: { espresso-beans-1kg: 4 }\".");
    }
    var most = new LinkedHashMap<String, Integer>();
    place
        .entries()
        .forEach((product, number) ->
            most.put(
                PlainName.title(number, product.strip(), "the name of a product"),
                Measures.whole(number, number.text(), 1, MOST_OF_A_PRODUCT)));
    if (most.isEmpty()) {
      throw place.error("the list is empty", "Name at least one product.");
    }
    return new Condition.Products(most);
  }
}
