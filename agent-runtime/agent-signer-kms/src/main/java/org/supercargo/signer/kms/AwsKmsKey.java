package org.supercargo.signer.kms;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.supercargo.api.Bytes;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.RemoteSigner;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// One key in AWS KMS.
final class AwsKmsKey implements RemoteSigner {
  /// What KMS signs without hashing it first. A Solana transaction has 1,232 bytes at the most.
  private static final int LONGEST_MESSAGE = 4096;

  private static final int HASH_SIZE = 32;
  private static final int ED25519_SIGNATURE_SIZE = 64;

  /// Ends a request whose caller is long gone.
  private static final Duration SOCKET = Duration.ofSeconds(10);

  private final String key;
  private final KeyType type;
  private final AwsCredentialsProvider credentials;
  private final KmsClient client;

  AwsKmsKey(String key, KeyType type, KmsSettings settings) {
    this.key = key;
    this.type = type;
    this.credentials = settings.credentials();
    KmsClientBuilder builder =
        KmsClient.builder()
            .credentialsProvider(settings.credentials())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(SOCKET).socketTimeout(SOCKET))
            // Whoever asks decides whether to ask again; two who decide would multiply.
            .overrideConfiguration(
                chosen -> chosen.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    settings.region().ifPresent(builder::region);
    settings.endpoint().ifPresent(builder::endpointOverride);
    client = builder.build();
  }

  @Override
  public Bytes publicKey(Duration deadline) {
    GetPublicKeyResponse answer =
        ask(() ->
            client.getPublicKey(
                request -> request.keyId(key).overrideConfiguration(within(deadline))));
    if (answer.keySpec() != spec() || answer.keyUsage() != KeyUsageType.SIGN_VERIFY) {
      throw SupercargoException.user(
          "The key in AWS KMS is of another kind or for another use",
          "Name one of the kind " + spec() + " whose use is SIGN_VERIFY.");
    }
    byte[] encoded = content(answer.publicKey());
    return read(() ->
        switch (type) {
          case ED25519 -> PublicKeyInfo.ed25519(encoded);
          case SECP256K1 -> PublicKeyInfo.secp256k1(encoded);
        });
  }

  @Override
  public Bytes sign(Bytes payload, Duration deadline) {
    return switch (type) {
      case ED25519 -> {
        if (payload.size() > LONGEST_MESSAGE) {
          throw new IllegalArgumentException(
              "AWS KMS signs at most " + LONGEST_MESSAGE + " bytes, not " + payload.size());
        }
        byte[] signature =
            sign(payload, SigningAlgorithmSpec.ED25519_SHA_512, MessageType.RAW, deadline);
        yield read(() -> {
          if (signature.length != ED25519_SIGNATURE_SIZE) {
            throw new IllegalArgumentException("an Ed25519 signature has 64 bytes");
          }
          return Bytes.of(signature);
        });
      }
      case SECP256K1 -> {
        if (payload.size() != HASH_SIZE) {
          throw new IllegalArgumentException("a hash has 32 bytes, not " + payload.size());
        }
        byte[] signature =
            sign(payload, SigningAlgorithmSpec.ECDSA_SHA_256, MessageType.DIGEST, deadline);
        yield read(() -> DerSignature.parse(signature));
      }
    };
  }

  private byte[] sign(
      Bytes payload, SigningAlgorithmSpec algorithm, MessageType messageType, Duration deadline) {
    SignResponse answer =
        ask(() ->
            client.sign(request ->
                request
                    .keyId(key)
                    .message(SdkBytes.fromByteArray(payload.toArray()))
                    .messageType(messageType)
                    .signingAlgorithm(algorithm)
                    .overrideConfiguration(within(deadline))));
    if (answer.signingAlgorithm() != algorithm) {
      throw KmsFailure.garbage();
    }
    return content(answer.signature());
  }

  private KeySpec spec() {
    return switch (type) {
      case ED25519 -> KeySpec.ECC_NIST_EDWARDS25519;
      case SECP256K1 -> KeySpec.ECC_SECG_P256_K1;
    };
  }

  private static AwsRequestOverrideConfiguration within(Duration deadline) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(deadline)
        .apiCallAttemptTimeout(deadline)
        .build();
  }

  /// The exceptions of the client stay here: they quote accounts and keys.
  private <T> T ask(Supplier<T> request) {
    try {
      credentials.resolveCredentials();
    } catch (SdkException e) {
      throw KmsFailure.noCredentials();
    }
    try {
      return request.get();
    } catch (SdkException e) {
      throw KmsFailure.of(e);
    }
  }

  private static byte[] content(@Nullable SdkBytes bytes) {
    return bytes == null ? new byte[0] : bytes.asByteArray();
  }

  private static Bytes read(Supplier<Bytes> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw KmsFailure.garbage();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
