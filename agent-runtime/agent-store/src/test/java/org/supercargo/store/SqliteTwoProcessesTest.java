package org.supercargo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.supercargo.api.mandate.SignedApproval;

final class SqliteTwoProcessesTest {
  private static final int DECISIONS = 40;

  @TempDir private Path folder;

  @Test
  @Timeout(180)
  void a_person_decides_in_one_process_while_another_one_never_stops_writing() throws Exception {
    Path file = folder.resolve("agents.db");
    try (var store = SqlAgentStore.sqlite(file);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var lease = store.acquire(Rig.AGENT, "rig", Rig.NOW, Rig.MINUTE, 0).orElseThrow();
      assertThat(store.<Boolean>transact(lease, Rig::ask)).isTrue();
      var deciding = new AtomicBoolean(true);
      var written =
          executor.submit(() -> {
            long number = 0;
            while (deciding.get()) {
              long next = ++number;
              store.<Boolean>transact(lease, transaction -> Rig.write(transaction, next));
            }
            return number;
          });
      int acknowledged = decideAndKill(file);
      deciding.set(false);
      long last = written.get(30, TimeUnit.SECONDS);
      assertThat(store.<Boolean>transact(lease, t -> Rig.write(t, last + 1))).isTrue();
      List<String> approvers =
          store.<List<SignedApproval>>read(view -> view.approvals(Rig.asked().id())).stream()
              .map(SignedApproval::approver)
              .toList();
      assertThat(approvers).hasSizeGreaterThanOrEqualTo(acknowledged).doesNotHaveDuplicates();
      assertThat(approvers.getLast()).isEqualTo("person " + approvers.size());
      assertThat(store.<Long>read(view -> view.lastTick(Rig.AGENT))).isEqualTo(last + 1);
      System.out.printf("%d decisions and %d transactions at once%n", acknowledged, last);
    }
  }

  /// @return how many decisions the process acknowledged before it was killed
  private static int decideAndKill(Path file) throws Exception {
    Process process = OtherProcess.start(DecidingPerson.class, file);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        BufferedReader complaints = process.errorReader(StandardCharsets.UTF_8)) {
      int last = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Integer.parseInt(line);
        if (last == DECISIONS) {
          process.toHandle().destroyForcibly();
        }
      }
      assertThat(complaints.lines().toList()).as("what the process printed as errors").isEmpty();
      assertThat(last).isGreaterThanOrEqualTo(DECISIONS);
      return last;
    } finally {
      process.destroyForcibly();
    }
  }
}
