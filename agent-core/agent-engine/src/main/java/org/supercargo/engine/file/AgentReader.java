package org.supercargo.engine.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.GoalSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.Planning;
import org.supercargo.api.agent.StandingOrder;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// Reads the keys of an agent file.
record AgentReader(AddressReader addresses) {
  private static final Set<String> ROOT =
      Set.of(
          "agent",
          "owner",
          "purpose",
          "model",
          "plugins",
          "wallets",
          "assets",
          "address-book",
          "mandate",
          "limits",
          "planning",
          "goals",
          "orders");
  private static final Set<String> LIMITS = Set.of("model-calls", "repeats", "wall-time");

  AgentSpec read(YamlPlace root) {
    Map<String, YamlPlace> fields = root.fields(ROOT);
    AgentId id = root.required(fields, "agent").read(AgentId::new);
    List<Asset> assets = assets(fields);
    AddressBook book =
        fields.containsKey("address-book")
            ? new AddressBookReader(addresses).read(root.required(fields, "address-book"))
            : AddressBook.EMPTY;
    YamlPlace owner = fields.get("owner");
    YamlPlace model = fields.get("model");
    YamlPlace limits = fields.get("limits");
    YamlPlace planning = fields.get("planning");
    var money = new MoneyWords(assets);
    return new AgentSpec(
        id,
        root.required(fields, "purpose").text(),
        model == null ? ModelSpec.of("offline") : ModelReader.read(model),
        root.required(fields, "plugins").items().stream().map(YamlPlace::text).toList(),
        wallets(root.required(fields, "wallets")),
        assets,
        book,
        new MandateReader(money, book, addresses).read(root.required(fields, "mandate")),
        limits == null ? TickLimits.DEFAULT : limits(limits),
        planning == null ? Planning.DEFAULT : PlanningReader.read(planning),
        goals(fields, new GoalReader(money, book)),
        orders(fields, new OrderReader(money)),
        owner == null ? null : owner.read(Ed25519Key::parse).bytes());
  }

  private static List<GoalSpec> goals(Map<String, YamlPlace> fields, GoalReader reader) {
    YamlPlace place = fields.get("goals");
    return place == null ? List.of() : reader.read(place);
  }

  private static List<StandingOrder> orders(Map<String, YamlPlace> fields, OrderReader reader) {
    YamlPlace place = fields.get("orders");
    return place == null ? List.of() : reader.read(place);
  }

  private static Map<ChainId, String> wallets(YamlPlace place) {
    var wallets = new LinkedHashMap<ChainId, String>();
    place
        .entries()
        .forEach((chain, key) -> {
          String name = PlainName.word(key, key.text(), "a key name");
          key.requireNew(wallets.put(MoneyWords.chain(key, chain), name), chain);
        });
    return wallets;
  }

  private List<Asset> assets(Map<String, YamlPlace> fields) {
    var assets = new ArrayList<>(KnownAssets.ALL);
    YamlPlace declared = fields.get("assets");
    if (declared != null) {
      for (YamlPlace item : declared.items()) {
        assets.add(asset(item, assets));
      }
    }
    return assets;
  }

  private Asset asset(YamlPlace item, List<Asset> before) {
    Map<String, YamlPlace> fields = item.fields(Set.of("symbol", "chain", "address", "decimals"));
    ChainId chain = MoneyWords.chain(item.required(fields, "chain"));
    Address address = item.required(fields, "address").read(text -> addresses.read(chain, text));
    int decimals = number(item.required(fields, "decimals"), 0, 36);
    Asset asset =
        item.required(fields, "symbol")
            .read(symbol -> new Asset(AssetId.token(address), symbol, decimals));
    for (Asset other : before) {
      if (other.chain().equals(chain)
          && (other.symbol().equalsIgnoreCase(asset.symbol()) || other.id().equals(asset.id()))) {
        throw item.error(
            asset.symbol() + " or its address is already known on " + chain.name(),
            "Give every asset of a chain its own symbol and address.");
      }
    }
    return asset;
  }

  private static TickLimits limits(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(LIMITS);
    return new TickLimits(
        number(fields.get("model-calls"), 1, 200, TickLimits.DEFAULT.modelCalls()),
        number(fields.get("repeats"), 1, 20, TickLimits.DEFAULT.repeats()),
        fields.containsKey("wall-time")
            ? Measures.time(fields.get("wall-time"), Duration.ofSeconds(1), Duration.ofDays(1))
            : TickLimits.DEFAULT.wallTime());
  }

  private static int number(@Nullable YamlPlace place, int least, int most, int otherwise) {
    return place == null ? otherwise : number(place, least, most);
  }

  private static int number(YamlPlace place, int least, int most) {
    return Measures.whole(place, place.text(), least, most);
  }
}
