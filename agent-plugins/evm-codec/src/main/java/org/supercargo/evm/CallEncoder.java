package org.supercargo.evm;

import java.util.ArrayList;
import java.util.List;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// Turns a function's signature and the texts of its arguments, as an
/// [org.supercargo.api.intent.Intent.Call] carries them, into the data of the call.
///
/// Only the texts that decoding the data gives again are accepted. Arrays are `[1,2]` and tuples
/// `(1,2)`, without spaces, and text within them is in quotation marks. Source: [contract
/// ABI](https://docs.soliditylang.org/en/latest/abi-spec.html).
public final class CallEncoder {
  private CallEncoder() {}

  /// @param function canonical signature such as `claim(address,uint256)`
  /// @param arguments one for each parameter
  /// @throws SupercargoException of category USER if the function cannot be called this way, or an
  ///   argument is none of its type, saying which
  public static Bytes encode(String function, List<String> arguments) {
    List<AbiType> types = types(function);
    Bytes selector = AbiFunction.selectorOf(function);
    requireOrdinary(function, selector);
    if (arguments.size() != types.size()) {
      throw SupercargoException.user(
          function + " takes " + types.size() + " arguments, not " + arguments.size(),
          "Give one for each parameter.");
    }
    var values = new ArrayList<AbiValue>();
    for (int i = 0; i < arguments.size(); i++) {
      values.add(value(function, i, types.get(i), arguments.get(i)));
    }
    return AbiFunction.call(selector, AbiWriter.encode(types, values));
  }

  private static List<AbiType> types(String function) {
    try {
      return AbiFunction.parameterTypes(function);
    } catch (IllegalArgumentException unreadable) {
      throw SupercargoException.user(
          "The function \"" + function + "\" cannot be called: " + unreadable.getMessage(),
          "Write its types in full and without names, such as claim(address,uint256).");
    }
  }

  private static void requireOrdinary(String function, Bytes selector) {
    KnownFunction.findBySelector(selector)
        .ifPresent(known -> {
          throw SupercargoException.user(
              "Calls of " + function + " are read as " + known.signature() + ", not as plain calls",
              "Propose a transfer or a swap instead.");
        });
    DeniedPower.find(selector)
        .ifPresent(power -> {
          throw SupercargoException.user(
              function + " is never called for an agent: " + power.consequence(),
              "Do it by hand if it has to be.");
        });
  }

  private static AbiValue value(String function, int index, AbiType type, String text) {
    try {
      AbiValue value = ArgumentReader.read(type, text);
      AbiWriter.encode(List.of(type), List.of(value));
      return value;
    } catch (IllegalArgumentException wrong) {
      throw SupercargoException.user(
          "Argument "
              + (index + 1)
              + " of "
              + function
              + " is no "
              + type.name()
              + ": "
              + wrong.getMessage(),
          "Give it in the form of its type.");
    }
  }
}
