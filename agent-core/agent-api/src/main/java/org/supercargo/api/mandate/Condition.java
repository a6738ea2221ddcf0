package org.supercargo.api.mandate;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// One requirement of a [Rule]. A rule applies when all of its conditions hold.
public sealed interface Condition permits Condition.Subject, Cap, MarketCondition {
  /// Why a condition does not hold, and what would make it hold.
  record Miss(String reason, String remedy) {}

  /// Conditions over what an intent is: they hold or not whatever was spent before.
  sealed interface Subject extends Condition {}

  /// Null when it holds.
  @Nullable Miss check(Question question);

  /// The intent settles on one of these chains.
  record OnChain(Set<ChainId> chains) implements Subject {
    public OnChain {
      chains = Set.copyOf(chains);
    }

    @Override
    public @Nullable Miss check(Question question) {
      ChainId chain = question.intent().chain();
      return chains.contains(chain)
          ? null
          : new Miss(
              "it happens on " + chain.name(),
              "add " + chain.name() + " to the chains of rule \"" + question.rule() + "\"");
    }
  }

  /// What is spent is one of these assets.
  record Spends(Set<AssetId> assets) implements Subject {
    public Spends {
      assets = Set.copyOf(assets);
    }

    @Override
    public @Nullable Miss check(Question question) {
      Asset asset = question.intent().spends().asset();
      return assets.contains(asset.id())
          ? null
          : new Miss(
              "it spends " + asset.symbol(),
              "add " + asset.symbol() + " to the assets of rule \"" + question.rule() + "\"");
    }
  }

  /// Who is paid, or where goods go, is one of these. Holds for nothing that pays no one.
  record Pays(List<Payee> payees) implements Subject {
    public Pays {
      payees = List.copyOf(payees);
    }

    @Override
    public @Nullable Miss check(Question question) {
      Payee payee =
          switch (question.intent()) {
            case Intent.Transfer transfer -> transfer.payee();
            case Intent.Payment payment -> payment.payee();
            case Intent.Order order -> order.shipTo();
            case Intent.Swap _, Intent.Call _ -> null;
          };
      if (payee == null) {
        return new Miss("it pays no one", "use a rule without payees");
      }
      if (payees.stream().anyMatch(each -> each.address().equals(payee.address()))) {
        return null;
      }
      String names = payees.stream().map(Payee::name).distinct().collect(Collectors.joining(", "));
      return new Miss(
          "it goes to " + payee.name() + ", and only " + names + " may receive",
          "add the payee to the address book and to the payees of rule \""
              + question.rule()
              + "\"");
    }
  }

