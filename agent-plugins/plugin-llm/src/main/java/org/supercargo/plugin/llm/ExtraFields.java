package org.supercargo.plugin.llm;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.supercargo.api.SupercargoException;

/// Fields every request of a provider carries besides the conversation.
///
/// @param userField the field for [#userId()]
/// @param userId names a tenant, never an agent: providers keep apart what they cache and schedule
///   by it, and a prefix shared by many agents should be cached once; up to 512 bytes, empty for
///   none
/// @param fixed a JSON object the provider's preset sends
/// @param own a JSON object the owner adds; what it names wins over `fixed`
public record ExtraFields(String userField, String userId, String fixed, String own) {
  private static final int LONGEST_USER_ID = 512;

  public static final ExtraFields NONE = new ExtraFields("user", "", "{}", "{}");

  public ExtraFields {
    requireNonNull(userField, "userField is null");
    requireNonNull(fixed, "fixed is null");
    requireNonNull(own, "own is null");
    if (userId.getBytes(StandardCharsets.UTF_8).length > LONGEST_USER_ID) {
      throw SupercargoException.user(
          "The user id sent to a model provider is longer than " + LONGEST_USER_ID + " bytes",
          "Use a short name for the tenant.");
    }
  }

  public ExtraFields withUserField(String field) {
    return new ExtraFields(field, userId, fixed, own);
  }

  public ExtraFields withUserId(String id) {
    return new ExtraFields(userField, id, fixed, own);
  }

  public ExtraFields withFixed(String json) {
    return new ExtraFields(userField, userId, json, own);
  }

  public ExtraFields withOwn(String json) {
    return new ExtraFields(userField, userId, fixed, json);
  }
}
