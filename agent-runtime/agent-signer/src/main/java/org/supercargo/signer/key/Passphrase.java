package org.supercargo.signer.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import org.supercargo.api.SupercargoException;

/// What opens the key store. Overwritten when closed, never shown.
public final class Passphrase implements AutoCloseable {
  private static final int LONGEST = 1024;
  private static final int SHORTEST_TYPED = 12;
  private static final int RANDOM_SIZE = 32;

  private final byte[] secret;

  private Passphrase(byte[] secret) {
    this.secret = secret;
  }

  /// @param content copied without its line end; the caller overwrites its own
  /// @throws SupercargoException of category USER if it is empty or longer than 1024 bytes
  public static Passphrase of(byte[] content) {
    int end = content.length;
    while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
      end--;
    }
    if (end == 0 || end > LONGEST) {
      throw SupercargoException.user(
          end == 0 ? "The passphrase is empty" : "The passphrase is too long",
          "Use 12 to " + LONGEST + " bytes.");
    }
    return new Passphrase(Arrays.copyOf(content, end));
  }

  /// Reads `passphrase` in the signer's home, and makes one of 32 random bytes if there is none.
  ///
  /// @param notice told in one line when a passphrase was made
  public static Passphrase ofHome(Path home, SecureRandom random, Consumer<String> notice) {
    Path file = home.resolve("passphrase");
    if (!Files.exists(file)) {
      byte[] content = random(random);
      try {
        PrivateFiles.writeNew(file, content);
      } finally {
        Arrays.fill(content, (byte) 0);
      }
      notice.accept(
          "Made a random passphrase in "
              + file
              + ". Keep a copy elsewhere: without it the keys cannot be opened.");
    }
    return ofFile(file);
  }

  /// @throws SupercargoException of category USER if others may read the file or it cannot be read
  public static Passphrase ofFile(Path file) {
    byte[] content = PrivateFiles.read(file, LONGEST + 2);
    try {
      return of(content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /// What a person typed, or a program wrote in a person's place.
  ///
  /// @param typed overwritten before this returns
  /// @throws SupercargoException of category USER for fewer than 12 bytes
  public static Passphrase typed(char[] typed) {
    // No character takes more than three bytes in UTF-8, or two of them four.
    byte[] space = new byte[3 * typed.length];
    ByteBuffer encoded = ByteBuffer.wrap(space);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(typed), encoded, true);
    byte[] bytes = Arrays.copyOf(space, encoded.position());
    try {
      return longEnough(bytes);
    } finally {
      Arrays.fill(typed, ' ');
      Arrays.fill(space, (byte) 0);
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// Reads one line and leaves the rest of the input alone.
  ///
  /// @throws SupercargoException of category USER for fewer than 12 bytes
  public static Passphrase firstLine(InputStream input) {
    byte[] line = line(input);
    try {
      return longEnough(line);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private static Passphrase longEnough(byte[] typed) {
    if (typed.length < SHORTEST_TYPED) {
      throw SupercargoException.user(
          "The passphrase is shorter than " + SHORTEST_TYPED + " bytes", "Type a longer one.");
    }
    return of(typed);
  }

  private static byte[] line(InputStream input) {
    byte[] buffer = new byte[LONGEST + 1];
    int size = 0;
    try {
      int next = input.read();
      while (next >= 0 && next != '\n' && size < buffer.length) {
        buffer[size++] = (byte) next;
        next = input.read();
      }
      return Arrays.copyOf(buffer, size);
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The passphrase cannot be read from the standard input",
          "Give it as the first line.",
          e);
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private static byte[] random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_SIZE];
    random.nextBytes(bytes);
    byte[] text = Base64.getEncoder().encode(bytes);
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(text, (byte) 0);
    return line;
  }

  /// The secret itself, not a copy: never changed, never kept by the caller.
  public byte[] secret() {
    return secret;
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "passphrase";
  }
}
