package org.supercargo.evm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

/// The structs that typed data is made of.
///
/// Structs that contain themselves are refused, because the standard does not say how their values
/// are encoded. Source: [EIP-712](https://eips.ethereum.org/EIPS/eip-712).
public final class StructTypes {
  private static final int MOST = 100;
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,99}");
  private static final Pattern ARRAY = Pattern.compile("(.*)\\[([1-9][0-9]{0,3})?]");
  private static final Pattern ELEMENTARY =
      Pattern.compile("u?int[0-9]*|bytes[0-9]*|address|bool|string|u?fixed[0-9x]*|function|byte");

  /// A member of a struct.
  ///
  /// @param type an elementary type, a struct's name, or either with `[]` or `[n]` behind it
  public record Field(String name, String type) {}

  /// What a field's type means.
  sealed interface FieldType {
    record Elementary(AbiType type) implements FieldType {}

    record Structure(String name) implements FieldType {}

    /// @param length null when the value says it
    record Array(FieldType element, @Nullable Integer length) implements FieldType {}
  }

  /// A field whose type has been read.
  record Member(String name, String typeName, FieldType type) {}

  private final Map<String, List<Member>> structs = new LinkedHashMap<>();

  private StructTypes(Map<String, List<Field>> declared) {
    if (declared.size() > MOST) {
      throw wrong("has " + declared.size() + " structs, more than " + MOST);
    }
    declared.forEach((name, fields) -> {
      if (!IDENTIFIER.matcher(name).matches() || ELEMENTARY.matcher(name).matches()) {
        throw wrong("calls a struct \"" + name + "\", which is no name for one");
      }
      structs.put(name, members(name, fields, declared.keySet()));
    });
    var finite = new HashSet<String>();
    declared.keySet().forEach(name -> requireFinite(name, new HashSet<>(), finite));
  }

  /// @throws SupercargoException of category USER if a type is unknown, a name is no identifier or
  ///   stands twice, or a struct contains itself
  public static StructTypes of(Map<String, List<Field>> structs) {
    return new StructTypes(structs);
  }

  private static List<Member> members(String struct, List<Field> fields, Set<String> structs) {
    var names = new HashSet<String>();
    var members = new ArrayList<Member>();
    for (Field field : fields) {
      if (!IDENTIFIER.matcher(field.name()).matches() || !names.add(field.name())) {
        throw wrong("names a member of " + struct + " \"" + field.name() + "\" wrongly or twice");
      }
      members.add(new Member(field.name(), field.type(), type(struct, field.type(), structs, 0)));
    }
    return List.copyOf(members);
  }

  private static FieldType type(String struct, String name, Set<String> structs, int dimensions) {
    Matcher array = ARRAY.matcher(name);
    if (array.matches() && dimensions < 8) {
      Integer length = array.group(2) == null ? null : Integer.valueOf(array.group(2));
      return new FieldType.Array(type(struct, array.group(1), structs, dimensions + 1), length);
    }
    if (structs.contains(name)) {
      return new FieldType.Structure(name);
    }
    try {
      AbiType type = AbiTypeParser.type(name);
      if (!(type instanceof AbiType.Tuple)) {
        return new FieldType.Elementary(type);
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw wrong("uses the unknown type \"" + name + "\" in " + struct);
  }

  /// @param within the structs around this one, outermost first
  /// @param finite the structs that are known to end
  private void requireFinite(String name, Set<String> within, Set<String> finite) {
    if (finite.contains(name)) {
      return;
    }
    if (!within.add(name)) {
      throw wrong("has the struct " + name + " within itself");
    }
    referenced(name).forEach(other -> requireFinite(other, within, finite));
    within.remove(name);
    finite.add(name);
  }

  private Set<String> referenced(String struct) {
    var names = new TreeSet<String>();
    for (Member member : members(struct)) {
      FieldType type = member.type();
      while (type instanceof FieldType.Array(FieldType element, _)) {
        type = element;
      }
      if (type instanceof FieldType.Structure(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  boolean contains(String struct) {
    return structs.containsKey(struct);
  }

  List<Member> members(String struct) {
    List<Member> members = structs.get(struct);
    if (members == null) {
      throw wrong("has no struct \"" + struct + "\"");
    }
    return members;
  }

  /// The struct and all it refers to, such as `Mail(Person from,Person to)Person(string name)`.
  public String encodeType(String struct) {
    var others = new TreeSet<String>();
    collect(struct, others);
    others.remove(struct);
    return declaration(struct)
        + others.stream().map(this::declaration).collect(Collectors.joining());
  }

  private void collect(String struct, Set<String> found) {
    if (found.add(struct)) {
      referenced(struct).forEach(other -> collect(other, found));
    }
  }

  private String declaration(String struct) {
    return members(struct).stream()
        .map(member -> member.typeName() + " " + member.name())
        .collect(Collectors.joining(",", struct + "(", ")"));
  }

  /// The hash that stands for the struct in its values' encoding, 32 bytes.
  public Bytes typeHash(String struct) {
    return Keccak256.hash(Bytes.of(encodeType(struct).getBytes(StandardCharsets.US_ASCII)));
  }

  static SupercargoException wrong(String what) {
    return SupercargoException.user(
        "The typed data " + what, "Check it against EIP-712 and the contract it is for.");
  }
}
