package org.supercargo.plugin.llm;

/// DeepSeek with replies in one piece.
class WholeDeepSeekConformanceTest extends StreamedDeepSeekConformanceTest {
  @Override
  protected boolean streams() {
    return false;
  }
}
