package org.supercargo.cli.kill;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.supercargo.api.Bytes;
import org.supercargo.api.model.Attestation;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatRequest;
import org.supercargo.api.model.ModelBackend;
import org.supercargo.api.model.ModelCard;

/// A real backend around whose calls the process may die.
final class MortalModel implements ModelBackend {
  private final ModelBackend backend;
  private final CrashPlan plan;
  private final AtomicInteger calls = new AtomicInteger();

  MortalModel(ModelBackend backend, CrashPlan plan) {
    this.backend = backend;
    this.plan = plan;
  }

  /// How often this process has asked it.
  int calls() {
    return calls.get();
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public List<ModelCard> cards() {
    return backend.cards();
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    calls.incrementAndGet();
    return plan.around("chat", () -> backend.chat(request));
  }

  @Override
  public Optional<Attestation> attest(String model, Bytes nonce) {
    return backend.attest(model, nonce);
  }
}
