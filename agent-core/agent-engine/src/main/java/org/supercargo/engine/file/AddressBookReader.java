package org.supercargo.engine.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.ChainId;

/// Reads the `address-book` part of an agent file: accounts on chains, and places goods go to.
record AddressBookReader(AddressReader addresses) {
  /// The key of a postal address among a name's accounts.
  static final String DELIVERY = "delivery";

  private static final int LONGEST_DELIVERY = 300;

  AddressBook read(YamlPlace place) {
    var entries = new LinkedHashMap<String, List<Address>>();
    place
        .entries()
        .forEach((name, value) -> {
          PlainName.word(value, name, "a name for the address book");
          value.requireNew(entries.put(name.toLowerCase(Locale.ROOT), addresses(value)), name);
        });
    return new AddressBook(entries);
  }

  private List<Address> addresses(YamlPlace place) {
    var known = new LinkedHashMap<ChainId, Address>();
    place
        .entries()
        .forEach((chain, text) -> {
          if (chain.equals(DELIVERY)) {
            known.put(ChainId.OFF_CHAIN, delivery(text));
          } else {
            ChainId id = MoneyWords.chain(text, chain);
            text.requireNew(known.put(id, text.read(value -> addresses.read(id, value))), chain);
          }
        });
    if (known.isEmpty()) {
      throw place.error("the entry has no address", "Add one, or remove the name.");
    }
    return List.copyOf(known.values());
  }

  private static Address delivery(YamlPlace place) {
    String text = place.text().replaceAll("\\s+", " ");
    if (text.length() > LONGEST_DELIVERY) {
      throw place.error(
          "the delivery address has " + text.length() + " characters",
          "Use at most " + LONGEST_DELIVERY + ".");
    }
    return new Address(ChainId.OFF_CHAIN, text);
  }
}
