/// Language models behind LangChain4j, each reply read into a typed outcome. The only package that
/// knows LangChain4j.
@NullMarked
package org.supercargo.plugin.langchain4j;

import org.jspecify.annotations.NullMarked;
