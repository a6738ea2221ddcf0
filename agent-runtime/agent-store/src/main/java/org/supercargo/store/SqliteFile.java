package org.supercargo.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.supercargo.api.SupercargoException;

/// Opens SQLite files.
///
/// One connection writes and a few read: SQLite has one writer, and a second connection would wait
/// in the database where a thread can wait in the pool. In WAL mode readers and the writer do not
/// wait for each other, and `synchronous=FULL` puts every commit on the disk before it returns
/// (source: [WAL](https://www.sqlite.org/wal.html)).
///
/// Other processes of the same machine may have the file open too. Every writing transaction begins
/// as one (`begin immediate`), so it waits for its turn before it reads anything and never fails
/// halfway; one whose process is killed leaves no trace.
final class SqliteFile {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
  private static final Duration TURN_WAIT = Duration.ofSeconds(30);
  private static final int READERS = 4;

  private SqliteFile() {}

  static Database open(Path file) {
    return open(file, LOCK_WAIT);
  }

  /// @param lockWait how long to wait for another process that holds the file locked
  static Database open(Path file, Duration lockWait) {
    Path absolute = file.toAbsolutePath();
    create(absolute);
    var dialect = new SqliteDialect(absolute);
    var source = source(absolute, TransactionMode.IMMEDIATE, lockWait);
    requireDurable(source, dialect);
    new Schema(dialect, source, null).bringUpToDate();
    return new Database(
        dialect,
        new HikariDataSource(pool("writer of " + absolute, source, 1)),
        new HikariDataSource(readers(absolute, lockWait)));
  }

  private static void create(Path file) {
    if (file.toString().indexOf('?') >= 0) {
      throw SupercargoException.user(
          file + " has a question mark, which SQLite's driver reads as the end of the name",
          "Name another file.");
    }
    if (Files.isDirectory(file)) {
      throw SupercargoException.user(file + " is a folder", "Name a file in it.");
    }
    try {
      createForOwner(file);
    } catch (FileAlreadyExistsException _) {
      // Whether it is a database is found out when it is opened.
    } catch (IOException e) {
      throw new SupercargoException(
          SupercargoException.Category.USER,
          "The SQLite file " + file + " cannot be created",
          "Check that its folder exists and is writable.",
          e);
    }
  }

  private static void createForOwner(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(file);
      return;
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    // The new name itself has to survive a power cut.
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static SQLiteDataSource source(Path file, TransactionMode mode, Duration lockWait) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(mode);
    config.setBusyTimeout(Math.toIntExact(lockWait.toMillis()));
    config.enforceForeignKeys(true);
    config.setGetGeneratedKeys(false);
    var source =
        new SQLiteDataSource(config) {
          @Override
          public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
              throws SQLException {
            SQLiteConnection connection = super.getConnection(user, password);
            SqliteArithmetic.teach(connection);
            BusyHandler.setHandler(connection, new ShortWaits(lockWait));
            return connection;
          }
        };
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /// Waits for another process's transaction to end. SQLite's own waits grow to a tenth of a
  /// second, and the pauses of an agent that is busy are shorter: a person's decision would find
  /// the file locked each time it looks.
  private static final class ShortWaits extends BusyHandler {
    private static final long LOOK_AGAIN = Duration.ofMillis(1).toNanos();

    private final Duration longest;
    private long since;

    ShortWaits(Duration longest) {
      this.longest = longest;
    }

    /// @param looks how often it was found locked before, this time
    /// @return 0 to give up
    @Override
    protected int callback(int looks) {
      if (looks == 0) {
        since = System.nanoTime();
      }
      if (System.nanoTime() - since > longest.toNanos()) {
        return 0;
      }
      LockSupport.parkNanos(LOOK_AGAIN);
      return 1;
    }
  }

  private static void requireDurable(SQLiteDataSource source, SqliteDialect dialect) {
    try (Connection connection = source.getConnection()) {
      String journal = pragma(connection, "journal_mode");
      if (!journal.equals("wal") || !pragma(connection, "synchronous").equals("2")) {
        throw SupercargoException.user(
            dialect.place()
                + " cannot keep a write-ahead log (its journal mode is "
                + journal
                + ")",
            "Put the file on a local disk.");
      }
    } catch (SQLException e) {
      throw dialect.explain(e);
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery("pragma " + name)) {
      return answer.next() ? answer.getString(1) : "unknown";
    }
  }

  private static HikariConfig readers(Path file, Duration lockWait) {
    HikariConfig config =
        pool("readers of " + file, source(file, TransactionMode.DEFERRED, lockWait), READERS);
    config.setConnectionInitSql("pragma query_only = on");
    return config;
  }

  private static HikariConfig pool(String name, SQLiteDataSource source, int size) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(TURN_WAIT.toMillis());
    return config;
  }
}
