package org.supercargo.engine.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.ActionResult;
import org.supercargo.api.agent.AgentId;
import org.supercargo.api.agent.TickId;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.AssetId;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.chain.Validity;
import org.supercargo.api.intent.Effect;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.IntentId;
import org.supercargo.api.journal.JournalEvent;
import org.supercargo.api.mandate.BudgetKey;
import org.supercargo.api.mandate.Condition;
import org.supercargo.api.mandate.Verdict;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.engine.signing.SignAnswer;
import org.supercargo.engine.signing.SignInAnswer;

/// Writes and reads domain values as canonical JSON: record components in declaration order, maps
/// by key, sets by text, big numbers and times as text, sealed types with a `type` that is the
/// record's simple name.
///
/// Equal values give equal text, which is what hashes are taken over.
public final class DomainJson {
  private static final List<Class<?>> SEALED =
      List.of(
          Intent.class,
          Effect.class,
          Validity.class,
          Verdict.class,
          Condition.class,
          ChatMessage.class,
          ChatReply.class,
          ActionResult.class,
          JournalEvent.class,
          JournalEvent.OfTick.class,
          JournalEvent.OfExecution.class,
          SignAnswer.class,
          SignInAnswer.class);

  private static final int LONGEST_TEXT = 8_000_000;

  /// One for all: it learns each type once, and thousands of agents run in one process.
  private static final JsonMapper MAPPER = mapper();

  private static JsonMapper mapper() {
    var builder =
        JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_GETTERS)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .visibility(
                com.fasterxml.jackson.annotation.PropertyAccessor.FIELD,
                JsonAutoDetect.Visibility.ANY)
            .addModule(texts());
    for (Class<?> sealed : SEALED) {
      builder.addMixIn(sealed, Typed.class);
      subtypes(sealed)
          .forEach(type -> builder.registerSubtypes(new NamedType(type, type.getSimpleName())));
    }
    JsonMapper mapper = builder.build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build());
    return mapper;
  }

  public String write(Object value) {
    try {
      return wellFormed(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw SupercargoException.bug("A " + value.getClass().getName() + " has no JSON form", e);
    }
  }

  /// Escapes halves of surrogate pairs, which have no UTF-8 form: databases refuse them and a hash
  /// would not tell them apart.
  private static String wellFormed(String json) {
    var text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(point -> {
          if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            text.append("\\u").append(HexFormat.of().toHexDigits((char) point));
          } else {
            text.appendCodePoint(point);
          }
        });
    return text.toString();
  }

  /// Like [#write(Object)] with line breaks, for people.
  public String writeIndented(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw SupercargoException.bug("A " + value.getClass().getName() + " has no JSON form", e);
    }
  }

  /// @throws SupercargoException of category EXTERNAL when the text is not such a value
  public <T> T read(String json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw SupercargoException.external(
            "Stored or received text is no " + type.getSimpleName() + " but null",
            "It was changed or written by another version.",
            null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw SupercargoException.external(
          "Stored or received text is no " + type.getSimpleName() + ": " + e.getOriginalMessage(),
          "It was changed or written by another version.",
          e);
    }
  }

  /// A tree for callers that assemble a document from several values.
  public JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  private static List<Class<?>> subtypes(Class<?> sealed) {
    return List.of(sealed.getPermittedSubclasses()).stream()
        .flatMap(
            type -> type.isSealed() ? subtypes(type).stream() : List.<Class<?>>of(type).stream())
        .toList();
  }

  private static SimpleModule texts() {
    var module = new SimpleModule();
    text(module, BigInteger.class, BigInteger::toString, BigInteger::new);
    text(module, BigDecimal.class, BigDecimal::toPlainString, BigDecimal::new);
    text(module, Instant.class, Instant::toString, Instant::parse);
    text(module, Duration.class, Duration::toString, Duration::parse);
    text(module, LocalTime.class, LocalTime::toString, LocalTime::parse);
    text(module, ZoneId.class, ZoneId::getId, ZoneId::of);
    text(module, Bytes.class, Bytes::hex, Bytes::fromHex);
    text(module, ChainId.class, ChainId::toString, DomainJson::chain);
    text(module, AssetId.class, AssetId::toString, AssetId::parse);
    text(module, Address.class, DomainJson::account, DomainJson::account);
    text(module, AgentId.class, AgentId::toString, AgentId::new);
    text(module, TickId.class, TickId::toString, DomainJson::tick);
    text(module, IntentId.class, IntentId::toString, IntentId::parse);
    module.addSerializer(new SetWriter());
    module.addKeySerializer(BudgetKey.class, new BudgetKeyWriter());
    module.addKeyDeserializer(BudgetKey.class, new BudgetKeyReader());
    return module;
  }

  private static ChainId chain(String text) {
    int colon = text.indexOf(':');
    return new ChainId(text.substring(0, colon), text.substring(colon + 1));
  }

  /// CAIP-10: the chain and the address.
  private static String account(Address address) {
    return address.chain() + ":" + address.text();
  }

  private static Address account(String text) {
    // Neither part of a chain's name has a colon; a postal address may.
    int end = text.indexOf(':', text.indexOf(':') + 1);
    return new Address(chain(text.substring(0, end)), text.substring(end + 1));
  }

  private static TickId tick(String text) {
    int last = text.lastIndexOf(':');
    return new TickId(
        new AgentId(text.substring(0, last)), Long.parseLong(text.substring(last + 1)));
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new TextWriter<>(type, write));
    module.addDeserializer(type, new TextReader<>(type, read));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}

  private static final class TextWriter<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> write;

    TextWriter(Class<T> type, Function<T, String> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(write.apply(value));
    }
  }

  private static final class TextReader<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> read;
    private final Class<T> type;

    TextReader(Class<T> type, Function<String, T> read) {
      super(type);
      this.type = type;
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getText();
      try {
        return read.apply(text);
      } catch (RuntimeException e) {
        throw context.weirdStringException(text, type, String.valueOf(e.getMessage()));
      }
    }
  }

  /// Sets have no order of their own; equal ones must still have equal text.
  private static final class SetWriter extends StdSerializer<Set<?>> {
    private static final long serialVersionUID = 1L;

    SetWriter() {
      super(Set.class, false);
    }

    @Override
    public void serialize(Set<?> set, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeStartArray();
      for (Object element : set.stream().sorted(Comparator.comparing(Object::toString)).toList()) {
        provider.defaultSerializeValue(element, generator);
      }
      generator.writeEndArray();
    }
  }

  private static final class BudgetKeyWriter extends StdSerializer<BudgetKey> {
    private static final long serialVersionUID = 1L;

    BudgetKeyWriter() {
      super(BudgetKey.class);
    }

    @Override
    public void serialize(BudgetKey key, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      String window = key.window() == null ? "ever" : key.window().toString();
      generator.writeFieldName(window + " " + key.per() + " " + key.unit() + " " + key.rule());
    }
  }

  private static final class BudgetKeyReader extends KeyDeserializer {
    @Override
    public Object deserializeKey(String text, DeserializationContext context) {
      String[] parts = text.split(" ", 4);
      return new BudgetKey(
          parts[3],
          AssetId.parse(parts[2]),
          parts[0].equals("ever") ? null : Duration.parse(parts[0]),
          BudgetKey.Per.valueOf(parts[1]));
    }
  }
}
