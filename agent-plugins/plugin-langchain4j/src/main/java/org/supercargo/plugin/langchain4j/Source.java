package org.supercargo.plugin.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Map;
import java.util.function.Supplier;
import org.supercargo.api.http.Http;
import org.supercargo.api.model.Effort;

/// Where the LangChain4j model comes from.
sealed interface Source {
  /// A model somebody else built. Its wire is not seen, its key not known.
  record Brought(ChatModel model) implements Source {}

  /// Models built here over our transport, one for each effort, because LangChain4j fixes that when
  /// a model is built.
  ///
  /// @param key asked at each call
  /// @param longestReply tokens when a request does not say
  record Built(
      Map<Effort, ChatModel> models,
      WireForm form,
      Http http,
      Supplier<String> key,
      int longestReply)
      implements Source {
    public Built {
      models = Map.copyOf(models);
    }
  }
}
