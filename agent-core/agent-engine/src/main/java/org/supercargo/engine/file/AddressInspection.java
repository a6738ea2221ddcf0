package org.supercargo.engine.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Rule;

/// Looks for names and addresses that are easily mistaken for others.
record AddressInspection(AgentSpec spec) {
  /// People compare the first and last characters; whoever poisons a history makes them equal.
  private static final int COMPARED = 4;

  private record Entry(String name, Address address) {
    String path() {
      return "address-book." + name;
    }
  }

  void inspect(MandateInspection.Report report) {
    List<Entry> entries = entries();
    for (int right = 0; right < entries.size(); right++) {
      Entry entry = entries.get(right);
      inspectOwner(entry, report);
      for (int left = 0; left < right; left++) {
        compare(entries.get(left), entry, report);
      }
    }
    inspectContracts(entries, report);
    List<String> names = spec.addressBook().names();
    for (int right = 0; right < names.size(); right++) {
      for (int left = 0; left < right; left++) {
        if (skeleton(names.get(left)).equals(skeleton(names.get(right)))) {
          report.warn(
              "address-book." + names.get(right),
              "the names " + names.get(left) + " and " + names.get(right) + " look alike",
              "Give one of them another name.");
        }
      }
    }
  }

  private List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (Map.Entry<String, List<Address>> entry : spec.addressBook().entries().entrySet()) {
      for (Address address : entry.getValue()) {
        if (!address.chain().equals(ChainId.OFF_CHAIN)) {
          entries.add(new Entry(entry.getKey(), address));
        }
      }
    }
    return entries;
  }

  private void inspectContracts(List<Entry> entries, MandateInspection.Report report) {
    Set<Address> contracts =
        conditions(Condition.Contracts.class)
            .flatMap(condition -> condition.addresses().stream())
            .collect(Collectors.toSet());
    Set<AssetId> tokens = spec.assets().stream().map(Asset::id).collect(Collectors.toSet());
    Set<Address> payees =
        conditions(Condition.Pays.class)
            .flatMap(pays -> pays.payees().stream())
            .map(Payee::address)
            .collect(Collectors.toSet());
    for (Entry entry : entries) {
      boolean contract =
          contracts.contains(entry.address) || tokens.contains(AssetId.token(entry.address));
      if (contract && payees.contains(entry.address)) {
        report.warn(
            entry.path(),
            "the payee " + entry.name + " is also a contract, which may keep what it is sent",
            "Give the payee's own account.");
      }
    }
  }

  private <T> Stream<T> conditions(Class<T> type) {
    return spec.mandate().rules().stream()
        .filter(rule -> rule.decision() != Rule.Decision.DENY)
        .flatMap(rule -> rule.conditions().stream())
        .filter(type::isInstance)
        .map(type::cast);
  }

  private static void inspectOwner(Entry entry, MandateInspection.Report report) {
    if (entry.address.text().matches("0x0{39}[0-9a-fA-F]|0x0{36}[dD][eE][aA][dD]|1{32}")) {
      report.warn(
          entry.path(),
          "nobody has the key of " + entry.name + "'s address; what goes there is lost",
          "Correct the address.");
    }
  }

  private static void compare(Entry left, Entry right, MandateInspection.Report report) {
    if (!left.address.chain().equals(right.address.chain())) {
      return;
    }
    if (left.address.equals(right.address)) {
      report.warn(
          right.path(),
          left.name
              + " and "
              + right.name
              + " have the same address on "
              + left.address.chain().name(),
          "Keep one name, so that caps per payee and permissions are where you look for them.");
    } else if (looksLike(left.address, right.address)) {
      report.warn(
          right.path(),
          "the addresses of " + left.name + " and " + right.name + " begin and end alike",
          "Compare every character with its source; this is how forged addresses look.");
    }
  }

  private static boolean looksLike(Address left, Address right) {
    String one = digits(left);
    String other = digits(right);
    return one.regionMatches(0, other, 0, COMPARED)
        && one.regionMatches(one.length() - COMPARED, other, other.length() - COMPARED, COMPARED);
  }

  private static String digits(Address address) {
    return address.chain().namespace().equals("eip155")
        ? address.text().replaceFirst("^0x", "").toLowerCase(Locale.ROOT)
        : address.text();
  }

  /// A name with letters that are read for each other made the same.
  private static String skeleton(String name) {
    return name.replace('0', 'o')
        .replaceAll("[1i]", "l")
        .replace('5', 's')
        .replace("rn", "m")
        .replace("vv", "w")
        .replaceAll("[_-]", "");
  }
}
