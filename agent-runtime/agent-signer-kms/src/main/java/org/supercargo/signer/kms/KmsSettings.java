package org.supercargo.signer.kms;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/// How AWS KMS is reached.
///
/// @param region for keys whose names tell none; empty for the one the environment tells
/// @param endpoint in place of the region's own
/// @param credentials asked before every request
record KmsSettings(
    Optional<Region> region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
  /// As all AWS programs find them: system properties, environment, `~/.aws`, or the machine's own
  /// role.
  ///
  /// Source:
  /// <https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html>.
  static KmsSettings ofEnvironment() {
    return new KmsSettings(
        Optional.empty(), Optional.empty(), DefaultCredentialsProvider.builder().build());
  }
}
