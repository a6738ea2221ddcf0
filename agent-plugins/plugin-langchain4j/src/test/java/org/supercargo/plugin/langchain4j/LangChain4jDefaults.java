package org.supercargo.plugin.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.supercargo.testkit.model.BackendClient;
import org.supercargo.testkit.model.ModelClient;
import org.supercargo.testkit.model.ModelFailureCase;
import org.supercargo.testkit.model.ModelTask;
import org.supercargo.testkit.model.Observed;
import org.supercargo.testkit.model.Scene;
import org.supercargo.testkit.model.StagedProvider;
import org.supercargo.testkit.model.Verdict;

/// LangChain4j as its documentation shows it: its chat completions client and its loop of tools,
/// nothing set but the address, the key, the model and the time-out.
///
/// As a program it plays every failure case and prints one line for each.
final class LangChain4jDefaults implements ModelClient {
  /// Long after every deadline of a case and every repetition of LangChain4j's own.
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  interface Assistant {
    @SystemMessage(ModelTask.INSTRUCTIONS)
    String ask(String question);
  }

  interface StreamedAssistant {
    @SystemMessage(ModelTask.INSTRUCTIONS)
    TokenStream ask(String question);
  }

  /// The task's two actions as tools.
  public static final class Tools {
    private final Actions actions;

    Tools(Actions actions) {
      this.actions = actions;
    }

    @Tool("Shows what the wallet holds")
    public String balances() {
      return actions.run(ModelTask.BALANCES, "{}");
    }

    @Tool("Pays somebody")
    public String transfer(String payee, String amount) {
      return actions.run(
          ModelTask.TRANSFER, Json.write(Json.object().put("payee", payee).put("amount", amount)));
    }
  }

  @Override
  public Observed run(Scene scene, Actions actions) throws Exception {
    var task =
        new FutureTask<>(() -> scene.streamed() ? streamed(scene, actions) : whole(scene, actions));
    Thread.ofVirtual().start(task);
    try {
      return Observed.answered(String.valueOf(task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)));
    } catch (ExecutionException failed) {
      return Observed.threw(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException endless) {
      task.cancel(true);
      return Observed.threw(endless);
    }
  }

  /// One exchange, in one line.
  String line(URI baseUrl, Duration deadline, boolean streamed) {
    var ran = new java.util.ArrayList<String>();
    long began = System.nanoTime();
    String ended;
    try {
      var scene =
          new Scene(
              baseUrl, deadline, deadline, streamed, org.supercargo.api.model.ChatOptions.DEFAULT);
      Observed observed =
          run(
              scene,
              (action, arguments) -> {
                ran.add(action);
                return ModelTask.result(action);
              });
      ended = observed.kind() + " " + observed.type() + " \"" + observed.text() + "\"";
    } catch (Exception thrown) {
      ended = "THREW " + thrown;
    }
    long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
    return (ended + "; tools run " + ran.size() + " times; " + took + " ms")
        .replaceAll("\\s+", " ");
  }

  private static String whole(Scene scene, Actions actions) {
    var model =
        OpenAiChatModel.builder()
            .baseUrl(scene.baseUrl().toString())
            .apiKey("sk-defaults")
            .modelName("deepseek-chat")
            .timeout(scene.deadline())
            .build();
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .tools(new Tools(actions))
        .build()
        .ask(ModelTask.QUESTION);
  }

  private static String streamed(Scene scene, Actions actions) throws Exception {
    var model =
        OpenAiStreamingChatModel.builder()
            .baseUrl(scene.baseUrl().toString())
            .apiKey("sk-defaults")
            .modelName("deepseek-chat")
            .timeout(scene.deadline())
            .build();
    var answer = new CompletableFuture<ChatResponse>();
    AiServices.builder(StreamedAssistant.class)
        .streamingChatModel(model)
        .tools(new Tools(actions))
        .build()
        .ask(ModelTask.QUESTION)
        .onPartialResponse(word -> {})
        .onCompleteResponse(answer::complete)
        .onError(answer::completeExceptionally)
        .start();
    return answer.get().aiMessage().text();
  }

  /// Prints what came of every case: by itself in both forms of the protocol, and behind the
  /// adapter in the one it has.
  public static void main(String[] arguments) {
    try (var provider = new StagedProvider()) {
      for (boolean streamed : List.of(false, true)) {
        for (ModelFailureCase failure : ModelFailureCase.all(streamed)) {
          print(
              streamed ? "defaults streamed" : "defaults plain",
              provider.play(failure, streamed, new LangChain4jDefaults()));
        }
      }
      for (ModelFailureCase failure : ModelFailureCase.all(false)) {
        print(
            "adapter plain",
            provider.play(failure, false, new BackendClient(ComparisonTest::adapted)));
      }
    }
  }

  private static void print(String client, Verdict verdict) {
    System.out.println(client + ": " + verdict.toString().replaceAll("\\s+", " "));
  }
}
