package org.supercargo.plugin.llm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.model.Effort;

/// Known providers of the chat completions protocol, each as a [Dialect].
public enum Preset {
  /// [DeepSeek](https://api-docs.deepseek.com), thinking switched on and replies streamed.
  DEEPSEEK("deepseek"),
  /// [Venice](https://docs.venice.ai), without its own prompt and its web search; its enclaves are
  /// asked encrypted.
  VENICE("venice"),
  /// [OpenAI](https://platform.openai.com/docs/api-reference/chat). Its models and prices have to
  /// be configured.
  OPENAI("openai"),
  /// [Ollama](https://docs.ollama.com/openai)'s chat completions on this machine.
  OLLAMA("ollama"),
  /// [llama.cpp](https://github.com/ggml-org/llama.cpp/tree/master/tools/server)'s server on this
  /// machine.
  LLAMA_CPP("llama.cpp"),
  /// [vLLM](https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html) on this machine.
  VLLM("vllm"),
  /// [OpenRouter](https://openrouter.ai/docs/api-reference/chat-completion), asked for what each
  /// call cost and for hosts that keep nothing. Its models and prices have to be configured.
  OPENROUTER("openrouter"),
  /// Any other server with the protocol and none of its extensions.
  OPENAI_COMPATIBLE("openai-compatible");

  private static final List<String> REASONING_CONTENT = List.of("reasoning_content");

  private final String word;

  Preset(String word) {
    this.word = word;
  }

  /// The name configurations use.
  public String word() {
    return word;
  }

  public Dialect dialect() {
    return switch (this) {
      case DEEPSEEK -> deepSeek();
      case VENICE -> venice();
      case OPENAI -> openAi();
      case OLLAMA -> local(11434, List.of("reasoning", "reasoning_content"));
      case LLAMA_CPP -> local(8080, REASONING_CONTENT);
      case VLLM -> local(8000, List.of("reasoning", "reasoning_content"));
      case OPENROUTER -> openRouter();
      case OPENAI_COMPATIBLE -> compatible();
    };
  }

  /// @throws SupercargoException of category USER when there is none of that name
  public static Preset named(String word) {
    return Arrays.stream(values())
        .filter(preset -> preset.word.equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            SupercargoException.user(
                "There is no model preset \"" + word + "\"",
                "Use one of "
                    + Arrays.stream(values()).map(Preset::word).collect(Collectors.joining(", "))
                    + "."));
  }

  /// Sources: [thinking mode](https://api-docs.deepseek.com/guides/thinking_mode), [strict
  /// tools](https://api-docs.deepseek.com/guides/tool_calls), [user
  /// ids](https://api-docs.deepseek.com/quick_start/rate_limit).
  private static Dialect deepSeek() {
    var thinking =
        new Thinking(
            Thinking.Control.SWITCH,
            Map.of(Effort.LOW, "low", Effort.HIGH, "high", Effort.MAX, "max"),
            Effort.DEFAULT,
            false,
            REASONING_CONTENT,
            true,
            false);
    return new Dialect(
        "deepseek",
        Endpoint.of("https://api.deepseek.com", "DEEPSEEK_API_KEY"),
        Wire.PLAIN.withStream(true).withStrictPath("/beta"),
        thinking,
        ExtraFields.NONE.withUserField("user_id"),
        Waiting.PATIENT,
        PublishedCards.deepSeek(),
        Map.of(
            "deepseek-chat", "Use deepseek-flash with effort none.",
            "deepseek-reasoner", "Use deepseek-flash."));
  }

  /// Source: [parameters](https://docs.venice.ai/api-reference/api-spec).
  private static Dialect venice() {
    return new Dialect(
        "venice",
        Endpoint.of("https://api.venice.ai/api/v1", "VENICE_API_KEY"),
        Wire.PLAIN.withStream(true).withLengthField("max_completion_tokens").withEncryption(true),
        effort(REASONING_CONTENT),
        ExtraFields.NONE.withFixed(
            """
            {"venice_parameters": {"include_venice_system_prompt": false,
             "enable_web_search": "off"}}
            """),
        Waiting.PATIENT,
        PublishedCards.venice(),
        Map.of());
  }

  private static Dialect openAi() {
    return new Dialect(
        "openai",
        Endpoint.of("https://api.openai.com/v1", "OPENAI_API_KEY"),
        Wire.PLAIN.withStream(true).withLengthField("max_completion_tokens").withStrict(true),
        effort(List.of()),
        ExtraFields.NONE.withUserField("safety_identifier"),
        Waiting.PATIENT,
        List.of(),
        Map.of());
  }

  private static Dialect openRouter() {
    var thinking =
        new Thinking(
            Thinking.Control.OBJECT,
            efforts(),
            Effort.DEFAULT,
            false,
            List.of("reasoning"),
            false,
            false);
    return new Dialect(
        "openrouter",
        Endpoint.of("https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        Wire.PLAIN.withStream(true).withBilled(true),
        thinking,
        ExtraFields.NONE.withFixed(
            """
            {"usage": {"include": true},
             "provider": {"data_collection": "deny", "require_parameters": true}}
            """),
        Waiting.PATIENT,
        List.of(),
        Map.of());
  }

  private Dialect local(int port, List<String> reasoning) {
    return new Dialect(
        word,
        Endpoint.of("http://127.0.0.1:" + port + "/v1", ""),
        Wire.PLAIN.withStream(true),
        Thinking.UNKNOWN.withFields(reasoning),
        ExtraFields.NONE,
        Waiting.PATIENT,
        List.of(),
        Map.of());
  }

  private static Dialect compatible() {
    return new Dialect(
        "openai-compatible",
        Endpoint.of("http://127.0.0.1:8080/v1", ""),
        Wire.PLAIN,
        Thinking.UNKNOWN,
        ExtraFields.NONE,
        Waiting.PATIENT,
        List.of(),
        Map.of());
  }

  private static Thinking effort(List<String> fields) {
    return new Thinking(
        Thinking.Control.EFFORT, efforts(), Effort.DEFAULT, false, fields, false, false);
  }

  /// The words all models behind these providers share.
  private static Map<Effort, String> efforts() {
    return Map.of(Effort.NONE, "none", Effort.LOW, "low", Effort.HIGH, "high", Effort.MAX, "high");
  }
}
