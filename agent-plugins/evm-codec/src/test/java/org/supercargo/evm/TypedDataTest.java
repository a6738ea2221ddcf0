package org.supercargo.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;

class TypedDataTest {
  private static final List<String> DOMAIN_FIELDS =
      List.of("name", "version", "chainId", "verifyingContract", "salt");
  private static final String WHOLE_DOMAIN =
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

  private static Map<String, List<StructTypes.Field>> declared(String... declarations) {
    var structs = new LinkedHashMap<String, List<StructTypes.Field>>();
    for (String declaration : declarations) {
      int open = declaration.indexOf('(');
      var fields = new ArrayList<StructTypes.Field>();
      String list = declaration.substring(open + 1, declaration.length() - 1);
      for (String field : list.split(",", -1)) {
        int space = field.indexOf(' ');
        fields.add(new StructTypes.Field(field.substring(space + 1), field.substring(0, space)));
      }
      structs.put(declaration.substring(0, open), fields);
    }
    return structs;
  }

  private static StructTypes types(String... declarations) {
    return StructTypes.of(declared(declarations));
  }

  private static TypedValue value(String type, String text) {
    return TypedValue.of(ArgumentReader.read(AbiTypeParser.type(type), text));
  }

  private static TypedValue.Struct struct(Object... namesAndValues) {
    var members = new LinkedHashMap<String, TypedValue>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], (TypedValue) namesAndValues[i + 1]);
    }
    return new TypedValue.Struct(members);
  }

  private static TypedData mail() {
    return new TypedData(
        types(
            WHOLE_DOMAIN,
            "Person(string name,address wallet)",
            "Mail(Person from,Person to,string contents)"),
        "Mail",
        struct(
            "name", value("string", "Ether Mail"),
            "version", value("string", "1"),
            "chainId", value("uint256", "1"),
            "verifyingContract", value("address", "0xcccccccccccccccccccccccccccccccccccccccc")),
        struct(
            "from",
            struct(
                "name", value("string", "Cow"),
                "wallet", value("address", "0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826")),
            "to",
            struct(
                "name", value("string", "Bob"),
                "wallet", value("address", "0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")),
            "contents",
            value("string", "Hello, Bob!")));
  }

  /// The example of EIP-712, with every hash its test prints.
  @Test
  void the_mail_of_the_standard_has_the_standards_hashes() {
    TypedData mail = mail();
    assertThat(mail.types().encodeType("Mail"))
        .isEqualTo("Mail(Person from,Person to,string contents)Person(string name,address wallet)");
    assertThat(mail.types().typeHash("Mail").hex())
        .isEqualTo("a0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2");
    assertThat(mail.domainSeparator().hex())
        .isEqualTo("f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
    assertThat(mail.messageHash().hex())
        .isEqualTo("c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e");
    assertThat(mail.signingHash().hex())
        .isEqualTo("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
  }

  static List<PublishedCase> published() {
    return PublishedCase.all("typed-data.txt");
  }

  @ParameterizedTest
  @MethodSource("published")
  void published_cases_have_their_published_hashes(PublishedCase published) {
    Map<String, List<StructTypes.Field>> structs =
        declared(published.values("struct").toArray(String[]::new));
    var domainFields = new ArrayList<StructTypes.Field>();
    var domain = new LinkedHashMap<String, TypedValue>();
    for (String name : DOMAIN_FIELDS) {
      for (String text : published.values(name)) {
        String type =
            switch (name) {
              case "chainId" -> "uint256";
              case "verifyingContract" -> "address";
              case "salt" -> "bytes32";
              default -> "string";
            };
        domainFields.add(new StructTypes.Field(name, type));
        domain.put(name, value(type, text));
      }
    }
    String primary = published.one("primary");
    String abiType = abiType(structs, primary);
    AbiValue message = ArgumentReader.read(AbiTypeParser.type(abiType), published.one("message"));
    TypedValue named = named(structs, primary, message);
    structs.put("EIP712Domain", domainFields);
    var data =
        new TypedData(
            StructTypes.of(structs),
            primary,
            new TypedValue.Struct(domain),
            (TypedValue.Struct) named);
    assertThat(data.signingHash().hex()).isEqualTo(published.one("digest"));
  }

  /// The struct as a tuple of the ABI, in which the message is written down.
  private static String abiType(Map<String, List<StructTypes.Field>> structs, String type) {
    int bracket = type.indexOf('[');
    String element = bracket < 0 ? type : type.substring(0, bracket);
    List<StructTypes.Field> fields = structs.get(element);
    if (fields == null) {
      return type;
    }
    var members = fields.stream().map(field -> abiType(structs, field.type())).toList();
    return "(" + String.join(",", members) + ")" + type.substring(element.length());
  }

  private static TypedValue named(
      Map<String, List<StructTypes.Field>> structs, String type, AbiValue value) {
    if (!(value instanceof AbiValue.Sequence(List<AbiValue> values))) {
      return TypedValue.of(value);
    }
    if (type.endsWith("]")) {
      String element = type.substring(0, type.lastIndexOf('['));
      return new TypedValue.Items(
          values.stream().map(each -> named(structs, element, each)).toList());
    }
    var members = new LinkedHashMap<String, TypedValue>();
    List<StructTypes.Field> fields = structs.getOrDefault(type, List.of());
    for (int i = 0; i < fields.size(); i++) {
      members.put(fields.get(i).name(), named(structs, fields.get(i).type(), values.get(i)));
    }
    return new TypedValue.Struct(members);
  }

  @ParameterizedTest
  @CsvSource({
    "uint8, 256, 256 is no uint8",
    "uint256, -1, -1 is no uint256",
    "int8, 128, 128 is no int8",
    "int8, -129, -129 is no int8",
    "bytes4, 0x010203, 3 bytes are no bytes4",
    "bytes32, 0x" + "00" + ", 1 bytes are no bytes32"
  })
  void values_out_of_their_types_range_are_refused(String type, String text, String complaint) {
    assertRefused(
        () -> one(type, value(type, text)).signingHash(), "is wrong at M.m: " + complaint);
  }

  @Test
  void values_of_other_types_are_refused() {
    assertRefused(() -> one("uint8", value("bool", "true")).signingHash(), "where uint8 belongs");
    assertRefused(() -> one("uint8", struct()).signingHash(), "a value of another type at M.m");
    assertRefused(
        () -> one("uint8[]", value("uint8", "1")).signingHash(), "a value of another type at M.m");
    assertRefused(
        () -> one("uint8[2]", TypedValue.items(value("uint8", "1"))).signingHash(),
        "has 1 elements at M.m instead of 2");
    assertRefused(
        () ->
            one(
                    "uint8[][]",
                    TypedValue.items(TypedValue.items(value("uint8", "1"), value("uint16", "999"))))
                .signingHash(),
        "is wrong at M.m[0][1]");
    assertRefused(
        () -> one("string", TypedValue.of(new AbiValue.Text("\udc00"))).signingHash(), "UTF-8");
  }

  @Test
  void a_missing_or_an_unknown_member_is_refused() {
    TypedData mail = mail();
    assertRefused(
        () -> mail.hashStruct("Person", struct("name", value("string", "Cow"))),
        "lacks the member Person.wallet");
    assertRefused(
        () ->
            mail.hashStruct(
                "Person",
                struct(
                    "name", value("string", "Cow"),
                    "wallet", value("address", "0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826"),
                    "age", value("uint8", "7"))),
        "has the unknown member Person.age");
    assertRefused(() -> mail.hashStruct("Letter", struct()), "has no struct \"Letter\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uint",
        "int",
        "byte",
        "uint7",
        "uint264",
        "bytes33",
        "bytes0",
        "fixed128x18",
        "function",
        "Person",
        "person",
        "uint256[0]",
        "uint256[",
        "uint256[]]",
        "(uint256)",
        "address payable",
        ""
      })
  void unknown_types_are_refused(String type) {
    assertRefused(
        () -> StructTypes.of(Map.of("M", List.of(new StructTypes.Field("m", type)))),
        "uses the unknown type \"" + type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A(A a) | has the struct A within itself",
        "A(A[] a) | has the struct A within itself",
        "A(uint8 a,uint8 a) | wrongly or twice",
        "A(uint8 1a) | wrongly or twice",
        "uint256(uint8 a) | which is no name for one",
        "bytes(uint8 a) | which is no name for one",
        "A b(uint8 a) | which is no name for one"
      })
  void structs_without_an_end_or_with_wrong_names_are_refused(String struct, String complaint) {
    assertRefused(() -> types(struct), complaint);
  }

  @Test
  void structs_that_contain_each_other_are_refused() {
    assertRefused(() -> types("A(B b)", "B(C[3] c)", "C(A a)"), "within itself");
    assertThat(types("A(B b,B c)", "B(C c)", "C(uint8 d)").encodeType("A"))
        .isEqualTo("A(B b,B c)B(C c)C(uint8 d)");
  }

  @Test
  void structs_that_are_used_over_and_over_are_looked_at_once() {
    var structs = new LinkedHashMap<String, List<StructTypes.Field>>();
    for (int i = 0; i < 49; i++) {
      List<StructTypes.Field> both =
          List.of(
              new StructTypes.Field("a", "A" + (i + 1)), new StructTypes.Field("b", "B" + (i + 1)));
      structs.put("A" + i, both);
      structs.put("B" + i, both);
    }
    structs.put("A49", List.of(new StructTypes.Field("a", "bool")));
    structs.put("B49", List.of(new StructTypes.Field("b", "bool")));
    assertThat(StructTypes.of(structs).encodeType("A0")).endsWith("B9(A10 a,B10 b)");
    structs.put("C", List.of());
    assertRefused(() -> StructTypes.of(structs), "has 101 structs, more than 100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EIP712Domain(string version,string name)",
        "EIP712Domain(string name,uint256 version)",
        "EIP712Domain(string name,address owner)",
        "EIP712Domain(string title)"
      })
  void a_domain_has_the_standards_members_in_the_standards_order(String domain) {
    assertRefused(
        () -> new TypedData(types(domain, "M(uint8 m)"), "M", struct(), struct()),
        "a domain with other members");
  }

  @Test
  void a_domain_and_a_primary_type_are_needed() {
    assertRefused(
        () -> new TypedData(types("M(uint8 m)"), "M", struct(), struct()),
        "has no struct \"EIP712Domain\"");
    assertRefused(
        () -> new TypedData(types(WHOLE_DOMAIN), "M", struct(), struct()), "has no struct \"M\"");
    assertRefused(
        () ->
            new TypedData(
                StructTypes.of(
                    Map.of(
                        "EIP712Domain", List.of(),
                        "M", List.of(new StructTypes.Field("m", "uint8")))),
                "M",
                struct(),
                struct()),
        "a domain with other members");
  }

  @Test
  void an_empty_array_and_empty_bytes_are_values() {
    Bytes empty = one("uint8[]", TypedValue.items()).messageHash();
    assertThat(empty)
        .isNotEqualTo(one("uint8[]", TypedValue.items(value("uint8", "0"))).messageHash());
    assertThat(one("bytes", value("bytes", "0x")).messageHash())
        .isNotEqualTo(one("bytes", value("bytes", "0x00")).messageHash());
  }

  private static TypedData one(String type, TypedValue value) {
    return new TypedData(
        types("EIP712Domain(string name)", "M(" + type + " m)"),
        "M",
        struct("name", value("string", "test")),
        struct("m", value));
  }

  private static void assertRefused(ThrowingCallable call, String complaint) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SupercargoException.class,
            refusal -> {
              assertThat(refusal.category()).isEqualTo(SupercargoException.Category.USER);
              assertThat(refusal.what()).contains(complaint);
            });
  }
}
