package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.supercargo.api.model.Effort;

/// How a provider's models are told to think, and where their reasoning stands.
///
/// @param control how requests say it
/// @param words the provider's word for each effort it knows; an effort without one is not sent
/// @param usual the effort where a request names none; [Effort#DEFAULT] for the provider's own
/// @param maxWithActions whether [Effort#MAX] may be asked for together with actions; some models
///   then forget to call any
/// @param fields where reasoning is read, the first that is there; it is sent back under the first
///   name. Empty for a provider that shows none
/// @param sentBack whether the provider refuses a conversation whose reasoning is missing, so that
///   a reply whose reasoning got lost must not be acted on
/// @param emptyField whether a turn with calls and without reasoning gets an empty field
public record Thinking(
    Control control,
    Map<Effort, String> words,
    Effort usual,
    boolean maxWithActions,
    List<String> fields,
    boolean sentBack,
    boolean emptyField) {
  /// How a request says how much to think.
  public enum Control {
    /// Not at all.
    NONE,
    /// `thinking: {type}`, in every request, and `reasoning_effort`.
    SWITCH,
    /// `reasoning_effort`.
    EFFORT,
    /// `reasoning: {effort}`.
    OBJECT
  }

  /// Nothing is sent, nothing is read.
  public static final Thinking UNKNOWN =
      new Thinking(Control.NONE, Map.of(), Effort.DEFAULT, true, List.of(), false, false);

  public Thinking {
    requireNonNull(control, "control is null");
    requireNonNull(usual, "usual is null");
    words = Map.copyOf(words);
    fields = List.copyOf(fields);
  }

  public Thinking withUsual(Effort effort) {
    return new Thinking(control, words, effort, maxWithActions, fields, sentBack, emptyField);
  }

  public Thinking withEmptyField(boolean wanted) {
    return new Thinking(control, words, usual, maxWithActions, fields, sentBack, wanted);
  }

  public Thinking withMaxWithActions(boolean allowed) {
    return new Thinking(control, words, usual, allowed, fields, sentBack, emptyField);
  }

  public Thinking withFields(List<String> names) {
    return new Thinking(control, words, usual, maxWithActions, names, sentBack, emptyField);
  }

  /// What a request really asks for.
  Effort effort(Effort wanted, boolean actions) {
    Effort chosen = wanted == Effort.DEFAULT ? usual : wanted;
    return chosen == Effort.MAX && actions && !maxWithActions ? Effort.HIGH : chosen;
  }
}
