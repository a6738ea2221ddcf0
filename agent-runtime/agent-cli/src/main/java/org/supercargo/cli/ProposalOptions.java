package org.supercargo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.file.MandateCase;
import org.supercargo.engine.file.MandateCases;
import picocli.CommandLine.Option;

/// An intent and the facts about it, as options of a command. They mean what the keys of a case in
/// a table mean.
final class ProposalOptions {
  private static final String PLACE = "options";

  @Option(
      names = {"--transfer", "--pay"},
      paramLabel = "AMOUNT",
      description = "Judge a transfer, with --to: \"2.5 USDC\".")
  @Nullable String transfer;

  @Option(
      names = "--swap",
      paramLabel = "AMOUNT",
      description = "Judge a swap of this much, with --for.")
  @Nullable String swap;

  @Option(
      names = "--payment",
      paramLabel = "AMOUNT",
      description = "Judge a payment for a request, with --host.")
  @Nullable String payment;

  @Option(
      names = "--order",
      paramLabel = "DOLLARS",
      description = "Judge an order, with --shop, --item and --to: \"$54\".")
  @Nullable String order;

  @Option(
      names = "--call",
      paramLabel = "FUNCTION",
      description = "Judge a call, with --contract: \"claim(address)\".")
  @Nullable String call;

  @Option(
      names = "--to",
      paramLabel = "PAYEE",
      description = "A name of the address book or an address.")
  @Nullable String to;

  @Option(names = "--on", paramLabel = "CHAIN", description = "solana or base.")
  @Nullable String chain;

  @Option(names = "--for", paramLabel = "AMOUNT", description = "The least that a swap brings.")
  @Nullable String minimum;

  @Option(
      names = "--venue",
      paramLabel = "NAME",
      description = "Where a swap happens; default: uniswap-v3.")
  @Nullable String venue;

  @Option(names = "--host", paramLabel = "HOST", description = "Whom a payment is for.")
  @Nullable String host;

  @Option(names = "--shop", paramLabel = "SHOP", description = "Where goods are ordered.")
  @Nullable String shop;

  @Option(
      names = "--item",
      paramLabel = "ITEM",
      description = "What is ordered, \"2 espresso-beans\"; once for each product.")
  List<String> items = List.of();

  @Option(
      names = "--contract",
      paramLabel = "CONTRACT",
      description = "A name of the address book or an address.")
  @Nullable String contract;

  @Option(
      names = "--argument",
      paramLabel = "VALUE",
      description = "What a function is given; once for each parameter.")
  List<String> arguments = List.of();

  @Option(
      names = "--spends",
      paramLabel = "AMOUNT",
      description = "What a call may take from the wallet; default: nothing.")
  @Nullable String spends;

  @Option(
      names = "--value",
      paramLabel = "AMOUNT",
      description = "What of the chain's coin a call sends along; default: nothing.")
  @Nullable String value;

  @Option(names = "--at", paramLabel = "TIME", description = "2027-03-02T08:30:00Z; default: now.")
  @Nullable Instant at;

  @Option(
      names = "--price",
      paramLabel = "SYMBOL=DOLLARS",
      description = "An independent price; once for each asset.")
  Map<String, String> prices = Map.of();

  @Option(
      names = "--balance",
      paramLabel = "SYMBOL=NUMBER",
      description = "What the wallet holds; once for each asset.")
  Map<String, String> balances = Map.of();

  @Option(
      names = "--payee-known-for",
      paramLabel = "TIME",
      description = "How long the payee has stood in the address book: 3d.")
  @Nullable String payeeKnownFor;

  @Option(
      names = "--payee-from",
      paramLabel = "ORIGIN",
      description = "Where the payee comes from: owner, mandate, tool, model or memory.")
  @Nullable String payeeFrom;

  @Option(
      names = "--amount-from",
      paramLabel = "ORIGIN",
      description = "Where the amount comes from; default: model.")
  @Nullable String amountFrom;

  @Option(
      names = "--approved-by",
      paramLabel = "NAME=TIME",
      description = "Who approved, and how long ago: ops=15m.")
  Map<String, String> approvedBy = Map.of();

  /// Whether an intent is named at all.
  boolean isGiven() {
    return transfer != null || swap != null || payment != null || order != null || call != null;
  }

  /// @throws SupercargoException of category USER when the options name no intent
  MandateCase proposal(AgentFile file, Screen screen) {
    Instant now = at == null ? Instant.now() : at;
    ObjectNode table = screen.object();
    table.putArray("cases").add(row(screen, now));
    try {
      return MandateCases.parse(PLACE, table.toString().getBytes(UTF_8), file, Codecs.ALL, now)
          .rows()
          .getFirst();
    } catch (SupercargoException e) {
      throw new SupercargoException(
          e.category(),
          e.what().replaceFirst("^" + PLACE + ":1 (cases(\\[0])?\\.?)?", ""),
          e.advice(),
          e);
    }
  }

  private ObjectNode row(Screen screen, Instant now) {
    ObjectNode row = screen.object().put("task", "asked").put("at", now.toString());
    put(row, "transfer", transfer);
    put(row, "swap", swap);
    put(row, "payment", payment);
    put(row, "order", order);
    put(row, "call", call);
    put(row, "to", to);
    put(row, "chain", chain);
    put(row, "for", minimum);
    put(row, "venue", venue);
    put(row, "host", host);
    put(row, "shop", shop);
    put(row, "contract", contract);
    put(row, "spends", spends);
    put(row, "value", value);
    put(row, "payee-known-for", payeeKnownFor);
    put(row, "payee-from", payeeFrom);
    put(row, "amount-from", amountFrom);
    put(row, "items", items);
    put(row, "arguments", arguments);
    put(row, "prices", prices);
    put(row, "balances", balances);
    put(row, "approved-by", approvedBy);
    return row;
  }

  private static void put(ObjectNode row, String key, @Nullable String text) {
    if (text != null) {
      row.put(key, text);
    }
  }

  private static void put(ObjectNode row, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      var list = row.putArray(key);
      texts.forEach(list::add);
    }
  }

  private static void put(ObjectNode row, String key, Map<String, String> entries) {
    if (!entries.isEmpty()) {
      var map = row.putObject(key);
      entries.forEach(map::put);
    }
  }
}
