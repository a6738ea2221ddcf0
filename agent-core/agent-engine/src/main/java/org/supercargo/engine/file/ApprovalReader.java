package org.supercargo.engine.file;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.supercargo.api.Bytes;
import org.supercargo.api.mandate.ApprovalTerms;

/// Reads who may approve, and what a rule asks of them.
///
/// @param approvers Ed25519 public keys by name
record ApprovalReader(Map<String, Bytes> approvers) {
  private static final Duration LAPSE = Duration.ofHours(24);
  private static final Duration LONGEST = Duration.ofDays(60);

  static ApprovalReader of(YamlPlace place) {
    var approvers = new LinkedHashMap<String, Bytes>();
    place
        .entries()
        .forEach((name, value) -> {
          PlainName.word(value, name, "the name of an approver");
          Bytes key = value.read(Ed25519Key::parse).bytes();
          // One person with two names could make a quorum alone.
          if (approvers.containsValue(key)) {
            throw value.error("two approvers have the same key", "Give each a key of their own.");
          }
          approvers.put(name, key);
        });
    if (approvers.isEmpty()) {
      throw place.error("there are no approvers", "Name one, or remove the key.");
    }
    return new ApprovalReader(approvers);
  }

  ApprovalTerms terms(YamlPlace place, Map<String, YamlPlace> fields) {
    YamlPlace by = fields.get("by");
    if (by == null) {
      throw place.error(
          "the rule does not say whose approval it asks for",
          approvers.isEmpty()
              ? "Add \"approvers: { name: \\\"ed25519:...\\\" }\" to the mandate and \"by: [name]\"."
              : "Add \"by: [" + String.join(", ", approvers.keySet()) + "]\".");
    }
    Set<String> names = names(by);
    YamlPlace quorum = fields.get("quorum");
    if (quorum == null && names.size() > 1) {
      throw place.error(
          "the rule names " + names.size() + " approvers and does not say how many are needed",
          "Add \"quorum: 1\" for any of them, or \"quorum: " + names.size() + "\" for all.");
    }
    return new ApprovalTerms(
        names,
        quorum == null ? 1 : Measures.whole(quorum, quorum.text(), 1, names.size()),
        time(fields, "delay", Duration.ZERO, Duration.ZERO),
        time(fields, "lapse", LAPSE, Duration.ofMinutes(1)));
  }

  private Set<String> names(YamlPlace by) {
    var names = new LinkedHashSet<String>();
    for (YamlPlace item : by.items()) {
      if (!approvers.containsKey(item.text())) {
        throw item.error(
            "\"" + item.text() + "\" is no approver of this mandate",
            approvers.isEmpty()
                ? "Add it to the mandate's approvers."
                : "Known: " + String.join(", ", approvers.keySet()) + ".");
      }
      item.requireNew(names.add(item.text()) ? null : item, item.text());
    }
    return names;
  }

  private static Duration time(
      Map<String, YamlPlace> fields, String key, Duration otherwise, Duration least) {
    YamlPlace place = fields.get(key);
    return place == null ? otherwise : Measures.time(place, least, LONGEST);
  }
}
