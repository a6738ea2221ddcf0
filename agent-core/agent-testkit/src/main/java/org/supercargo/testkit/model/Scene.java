package org.supercargo.testkit.model;

import java.net.URI;
import java.time.Duration;
import org.supercargo.api.model.ChatOptions;

/// What a [ModelClient] is given for one run.
///
/// @param baseUrl what `/chat/completions` is appended to
/// @param deadline how long one call of the model may take, however it is spent
/// @param idle how long nothing at all may arrive while a reply streams
/// @param streamed whether the client asks for replies piece by piece
/// @param options how replies are wanted
public record Scene(
    URI baseUrl, Duration deadline, Duration idle, boolean streamed, ChatOptions options) {}
