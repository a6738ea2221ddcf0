package org.supercargo.engine.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.agent.ModelSpec;
import org.supercargo.api.agent.TickLimits;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AddressBook;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;

/// An agent file: the owner's YAML, read into values or refused with the line that is wrong.
///
/// @param digest SHA-256 of the file's bytes in hex
public record AgentFile(AgentSpec spec, String digest) {
  private static final Set<String> ROOT =
      Set.of(
          "agent",
          "purpose",
          "model",
          "plugins",
          "wallets",
          "assets",
          "address-book",
          "mandate",
          "limits");
  private static final Set<String> LIMITS = Set.of("model-calls", "repeats", "wall-time");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,5})\\s*(s|m|h)");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}");

  /// @throws SupercargoException of category USER with file, line, and what to do
  public static AgentFile read(Path file, AddressReader addresses) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw SupercargoException.user(
          "The agent file " + file + " cannot be read", "Check the path and its permissions.");
    }
    return parse(file.getFileName().toString(), content, addresses);
  }

  /// @param name what complaints call the file
  public static AgentFile parse(String name, byte[] content, AddressReader addresses) {
    YamlPlace root = YamlPlace.root(name, new String(content, StandardCharsets.UTF_8));
    return new AgentFile(spec(root, addresses), digest(content));
  }

  private static AgentSpec spec(YamlPlace root, AddressReader addresses) {
    Map<String, YamlPlace> fields = root.fields(ROOT);
    AgentId id = located(root.required(fields, "agent"), AgentId::new);
    List<Asset> assets = assets(fields, addresses);
    AddressBook book =
        fields.containsKey("address-book")
            ? addressBook(root.required(fields, "address-book"), addresses)
            : AddressBook.EMPTY;
    return new AgentSpec(
        id,
        root.required(fields, "purpose").text(),
        fields.containsKey("model")
            ? model(root.required(fields, "model"))
            : new ModelSpec("offline", ""),
        root.required(fields, "plugins").items().stream().map(YamlPlace::text).toList(),
        wallets(root.required(fields, "wallets")),
        assets,
        book,
        new MandateReader(assets, book, addresses).read(root.required(fields, "mandate")),
        fields.containsKey("limits")
            ? limits(root.required(fields, "limits"))
            : TickLimits.DEFAULT);
  }

  private static ModelSpec model(YamlPlace place) {
    if (place.isText()) {
      return new ModelSpec(place.text(), "");
    }
    Map<String, YamlPlace> fields = place.fields(Set.of("backend", "name"));
    YamlPlace name = fields.get("name");
    return new ModelSpec(place.required(fields, "backend").text(), name == null ? "" : name.text());
  }

  private static Map<ChainId, String> wallets(YamlPlace place) {
    var wallets = new LinkedHashMap<ChainId, String>();
    place
        .entries()
        .forEach((chain, key) -> {
          if (!NAME.matcher(key.text()).matches()) {
            throw key.error(
                "\"" + key.text() + "\" is not a key name",
                "Use letters, digits, dashes and underscores.");
          }
          key.requireNew(wallets.put(MandateReader.chain(key, chain), key.text()), chain);
        });
    return wallets;
  }

  private static List<Asset> assets(Map<String, YamlPlace> fields, AddressReader addresses) {
    var assets = new ArrayList<>(KnownAssets.ALL);
    YamlPlace declared = fields.get("assets");
    if (declared != null) {
      for (YamlPlace item : declared.items()) {
        assets.add(asset(item, addresses, assets));
      }
    }
    return assets;
  }

  private static Asset asset(YamlPlace item, AddressReader addresses, List<Asset> before) {
    Map<String, YamlPlace> fields = item.fields(Set.of("symbol", "chain", "address", "decimals"));
    YamlPlace chainPlace = item.required(fields, "chain");
    ChainId chain = MandateReader.chain(chainPlace, chainPlace.text());
    Address address = address(item.required(fields, "address"), chain, addresses);
    int decimals = number(item.required(fields, "decimals"), 0, 36);
    Asset asset =
        located(
            item.required(fields, "symbol"),
            symbol -> new Asset(AssetId.token(address), symbol, decimals));
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

  private static AddressBook addressBook(YamlPlace place, AddressReader addresses) {
    var entries = new LinkedHashMap<String, List<Address>>();
    place
        .entries()
        .forEach((name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw value.error(
                "\"" + name + "\" is not a name for the address book",
                "Use one word of letters, digits, dashes and underscores.");
          }
          var known = new LinkedHashMap<ChainId, Address>();
          value
              .entries()
              .forEach((chain, text) -> {
                ChainId id = MandateReader.chain(text, chain);
                text.requireNew(known.put(id, address(text, id, addresses)), chain);
              });
          value.requireNew(
              entries.put(name.toLowerCase(Locale.ROOT), List.copyOf(known.values())), name);
        });
    return new AddressBook(entries);
  }

  private static TickLimits limits(YamlPlace place) {
    Map<String, YamlPlace> fields = place.fields(LIMITS);
    YamlPlace wallTime = fields.get("wall-time");
    return new TickLimits(
        fields.containsKey("model-calls")
            ? number(place.required(fields, "model-calls"), 1, 200)
            : TickLimits.DEFAULT.modelCalls(),
        fields.containsKey("repeats")
            ? number(place.required(fields, "repeats"), 1, 20)
            : TickLimits.DEFAULT.repeats(),
        wallTime == null ? TickLimits.DEFAULT.wallTime() : duration(wallTime));
  }

  private static Duration duration(YamlPlace place) {
    Matcher matcher = DURATION.matcher(place.text());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw place.error("\"" + place.text() + "\" is not a length of time", "Write 15m.");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private static int number(YamlPlace place, int least, int most) {
    String text = place.text();
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw place.error(
        "\"" + text + "\" is not a whole number from " + least + " to " + most, "Write one.");
  }

  private static Address address(YamlPlace place, ChainId chain, AddressReader addresses) {
    return located(place, text -> addresses.read(chain, text));
  }

  private static <T> T located(YamlPlace place, java.util.function.Function<String, T> read) {
    try {
      return read.apply(place.text());
    } catch (SupercargoException e) {
      throw e.what().startsWith(place.file()) ? e : place.error(e);
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("This JDK has no SHA-256", e);
    }
  }
}
