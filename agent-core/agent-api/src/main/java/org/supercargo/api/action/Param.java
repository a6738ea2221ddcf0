package org.supercargo.api.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one parameter of an [Action]. Its name is the Java parameter's name.
///
/// Types: `String`, `int`, `long`, `boolean`, enums, [java.time.Duration],
/// [org.supercargo.api.asset.ChainId], [org.supercargo.api.asset.Asset],
/// [org.supercargo.api.asset.Amount] and [org.supercargo.api.intent.Payee].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Param {
  String value();

  /// An optional parameter is null when the planner leaves it out; annotate it `@Nullable`.
  boolean required() default true;
}
