package org.supercargo.examples.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.supercargo.api.action.ActionSpec;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.agent.AgentSpec;
import org.supercargo.api.asset.Address;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.model.ChatMessage;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.engine.action.ActionRegistry;
import org.supercargo.engine.action.Admission;
import org.supercargo.engine.action.AgentVocabulary;
import org.supercargo.engine.file.AgentFile;
import org.supercargo.plugin.offline.OfflineModel;

class PayrollTest {
  private static final String GOAL = "pay alice the salary of 12.5 USDC";

  private static final String AGENT =
      """
      agent: clerk
      purpose: Pays salaries.
      plugins: [payroll]
      wallets: { solana: clerk }
      address-book:
        alice: { solana: 3VTKDoBvXa2C6eezZM4mLFHL6yUVBg6MBPk39kSw5KQv }
      mandate:
        expires: 2028-12-31
        fees: { solana: { per-transaction: 0.01 SOL, rolling: 0.2 SOL per 24h } }
        rules:
          - { name: salaries, allow: transfer, chains: solana, assets: USDC, payees: alice, per-transaction: 20 USDC }
      """;

  private final AgentSpec clerk =
      AgentFile.parse(
              "clerk.yaml", AGENT.getBytes(java.nio.charset.StandardCharsets.UTF_8), Address::new)
          .spec();
  private final AgentVocabulary vocabulary = new AgentVocabulary(clerk, Address::new);
  private final ActionRegistry actions = ActionRegistry.of(List.of(new Payroll()), vocabulary);

  @Test
  void a_sentence_like_its_example_becomes_a_proposed_transfer() {
    var request = new ChatRequest("", List.of(new ChatMessage.Owner(GOAL)), actions.specs());
    var reply = (ChatReply.Calls) new OfflineModel().chat(request);
    var decision =
        new Admission(actions, vocabulary, clerk.limits(), GOAL).admit(reply.calls().getFirst());
    var admitted = (Admission.Decision.Admitted) decision;
    assertThat(admitted.invocation().run())
        .isInstanceOfSatisfying(
            Intent.Transfer.class,
            transfer ->
                assertThat(transfer.summary()).isEqualTo("pay 12.5 USDC to alice on solana"));
  }

  @Test
  void the_return_type_makes_it_an_effect() {
    assertThat(actions.specs())
        .singleElement()
        .extracting(ActionSpec::kind)
        .isEqualTo(ActionSpec.Kind.EFFECT);
  }

  @Test
  void it_is_found_as_a_service() {
    assertThat(ServiceLoader.load(Plugin.class)).hasOnlyElementsOfType(Payroll.class).hasSize(1);
  }

  @Test
  void the_readme_shows_this_very_class() throws IOException {
    Path home = Path.of(System.getProperty("supercargo.home"));
    String source =
        Files.readString(
            home.resolve(
                "examples/payroll-plugin/src/main/java/org/supercargo/examples/payroll/Payroll.java"));
    String body = source.substring(source.indexOf("public final class"));
    assertThat(Files.readString(home.resolve("README.md"))).contains(body.strip());
  }
}
