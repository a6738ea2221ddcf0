package org.supercargo.proof.signer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.TransactionCodec;
import org.supercargo.api.mandate.Mandate;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.engine.json.DomainJson;
import org.supercargo.evm.EvmAddress;
import org.supercargo.evm.EvmCodec;
import org.supercargo.proof.owner.OwnerWord;
import org.supercargo.proof.owner.Parties;
import org.supercargo.signer.key.KeyStore;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.Passphrase;
import org.supercargo.solana.AddressText;
import org.supercargo.solana.SolanaCodec;

/// The keys, the agent files and the owner's words, made once for all cases.
public final class Vault implements AutoCloseable {
  private static final String KEY = "main";

  private final KeyStore keys;
  private final List<TransactionCodec> codecs = List.of(new SolanaCodec(), new EvmCodec());
  private final Parties parties;
  private final OwnerWord word;
  private final Map<Role, AgentFile> files = new EnumMap<>(Role.class);

  public Vault(Path home) {
    keys =
        new KeyStore(
            home,
            Passphrase.of("a long passphrase".getBytes(UTF_8)),
            new SecureRandom(),
            new DomainJson());
    var wallets = new HashMap<ChainId, Address>();
    for (KeyType type : KeyType.values()) {
      var entry = keys.add(KEY, type, Parties.secret("wallet"));
      for (ChainId chain : ChainId.named()) {
        if (chain.namespace().equals(type.namespace())) {
          wallets.put(chain, codec(chain).address(chain, entry.publicKey()));
        }
      }
    }
    parties = new Parties(true, wallets);
    word = new OwnerWord(parties);
    for (Role role : Role.values()) {
      files.put(role, read(role.word() + ".yaml"));
    }
  }

  private TransactionCodec codec(ChainId chain) {
    return codecs.stream()
        .filter(each -> each.namespace().equals(chain.namespace()))
        .findFirst()
        .orElseThrow();
  }

  AgentFile read(String name) {
    return AgentFile.parse(name, parties.fill(text(name)).getBytes(UTF_8), Vault::address);
  }

  /// A file of somebody else's, read as the signer reads it.
  AgentFile readFile(Path file) {
    return AgentFile.read(file, Vault::address);
  }

  /// The same file for an agent of another name, with this vault's keys.
  AgentFile named(AgentFile file, AgentId id) {
    AgentSpec spec = file.spec();
    var wallets = new HashMap<ChainId, String>();
    spec.wallets().keySet().forEach(chain -> wallets.put(chain, KEY));
    var renamed =
        new AgentSpec(
            id,
            spec.purpose(),
            spec.model(),
            spec.plugins(),
            wallets,
            spec.assets(),
            spec.addressBook(),
            spec.mandate(),
            spec.limits());
    return new AgentFile(file.name(), renamed, file.digest(), file.version(), file.lines());
  }

  /// An agent file of this module, as its owner wrote it.
  public static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            Parties.class.getResourceAsStream("/org/supercargo/proof/" + name))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Address address(ChainId chain, String text) {
    return switch (chain.namespace()) {
      case "solana" -> AddressText.parse(text, chain);
      case "eip155" -> EvmAddress.parse(text).on(chain);
      default -> throw SupercargoException.user("no accounts on " + chain, "Use another chain.");
    };
  }

  /// The file of a role for an agent of another name.
  public AgentFile file(Role role, AgentId id) {
    return file(role, id, spec(role).mandate());
  }

  /// The same with a mandate that ends at another time.
  public AgentFile file(Role role, AgentId id, Instant end) {
    Mandate mandate = spec(role).mandate();
    return file(
        role,
        id,
        new Mandate(
            end,
            mandate.fees(),
            mandate.valuations(),
            mandate.quoteAge(),
            mandate.limits(),
            mandate.approvers(),
            mandate.rules()));
  }

  /// The same with another mandate.
  public AgentFile file(Role role, AgentId id, Mandate mandate) {
    AgentFile file = Objects.requireNonNull(files.get(role));
    AgentSpec spec = file.spec();
    var renamed =
        new AgentSpec(
            id,
            spec.purpose(),
            spec.model(),
            spec.plugins(),
            spec.wallets(),
            spec.assets(),
            spec.addressBook(),
            mandate,
            spec.limits());
    return new AgentFile(file.name(), renamed, file.digest(), file.version(), file.lines());
  }

  public AgentSpec spec(Role role) {
    return Objects.requireNonNull(files.get(role)).spec();
  }

  public KeyStore keys() {
    return keys;
  }

  public List<TransactionCodec> codecs() {
    return codecs;
  }

  public Parties parties() {
    return parties;
  }

  public OwnerWord word() {
    return word;
  }

  @Override
  public void close() {
    keys.close();
  }
}
