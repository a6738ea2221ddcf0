package org.supercargo.plugin.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.supercargo.api.SupercargoException;
import org.supercargo.api.http.HttpFailure;
import org.supercargo.api.model.ChatReply;
import org.supercargo.api.model.ChatReply.Failed;
import org.supercargo.api.model.ChatReply.Failure;
import org.supercargo.api.model.Usage;

/// Gives what a LangChain4j model throws its type. The status in it counts more than the class: one
/// class stands for 400, 402, 413 and 422 alike.
final class ThrownReader {
  private ThrownReader() {}

  static ChatReply read(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    Optional<HttpFailure> failure = first(chain, HttpFailure.class);
    if (failure.isPresent()) {
      return StatusReader.read(failure.get());
    }
    if (first(chain, ContentFilteredException.class).isPresent()) {
      return new ChatReply.Unusable(
          ChatReply.Defect.REFUSED, "stopped by the provider's filter", Usage.NONE);
    }
    Optional<HttpException> status = first(chain, HttpException.class);
    return status.isPresent()
        ? StatusReader.read(status.get().statusCode(), message(status.get()), null)
        : byClass(chain);
  }

  private static Failed byClass(List<Throwable> chain) {
    for (Throwable link : chain) {
      Optional<Failure> failure = failure(link);
      if (failure.isPresent()) {
        // A provider's words about a wrong key may quote it.
        String words = failure.get() == Failure.UNAUTHORISED ? "" : message(link);
        return failed(failure.get(), link, words);
      }
    }
    // What a defect in between says is not for messages: it may show what was sent.
    return failed(Failure.SERVER_ERROR, chain.getLast(), "");
  }

  private static Optional<Failure> failure(Throwable thrown) {
    return Optional.ofNullable(
        switch (thrown) {
          case AuthenticationException _ -> Failure.UNAUTHORISED;
          case RateLimitException _ -> Failure.RATE_LIMITED;
          case TimeoutException _ -> Failure.TIMED_OUT;
          case InternalServerException _ -> Failure.SERVER_ERROR;
          case ModelNotFoundException _ -> Failure.INVALID_REQUEST;
          case InvalidRequestException invalid ->
              StatusReader.read(400, message(invalid), null).failure();
          case UnsupportedFeatureException _ -> Failure.INVALID_REQUEST;
          case UnresolvedModelServerException _ -> Failure.UNREACHABLE;
          case UnresolvedAddressException _ -> Failure.UNREACHABLE;
          case ConnectException _ -> Failure.UNREACHABLE;
          case UnknownHostException _ -> Failure.UNREACHABLE;
          case HttpConnectTimeoutException _ -> Failure.UNREACHABLE;
          case HttpTimeoutException _ -> Failure.TIMED_OUT;
          case SocketTimeoutException _ -> Failure.TIMED_OUT;
          case InterruptedException _ -> Failure.CANCELLED;
          case SupercargoException refused
              when refused.category() == SupercargoException.Category.POLICY ->
              Failure.UNREACHABLE;
          case com.fasterxml.jackson.core.JacksonException _ -> Failure.SERVER_ERROR;
          case IOException _ -> Failure.BROKEN_OFF;
          default -> null;
        });
  }

  private static Failed failed(Failure failure, Throwable thrown, String words) {
    String name = thrown.getClass().getSimpleName();
    return new Failed(failure, words.isEmpty() ? name : name + ": " + words, null);
  }

  private static String message(Throwable thrown) {
    return thrown.getMessage() == null ? "" : thrown.getMessage();
  }

  private static <T> Optional<T> first(List<Throwable> chain, Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = thrown; link != null && chain.size() < 20; link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }
}
