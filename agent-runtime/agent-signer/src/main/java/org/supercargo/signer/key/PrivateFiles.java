package org.supercargo.signer.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.supercargo.api.SupercargoException;

/// Files and directories that only their owner may open.
public final class PrivateFiles {
  /// Permissions 0600.
  public static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private PrivateFiles() {}

  /// Makes the directory and its missing parents with permissions 0700, or checks that an existing
  /// one keeps everyone else out.
  ///
  /// @throws SupercargoException of category USER if others may enter it
  public static void directory(Path directory) {
    try {
      Files.createDirectories(directory, DIRECTORY);
      requireClosed(directory, "chmod 700");
    } catch (FileAlreadyExistsException e) {
      throw SupercargoException.user(directory + " is not a directory", "Name a directory.");
    } catch (IOException e) {
      throw failure("The directory " + directory + " cannot be made", e);
    }
  }

  /// @throws SupercargoException of category USER if others may read the file, if it is longer than
  ///   `most` bytes, or if it cannot be read
  public static byte[] read(Path file, int most) {
    try (InputStream in = Files.newInputStream(file)) {
      requireClosed(file);
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw SupercargoException.user(
            file + " is longer than " + most + " bytes", "Name the right file.");
      }
      return content;
    } catch (IOException e) {
      throw failure(file + " cannot be read", e);
    }
  }

  /// Writes a file that does not exist yet. After a crash it is there whole or not at all, and it
  /// never replaces another.
  ///
  /// @throws SupercargoException of category USER if it exists
  public static void writeNew(Path file, byte[] content) {
    Path directory = parent(file);
    try {
      Path temporary = Files.createTempFile(directory, ".new-", ".tmp", FILE);
      try {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          ByteBuffer rest = ByteBuffer.wrap(content);
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
          channel.force(true);
        }
        // A rename would silently replace a file that appeared meanwhile; a second name cannot.
        Files.createLink(file, temporary);
      } finally {
        Files.delete(temporary);
      }
      forceDirectoryOf(file);
    } catch (FileAlreadyExistsException e) {
      throw SupercargoException.user(
          file + " exists already", "Choose another name; nothing is overwritten.");
    } catch (IOException e) {
      throw failure(file + " cannot be written", e);
    }
  }

  /// Makes the name of a file survive a power failure.
  public static void forceDirectoryOf(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(parent(file), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// @throws SupercargoException of category USER if others may open the file
  public static void requireClosed(Path file) throws IOException {
    requireClosed(file, "chmod 600");
  }

  private static void requireClosed(Path path, String command) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw SupercargoException.user(
          path + " is open to other users (" + PosixFilePermissions.toString(permissions) + ")",
          "Close it with " + command + " and think about who may have read it.");
    }
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw SupercargoException.user(file + " has no directory", "Name a file.");
    }
    return parent;
  }

  /// Why a file operation failed, for people.
  public static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> "access to " + denied.getFile() + " is denied";
      default -> {
        String message = cause.getMessage();
        yield message == null ? cause.getClass().getSimpleName() : message;
      }
    };
  }

  private static SupercargoException failure(String what, IOException cause) {
    return new SupercargoException(
        SupercargoException.Category.USER,
        what + ": " + reason(cause),
        "Check the path, its owner and the space on the disk.",
        cause);
  }
}
