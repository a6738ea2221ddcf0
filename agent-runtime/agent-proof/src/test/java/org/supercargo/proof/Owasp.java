package org.supercargo.proof;

/// Source: [OWASP Top 10 for Agentic
/// Applications](https://genai.owasp.org/resource/owasp-top-10-for-agentic-applications-for-2026/).
public enum Owasp {
  ASI01("goal hijack"),
  ASI02("tool misuse"),
  ASI03("identity and privilege abuse"),
  ASI04("supply chain"),
  ASI05("unexpected code execution"),
  ASI06("memory and context poisoning"),
  ASI07("insecure communication between agents"),
  ASI08("cascading failures"),
  ASI09("abuse of a person's trust"),
  ASI10("rogue agents");

  private final String risk;

  Owasp(String risk) {
    this.risk = risk;
  }

  public String risk() {
    return risk;
  }
}
