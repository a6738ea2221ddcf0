package org.supercargo.signer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.supercargo.api.Bytes;

class DerSignatureTest {
  private static Bytes parse(String hex) {
    return DerSignature.parse(Bytes.fromHex(hex).toArray());
  }

  private static String hex(BigInteger number) {
    return "%064x".formatted(number);
  }

  @ParameterizedTest
  @CsvSource({
    "3006020101020102, 1, 2",
    "300702020080020101, 128, 1",
    "300802020100020200ff, 256, 255",
    "3006020100020100, 0, 0"
  })
  void numbers_are_read_in_their_shortest_form(String der, int r, int s) {
    assertThat(parse(der).hex()).isEqualTo(hex(BigInteger.valueOf(r)) + hex(BigInteger.valueOf(s)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3000",
        "3006020101",
        "300602010102",
        "30060201010201",
        "300302010a",
        // Something after the end, within and beyond the stated length.
        "300602010102010200",
        "30070201010201020000",
        "30080201010201020500",
        "3009020101020102020103",
        // Lengths that lie, and lengths in other forms.
        "3005020101020102",
        "3007020101020102",
        "308106020101020102",
        "30820006020101020102",
        "3080020101020102",
        "3080020101020102" + "0000",
        "300702810101020102",
        "3006020001020102",
        "3006020201020102",
        "30060201010202" + "02",
        // Not the shortest form, negative, empty.
        "300702020001020102",
        "30080202000102020002",
        "3006020181020102",
        "30060201010201ff",
        "30050200020102",
        "30050201010200",
        "3004" + "02000200",
        // Other tags.
        "3106020101020102",
        "2006020101020102",
        "3006030101020102",
        "3006020101040102",
        "3006420101020102",
        "a006020101020102"
      })
  void anything_else_is_refused(String hex) {
    assertThatThrownBy(() -> parse(hex)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbers_above_32_bytes_are_refused_and_the_largest_are_read() {
    String largest = "0221" + "00" + "ff".repeat(32);
    assertThat(parse("3046" + largest + largest).hex()).isEqualTo("ff".repeat(64));
    for (String long33 :
        new String[] {"0221" + "01" + "00".repeat(32), "0222" + "00" + "80" + "00".repeat(32)}) {
      String body = long33 + "020101";
      assertThatThrownBy(() -> parse("30%02x%s".formatted(body.length() / 2, body)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void random_signatures_are_read_as_another_library_writes_them() {
    long seed = 3279;
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var r = new BigInteger(random.nextInt(257), random);
      var s = new BigInteger(random.nextInt(257), random);
      assertThat(DerSignature.parse(LoopbackKms.der(r, s)).hex())
          .as("round %s of seed %s", round, seed)
          .isEqualTo(hex(r) + hex(s));
    }
  }

  /// What is read writes back to the same bytes: there is no second encoding.
  @Test
  void random_changes_are_refused_or_are_another_signature_in_its_only_form() throws Exception {
    long seed = 690;
    var random = new Random(seed);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] der = LoopbackKms.der(new BigInteger(256, random), new BigInteger(256, random));
      byte[] changed = random.nextInt(4) == 0 ? LoopbackKms.cut(der) : der;
      for (int change = random.nextInt(3); change >= 0; change--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Bytes both;
      try {
        both = DerSignature.parse(changed);
      } catch (IllegalArgumentException e) {
        continue;
      }
      read++;
      byte[] numbers = both.toArray();
      assertThat(
              LoopbackKms.der(
                  new BigInteger(1, numbers, 0, 32), new BigInteger(1, numbers, 32, 32)))
          .as("round %s of seed %s", round, seed)
          .isEqualTo(changed);
      var sequence = (ASN1Sequence) ASN1Primitive.fromByteArray(changed);
      assertThat(ASN1Integer.getInstance(sequence.getObjectAt(1)).getPositiveValue())
          .isEqualTo(new BigInteger(1, Arrays.copyOfRange(numbers, 32, 64)));
    }
    assertThat(read).as("changes of the numbers alone").isBetween(8_000, 16_000);
  }
}
