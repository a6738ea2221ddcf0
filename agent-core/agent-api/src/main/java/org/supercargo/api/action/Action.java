package org.supercargo.api.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method of a [Plugin] that an agent may call.
///
/// The return type says which kind it is: a method that returns an
/// [org.supercargo.api.intent.Intent] proposes an effect and performs nothing; every other method
/// reads, runs at once, and its result is given back to the planner as data.
///
/// The action's name is the method's name.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Action {
  /// What the action does, for the planner and for people.
  String value();

  /// Phrases that ask for this action, with parameters in braces: `send {amount} to {payee} on
  /// {chain}`. The offline model matches goals against them; other models see them as hints.
  String[] examples() default {};
}
