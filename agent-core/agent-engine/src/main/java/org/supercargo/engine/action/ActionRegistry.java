package org.supercargo.engine.action;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.action.Action;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Parameter;
import org.supercargo.api.action.ParameterType;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// The actions one agent may call, found on the plugins its file names.
public final class ActionRegistry {
  private final Map<String, BoundAction> actions;

  private ActionRegistry(Map<String, BoundAction> actions) {
    this.actions = actions;
  }

  /// Reads every annotated method of the plugins.
  ///
  /// @throws SupercargoException of category BUG, naming the method, when a plugin is ill-formed
  public static ActionRegistry of(Collection<Plugin> plugins, AgentVocabulary vocabulary) {
    var actions = new LinkedHashMap<String, BoundAction>();
    for (Plugin plugin : plugins) {
      Arrays.stream(plugin.getClass().getMethods())
          // A method that narrows an inherited return type exists twice, annotations included.
          .filter(method -> method.isAnnotationPresent(Action.class) && !method.isBridge())
          // Reflection gives methods in any order; prompts and caches need one that holds.
          .sorted(Comparator.comparing(Method::getName))
          .map(method -> bind(plugin, method, vocabulary))
          .forEach(action -> {
            if (actions.put(action.spec().name(), action) != null) {
              throw SupercargoException.user(
                  "Two plugins bring an action called \"" + action.spec().name() + "\"",
                  "Name only one of them in the agent file.");
            }
          });
    }
    return new ActionRegistry(actions);
  }

  public List<ActionSpec> specs() {
    return actions.values().stream().map(BoundAction::spec).toList();
  }

  Optional<BoundAction> find(String name) {
    return Optional.ofNullable(actions.get(name));
  }

  private static BoundAction bind(Plugin plugin, Method method, AgentVocabulary vocabulary) {
    if (Modifier.isStatic(method.getModifiers())) {
      throw illFormed(method, "is static");
    }
    var parameters = new ArrayList<Parameter>();
    var types = new ArrayList<Class<?>>();
    for (java.lang.reflect.Parameter parameter : method.getParameters()) {
      parameters.add(parameter(method, parameter, vocabulary));
      types.add(parameter.getType());
    }
    Action annotation = method.getAnnotation(Action.class);
    var kind =
        Intent.class.isAssignableFrom(method.getReturnType())
            ? ActionSpec.Kind.EFFECT
            : ActionSpec.Kind.READ;
    if (method.getReturnType() == void.class) {
      throw illFormed(method, "returns nothing; an action reads and returns, or returns an intent");
    }
    var spec =
        new ActionSpec(
            method.getName(), annotation.value(), kind, parameters, List.of(annotation.examples()));
    return new BoundAction(plugin.name(), spec, handle(plugin, method), types);
  }

  private static MethodHandle handle(Plugin plugin, Method method) {
    try {
      return MethodHandles.publicLookup().unreflect(method).bindTo(plugin);
    } catch (IllegalAccessException e) {
      throw illFormed(method, "is not accessible; make its class and the method public");
    }
  }

  private static Parameter parameter(
      Method method, java.lang.reflect.Parameter parameter, AgentVocabulary vocabulary) {
    Param annotation = parameter.getAnnotation(Param.class);
    if (annotation == null || !parameter.isNamePresent()) {
      throw illFormed(
          method, "has a parameter without @Param, or was compiled without -parameters");
    }
    if (!annotation.required() && parameter.getType().isPrimitive()) {
      throw illFormed(method, "has an optional parameter of a primitive type");
    }
    ParameterType type = type(method, parameter.getType());
    return new Parameter(
        parameter.getName(),
        annotation.value(),
        type,
        annotation.required(),
        choices(type, parameter.getType(), vocabulary));
  }

  private static List<String> choices(
      ParameterType type, Class<?> javaType, AgentVocabulary vocabulary) {
    return switch (type) {
      case CHAIN -> vocabulary.chainNames();
      case ASSET, AMOUNT -> vocabulary.symbols();
      case PAYEE -> vocabulary.payeeNames();
      case CHOICE ->
          Arrays.stream(javaType.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .toList();
      case TEXT, INTEGER, BOOLEAN, DURATION -> List.of();
    };
  }

  private static ParameterType type(Method method, Class<?> type) {
    if (type == String.class) {
      return ParameterType.TEXT;
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return ParameterType.INTEGER;
    }
    if (type == boolean.class || type == Boolean.class) {
      return ParameterType.BOOLEAN;
    }
    if (type == Amount.class) {
      return ParameterType.AMOUNT;
    }
    if (type == Asset.class) {
      return ParameterType.ASSET;
    }
    if (type == Payee.class) {
      return ParameterType.PAYEE;
    }
    if (type == ChainId.class) {
      return ParameterType.CHAIN;
    }
    if (type == Duration.class) {
      return ParameterType.DURATION;
    }
    if (type.isEnum()) {
      return ParameterType.CHOICE;
    }
    if (type == double.class || type == float.class || type == BigDecimal.class) {
      throw illFormed(method, "takes a fraction; money is an Amount");
    }
    throw illFormed(method, "takes a " + type.getName() + ", which no planner can write");
  }

  private static SupercargoException illFormed(Method method, String what) {
    return SupercargoException.bug(
        "The action "
            + method.getDeclaringClass().getSimpleName()
            + "."
            + method.getName()
            + " "
            + what,
        null);
  }
}
