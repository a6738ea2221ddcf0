package org.supercargo.evm;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.evm.StructTypes.FieldType;
import org.supercargo.evm.StructTypes.Member;

/// Typed data and the hash a key signs for it: `keccak256(0x19 0x01 || domainSeparator ||
/// hashStruct(message))`.
///
/// Every member must be there and nothing else. Source:
/// [EIP-712](https://eips.ethereum.org/EIPS/eip-712).
///
/// @param types with the struct `EIP712Domain` among them
/// @param primaryType the message's struct
public record TypedData(
    StructTypes types, String primaryType, TypedValue.Struct domain, TypedValue.Struct message) {
  private static final String DOMAIN = "EIP712Domain";

  /// What a domain may have, in this order.
  private static final List<StructTypes.Field> DOMAIN_FIELDS =
      List.of(
          new StructTypes.Field("name", "string"),
          new StructTypes.Field("version", "string"),
          new StructTypes.Field("chainId", "uint256"),
          new StructTypes.Field("verifyingContract", "address"),
          new StructTypes.Field("salt", "bytes32"));

  /// @throws SupercargoException of category USER if the domain has other members than the standard
  ///   knows, or in another order, or the primary type is none of the structs
  public TypedData {
    List<StructTypes.Field> declared =
        types.members(DOMAIN).stream()
            .map(member -> new StructTypes.Field(member.name(), member.typeName()))
            .toList();
    if (!declared.equals(DOMAIN_FIELDS.stream().filter(declared::contains).toList())
        || declared.isEmpty()) {
      throw StructTypes.wrong("has a domain with other members than the standard knows");
    }
    types.members(primaryType);
  }

  /// The hash of the domain, 32 bytes.
  public Bytes domainSeparator() {
    return hashStruct(DOMAIN, domain);
  }

  /// The hash of the message, 32 bytes.
  public Bytes messageHash() {
    return hashStruct(primaryType, message);
  }

  /// What a key signs, 32 bytes.
  ///
  /// @throws SupercargoException of category USER if a member is missing, unknown, of another type,
  ///   or out of its type's range
  public Bytes signingHash() {
    var preimage = new ByteArrayOutputStream();
    preimage.write(0x19);
    preimage.write(0x01);
    preimage.writeBytes(domainSeparator().toArray());
    preimage.writeBytes(messageHash().toArray());
    return Keccak256.hash(Bytes.of(preimage.toByteArray()));
  }

  /// The hash of one value of a struct, 32 bytes.
  ///
  /// @throws SupercargoException as [#signingHash()]
  public Bytes hashStruct(String struct, TypedValue.Struct value) {
    List<Member> members = types.members(struct);
    Map<String, TypedValue> values = value.members();
    var unknown = new TreeSet<>(values.keySet());
    members.forEach(member -> unknown.remove(member.name()));
    if (!unknown.isEmpty()) {
      throw StructTypes.wrong("has the unknown member " + struct + "." + unknown.getFirst());
    }
    var encoded = new ByteArrayOutputStream();
    encoded.writeBytes(types.typeHash(struct).toArray());
    for (Member member : members) {
      String path = struct + "." + member.name();
      TypedValue own = values.get(member.name());
      if (own == null) {
        throw StructTypes.wrong("lacks the member " + path);
      }
      encoded.writeBytes(word(path, member.type(), own));
    }
    return Keccak256.hash(Bytes.of(encoded.toByteArray()));
  }

  private byte[] word(String path, FieldType type, TypedValue value) {
    return switch (type) {
      case FieldType.Elementary(AbiType elementary)
          when value instanceof TypedValue.Single(AbiValue single) ->
          word(path, elementary, single);
      case FieldType.Structure(String name) when value instanceof TypedValue.Struct struct ->
          hashStruct(name, struct).toArray();
      case FieldType.Array array when value instanceof TypedValue.Items(List<TypedValue> items) ->
          hash(path, array, items);
      case FieldType.Elementary _, FieldType.Structure _, FieldType.Array _ ->
          throw StructTypes.wrong("has a value of another type at " + path);
    };
  }

  private byte[] hash(String path, FieldType.Array array, List<TypedValue> items) {
    Integer length = array.length();
    if (length != null && length != items.size()) {
      throw StructTypes.wrong(
          "has " + items.size() + " elements at " + path + " instead of " + length);
    }
    var encoded = new ByteArrayOutputStream();
    for (int i = 0; i < items.size(); i++) {
      encoded.writeBytes(word(path + "[" + i + "]", array.element(), items.get(i)));
    }
    return Keccak256.hash(Bytes.of(encoded.toByteArray())).toArray();
  }

  /// A number, an account, a flag and fixed bytes are a word; what has any length is hashed.
  private static byte[] word(String path, AbiType type, AbiValue value) {
    try {
      if (type instanceof AbiType.ByteString && value instanceof AbiValue.ByteString(Bytes bytes)) {
        return Keccak256.hash(bytes).toArray();
      }
      if (type instanceof AbiType.Text && value instanceof AbiValue.Text(String text)) {
        return Keccak256.hash(Bytes.of(AbiWriter.utf8(text))).toArray();
      }
      return AbiWriter.word(type, value);
    } catch (IllegalArgumentException wrong) {
      throw StructTypes.wrong("is wrong at " + path + ": " + wrong.getMessage());
    }
  }
}