  /// The host that is paid is one of these, exactly.
  record Hosts(Set<String> hosts) implements Subject {
    public Hosts {
      hosts = Set.copyOf(hosts);
    }

    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Payment payment)) {
        return new Miss("it pays no host", "use a rule without hosts");
      }
      return hosts.contains(payment.host())
          ? null
          : new Miss(
              "it pays the host " + payment.host(),
              "add " + payment.host() + " to the hosts of rule \"" + question.rule() + "\"");
    }
  }

  /// The shop is one of these.
  record Shops(Set<String> shops) implements Subject {
    public Shops {
      shops = Set.copyOf(shops);
    }

    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Order order)) {
        return new Miss("it orders nothing", "use a rule without shops");
      }
      return shops.contains(order.shop())
          ? null
          : new Miss(
              "it orders from " + order.shop(),
              "add " + order.shop() + " to the shops of rule \"" + question.rule() + "\"");
    }
  }

  /// Every product ordered is one of these, and at most so many of each.
  ///
  /// @param most by product
  record Products(Map<String, Integer> most) implements Subject {
    public Products {
      most = Collections.unmodifiableSortedMap(new TreeMap<>(most));
    }

    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Order order)) {
        return new Miss("it orders nothing", "use a rule without products");
      }
      for (String product : order.items().stream().map(Intent.Order.Item::product).toList()) {
        long quantity =
            order.items().stream()
                .filter(item -> item.product().equals(product))
                .mapToLong(Intent.Order.Item::quantity)
                .sum();
        Integer allowed = most.get(product);
        if (allowed == null) {
          return new Miss(
              "it orders " + product,
              "add " + product + " to the products of rule \"" + question.rule() + "\"");
        }
        if (quantity > allowed) {
          return new Miss(
              "it orders " + quantity + " of " + product + ", more than " + allowed,
              "order at most " + allowed + " at once");
        }
      }
      return null;
    }
  }

  /// What is received is one of these assets.
  record Buys(Set<AssetId> assets) implements Subject {
    public Buys {
      assets = Set.copyOf(assets);
    }

    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Swap swap)) {
        return new Miss("it buys nothing", "use a rule without bought assets");
      }
      Asset bought = swap.minimum().asset();
      return assets.contains(bought.id())
          ? null
          : new Miss(
              "it buys " + bought.symbol(),
              "add "
                  + bought.symbol()
                  + " to the bought assets of rule \""
                  + question.rule()
                  + "\"");
    }
  }

  /// The only contracts that may be approved or called. For swaps checked on decoded bytes.
  record Contracts(Set<Address> addresses) implements Subject {
    public Contracts {
      addresses = Set.copyOf(addresses);
    }

    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Call call) || addresses.contains(call.contract())) {
        return null;
      }
      return new Miss(
          "it calls the contract " + call.contract().text(),
          "add it to the contracts of rule \"" + question.rule() + "\"");
    }
  }

  /// The function called is one of these, exactly.
  ///
  /// @param signatures canonical, such as `claim(address,uint256)`
  record Functions(Set<String> signatures) implements Subject {
    public Functions {
      signatures = Set.copyOf(signatures);
    }

    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Call call)) {
        return new Miss("it calls no function", "use a rule without functions");
      }
      return signatures.contains(call.function())
          ? null
          : new Miss(
              "it calls " + call.function(),
              "add " + call.function() + " to the functions of rule \"" + question.rule() + "\"");
    }
  }

  /// One argument of the function called is one of these.
  ///
  /// @param index from 0
  /// @param values in the text forms of [Intent.Call]
  record Argument(int index, Set<String> values) implements Subject {
    public Argument {
      values = Set.copyOf(values);
    }

    @Override
    public @Nullable Miss check(Question question) {
      if (!(question.intent() instanceof Intent.Call call)) {
        return new Miss("it calls no function", "use a rule without arguments");
      }
      if (index < call.arguments().size() && values.contains(call.arguments().get(index))) {
        return null;
      }
      return new Miss(
          "argument "
              + index
              + " is "
              + (index < call.arguments().size() ? call.arguments().get(index) : "missing"),
          "add the value to argument " + index + " of rule \"" + question.rule() + "\"");
    }
  }

  /// More than this is spent at once, or something that has no known value in the threshold's
  /// dollars. For rules that ask or forbid, so that what nobody can value is asked about. Says
  /// nothing about intents that spend another asset.
  record Above(Amount threshold) implements Subject {
    @Override
    public @Nullable Miss check(Question question) {
      Amount spends = question.intent().spends();
      boolean dollars = threshold.asset().id().equals(AssetId.USD);
      Amount counted = dollars ? question.usd(spends) : spends;
      if (counted == null
          || !counted.asset().id().equals(threshold.asset().id())
          || counted.isMoreThan(threshold)) {
        return null;
      }
      return new Miss(
          Wording.text(counted) + " is not above " + Wording.text(threshold),
          "use a rule for smaller amounts");
    }
  }

  /// The payee has stood in the address book for this long.
  record KnownFor(Duration time) implements Subject {
    @Override
    public @Nullable Miss check(Question question) {
      var since = question.facts().payeeSince();
      if (since == null) {
        return new Miss("its payee is not in the address book", "add the payee to it");
      }
      var ready = since.plus(time);
      return question.facts().now().isBefore(ready)
          ? new Miss("its payee is in the address book only since " + since, "wait until " + ready)
          : null;
    }
  }

  /// It is one of these days, and from `from` on but before `until`, where the owner lives. A
  /// window whose end is not after its start runs past midnight and belongs to the day it began.
  record During(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone)
      implements Subject {
    public During {
      days = Set.copyOf(days);
    }

    @Override
    public @Nullable Miss check(Question question) {
      ZonedDateTime now = question.facts().now().atZone(zone);
      LocalTime time = now.toLocalTime();
      boolean overnight = !until.isAfter(from);
      boolean late = overnight && time.isBefore(until);
      boolean inside =
          overnight ? late || !time.isBefore(from) : !time.isBefore(from) && time.isBefore(until);
      DayOfWeek day = late ? now.getDayOfWeek().minus(1) : now.getDayOfWeek();
      return inside && days.contains(day)
          ? null
          : new Miss(
              "it is " + now.getDayOfWeek() + " " + time.withSecond(0).withNano(0) + " in " + zone,
              "wait for the hours of rule \"" + question.rule() + "\"");
    }
  }

  /// A part of the proposal came from one of these.
  record Origin(Field field, Set<Provenance> allowed) implements Subject {
    public Origin {
      allowed = Set.copyOf(allowed);
    }

    @Override
    public @Nullable Miss check(Question question) {
      Provenance origin = question.facts().origins().getOrDefault(field, Provenance.MODEL);
      return allowed.contains(origin)
          ? null
          : new Miss(
              "its " + field.word() + " came from " + origin.name().toLowerCase(Locale.ROOT),
              "write the " + field.word() + " into the goal");
    }
  }
}
