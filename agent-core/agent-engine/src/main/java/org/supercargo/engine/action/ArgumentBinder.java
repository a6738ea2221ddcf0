package org.supercargo.engine.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.action.Provenance;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Payee;
import org.supercargo.api.mandate.Field;

/// Turns a planner's JSON arguments into typed values.
///
/// The chain is settled first: from a chain parameter, else from an asset or payee that leaves only
/// one. Then symbols and payees are read on that chain.
final class ArgumentBinder {
  private final AgentVocabulary vocabulary;
  private final String goal;

  ArgumentBinder(AgentVocabulary vocabulary, String goal) {
    this.vocabulary = vocabulary;
    this.goal = goal;
  }

  /// @param arguments an object whose fields passed [Admission]
  List<@Nullable Object> bind(BoundAction action, JsonNode arguments) {
    List<Parameter> parameters = action.spec().parameters();
    ChainId chain = chain(parameters, arguments);
    var values = new ArrayList<@Nullable Object>();
    for (int index = 0; index < parameters.size(); index++) {
      Parameter parameter = parameters.get(index);
      JsonNode argument = arguments.path(parameter.name());
      values.add(
          argument.isMissingNode() || argument.isNull()
              ? null
              : value(parameter, argument, action.types().get(index), chain));
    }
    return values;
  }

  /// Where amounts and payees came from. An amount is the owner's when the goal names just it.
  ///
  /// @param values what [#bind] made of them
  Map<Field, Provenance> origins(List<@Nullable Object> values) {
    var origins = new EnumMap<Field, Provenance>(Field.class);
    for (Object value : values) {
      if (value instanceof Payee payee) {
        origins.merge(Field.PAYEE, payee.provenance(), ArgumentBinder::lessTrusted);
      } else if (value instanceof Amount amount) {
        origins.merge(
            Field.AMOUNT,
            AgentVocabulary.names(goal, amount) ? Provenance.OWNER : Provenance.MODEL,
            ArgumentBinder::lessTrusted);
      }
    }
    return origins;
  }

  private static Provenance lessTrusted(Provenance one, Provenance other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private @Nullable ChainId chain(List<Parameter> parameters, JsonNode arguments) {
    for (Parameter parameter : parameters) {
      JsonNode argument = arguments.path(parameter.name());
      if (parameter.type() == ParameterType.CHAIN && argument.isTextual()) {
        return vocabulary.chain(argument.asText());
      }
    }
    List<ChainId> possible = null;
    for (Parameter parameter : parameters) {
      String text = arguments.path(parameter.name()).asText("");
      if (text.isBlank()) {
        continue;
      }
      List<ChainId> here = possible(parameter.type(), text);
      if (here != null) {
        possible = possible == null ? here : possible.stream().filter(here::contains).toList();
      }
    }
    return possible != null && possible.size() == 1 ? possible.getFirst() : null;
  }

  /// Chains on which the text makes sense, or null when the type says nothing about chains.
  private @Nullable List<ChainId> possible(ParameterType type, String text) {
    return switch (type) {
      case AMOUNT ->
          vocabulary.assets(AgentVocabulary.numberAndSymbol(text)[1], null).stream()
              .map(Asset::chain)
              .toList();
      case ASSET -> vocabulary.assets(text.strip(), null).stream().map(Asset::chain).toList();
      case PAYEE -> {
        List<ChainId> reached =
            vocabulary.chainNames().stream()
                .map(vocabulary::chain)
                .filter(chain -> vocabulary.reaches(text.strip(), chain))
                .toList();
        // A payee nobody knows must be complained about as such, not as an ambiguous chain.
        yield reached.isEmpty() ? null : reached;
      }
      case TEXT, INTEGER, BOOLEAN, CHOICE, CHAIN, DURATION -> null;
    };
  }

  private Object value(
      Parameter parameter, JsonNode argument, Class<?> type, @Nullable ChainId chain) {
    return switch (parameter.type()) {
      case TEXT -> argument.asText();
      case INTEGER -> integer(parameter, argument, type);
      case BOOLEAN -> argument.asBoolean();
      case CHAIN -> vocabulary.chain(argument.asText());
      case ASSET -> vocabulary.asset(argument.asText(), chain);
      case AMOUNT -> {
        String text = argument.asText();
        yield vocabulary.amount(
            text, vocabulary.asset(AgentVocabulary.numberAndSymbol(text)[1], chain));
      }
      case PAYEE -> {
        if (chain == null) {
          throw vocabulary.withoutChain(argument.asText().strip());
        }
        yield vocabulary.payee(argument.asText(), chain, goal);
      }
      case DURATION -> duration(parameter, argument.asText());
      case CHOICE -> choice(parameter, argument.asText(), type);
    };
  }

  private static Object integer(Parameter parameter, JsonNode argument, Class<?> type) {
    boolean small = type == int.class || type == Integer.class;
    if (small && !argument.canConvertToInt()) {
      throw SupercargoException.user(
          parameter.name() + " is out of range: " + argument, "Use a smaller number.");
    }
    return small ? (Object) argument.intValue() : (Object) argument.longValue();
  }

  private static Duration duration(Parameter parameter, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw SupercargoException.user(
          parameter.name() + " is not a length of time: \"" + text + "\"",
          "Write PT5M for 5 minutes.");
    }
  }

  private static Object choice(Parameter parameter, String text, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant)
          .name()
          .toLowerCase(Locale.ROOT)
          .equals(text.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw SupercargoException.user(
        parameter.name() + " cannot be \"" + text + "\"",
        "Use one of " + String.join(", ", parameter.choices()) + ".");
  }
}
