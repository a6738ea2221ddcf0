package org.supercargo.signer.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.SupercargoException;
import org.supercargo.engine.json.DomainJson;

/// One line of the log: a JSON object whose last member is the SHA-256 of all bytes before that
/// member, and whose second member is the hash of the line before.
///
/// @param previous 64 zeros in the first line
record LogLine(long sequence, String previous, SigningRecord record, String hash) {
  static final String FIRST = "0".repeat(64);
  private static final byte[] HASH_START = ",\"hash\":\"".getBytes(US_ASCII);
  private static final byte[] HASH_END = "\"}".getBytes(US_ASCII);
  private static final int HASH_SIZE = 64;

  static LogLine of(long sequence, String previous, SigningRecord record, DomainJson json) {
    return new LogLine(sequence, previous, record, hash(body(sequence, previous, record, json)));
  }

  /// Without the line end.
  byte[] bytes(DomainJson json) {
    byte[] body = body(sequence, previous, record, json);
    byte[] tail = (",\"hash\":\"" + hash + "\"}").getBytes(US_ASCII);
    byte[] line = Arrays.copyOf(body, body.length + tail.length);
    System.arraycopy(tail, 0, line, body.length, tail.length);
    return line;
  }

  /// Null unless the bytes are exactly the line that follows `previous`.
  static @Nullable LogLine read(byte[] line, long sequence, String previous, DomainJson json) {
    int bodySize = line.length - HASH_START.length - HASH_SIZE - HASH_END.length;
    if (bodySize <= 0
        || !matches(line, bodySize, HASH_START)
        || !matches(line, line.length - HASH_END.length, HASH_END)) {
      return null;
    }
    byte[] body = Arrays.copyOf(line, bodySize);
    String stated = new String(line, bodySize + HASH_START.length, HASH_SIZE, US_ASCII);
    if (!hash(body).equals(stated) || !matches(line, 0, start(sequence, previous))) {
      return null;
    }
    try {
      return json.read(new String(line, UTF_8), LogLine.class);
    } catch (SupercargoException e) {
      return null;
    }
  }

  /// How the line with this sequence begins.
  static byte[] start(long sequence, String previous) {
    return ("{\"sequence\":" + sequence + ",\"previous\":\"" + previous + "\",\"record\":{")
        .getBytes(US_ASCII);
  }

  private static byte[] body(
      long sequence, String previous, SigningRecord record, DomainJson json) {
    byte[] start = start(sequence, previous);
    byte[] content = json.write(record).getBytes(UTF_8);
    // Both end and begin with the record's opening brace.
    byte[] body = Arrays.copyOf(start, start.length + content.length - 1);
    System.arraycopy(content, 1, body, start.length, content.length - 1);
    return body;
  }

  private static boolean matches(byte[] line, int at, byte[] part) {
    return at + part.length <= line.length
        && Arrays.equals(line, at, at + part.length, part, 0, part.length);
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw SupercargoException.bug("This JDK has no SHA-256", e);
    }
  }
}
