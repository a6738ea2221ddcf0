package org.supercargo.api.asset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.supercargo.api.SupercargoException;

/// The owner's names for the accounts an agent may know. Names ignore case.
public record AddressBook(Map<String, List<Address>> entries) {
  public static final AddressBook EMPTY = new AddressBook(Map.of());

  public AddressBook {
    var copy = new TreeMap<String, List<Address>>();
    entries.forEach((name, list) -> {
      if (copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(list)) != null) {
        throw SupercargoException.user(
            "The name " + name.toLowerCase(Locale.ROOT) + " is in the address book twice",
            "Names ignore case; give each person one name.");
      }
    });
    entries = Collections.unmodifiableMap(copy);
  }

  public List<String> names() {
    return new ArrayList<>(entries.keySet());
  }

  public boolean knows(String name) {
    return entries.containsKey(name.toLowerCase(Locale.ROOT));
  }

  public Optional<Address> find(String name, ChainId chain) {
    return entries.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
        .filter(address -> address.chain().equals(chain))
        .findFirst();
  }

  /// The name under which the owner keeps `address`, if any.
  public Optional<String> nameOf(Address address) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().contains(address))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
