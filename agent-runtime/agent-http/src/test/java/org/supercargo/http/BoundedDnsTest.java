package org.supercargo.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedDnsTest {
  @Test
  void a_resolver_that_hangs_is_left_behind_at_the_limit() {
    var never = new CountDownLatch(1);
    var dns =
        new BoundedDns(
            hostname -> {
              try {
                never.await();
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              return List.of();
            },
            Duration.ofMillis(100));

    assertThatThrownBy(() -> dns.lookup("slow.example"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("slow.example was not resolved within 100 ms");
    never.countDown();
  }

  @Test
  void an_answer_is_passed_on() throws UnknownHostException {
    var loopback = List.of(InetAddress.getLoopbackAddress());

    assertThat(new BoundedDns(hostname -> loopback, Duration.ofSeconds(5)).lookup("a.example"))
        .isEqualTo(loopback);
  }

  @Test
  void an_unknown_name_stays_unknown() {
    var dns =
        new BoundedDns(
            hostname -> {
              throw new UnknownHostException(hostname);
            },
            Duration.ofSeconds(5));

    assertThatThrownBy(() -> dns.lookup("no.example"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("no.example is not known");
  }
}
