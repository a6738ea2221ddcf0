package org.supercargo.signer.kms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.supercargo.api.Bytes;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.SigningKey;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/// AWS KMS on the loopback address: protocol JSON 1.1, one key, answers as they are told.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html>, with the request
/// and response syntax of every operation.
final class LoopbackKms implements AutoCloseable {
  static final String ALIAS = "alias/treasurer";
  static final String ACCESS_KEY = "AKIDEXAMPLE";
  static final String SECRET_KEY = "a-secret-that-no-request-may-contain";
  static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final String ARN =
      "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
  private final URI endpoint;

  LoopbackKms() {
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + server.port());
  }

  /// Also after it was closed, when nothing listens there.
  URI endpoint() {
    return endpoint;
  }

  KmsSettings settings() {
    return new KmsSettings(
        Optional.of(Region.EU_CENTRAL_1),
        Optional.of(endpoint()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)));
  }

  static SigningKey key(KeyType type, int number) {
    return type.key(Bytes.fromHex("%064x".formatted(number)).toArray());
  }

  static String kind(KeyType type) {
    return switch (type) {
      case ED25519 -> "ECC_NIST_EDWARDS25519";
      case SECP256K1 -> "ECC_SECG_P256K1";
    };
  }

  static String algorithm(KeyType type) {
    return switch (type) {
      case ED25519 -> "ED25519_SHA_512";
      case SECP256K1 -> "ECDSA_SHA_256";
    };
  }

  /// A public key as X.509 has it, made by another library than the one that reads it.
  static byte[] publicKeyInfo(SigningKey key) {
    String publicKey = key.publicKey().hex();
    try {
      return switch (key.type()) {
        case ED25519 ->
            new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112")),
                    Bytes.fromHex(publicKey).toArray())
                .getEncoded();
        case SECP256K1 ->
            new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(
                        new ASN1ObjectIdentifier("1.2.840.10045.2.1"),
                        new ASN1ObjectIdentifier("1.3.132.0.10")),
                    Bytes.fromHex("04" + publicKey).toArray())
                .getEncoded();
      };
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A signature as KMS gives it: DER for secp256k1.
  static byte[] signature(SigningKey key, Bytes payload) {
    byte[] signature = key.sign(payload).toArray();
    return switch (key.type()) {
      case ED25519 -> signature;
      case SECP256K1 ->
          der(new BigInteger(1, signature, 0, 32), new BigInteger(1, signature, 32, 32));
    };
  }

  /// The same with the other s.
  static byte[] upperSignature(SigningKey key, Bytes hash) {
    byte[] signature = key.sign(hash).toArray();
    return der(
        new BigInteger(1, signature, 0, 32), ORDER.subtract(new BigInteger(1, signature, 32, 32)));
  }

  static byte[] der(BigInteger r, BigInteger s) {
    try {
      return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
          .getEncoded("DER");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void givesPublicKey(SigningKey key) {
    givesPublicKey(kind(key.type()), "SIGN_VERIFY", publicKeyInfo(key));
  }

  void givesPublicKey(String kind, String use, byte[] encoded) {
    answers(
        "GetPublicKey",
        """
        {"KeyId": "%s", "PublicKey": "%s", "CustomerMasterKeySpec": "%s", "KeySpec": "%s",
         "KeyUsage": "%s", "SigningAlgorithms": ["ECDSA_SHA_256"]}
        """
            .formatted(ARN, base64(encoded), kind, kind, use));
  }

  void givesSignature(KeyType type, byte[] signature) {
    givesSignature(algorithm(type), signature);
  }

  void givesSignature(String algorithm, byte[] signature) {
    answers(
        "Sign",
        """
        {"KeyId": "%s", "Signature": "%s", "SigningAlgorithm": "%s"}
        """
            .formatted(ARN, base64(signature), algorithm));
  }

  void answers(String operation, String body) {
    answers(operation, aResponse().withStatus(200).withBody(body));
  }

  void fails(String operation, int status, String code, String message) {
    answers(
        operation,
        aResponse()
            .withStatus(status)
            .withHeader("x-amzn-RequestId", "0d2a3b4c")
            .withBody("{\"__type\": \"%s\", \"message\": \"%s\"}".formatted(code, message)));
  }

  void breaksConnection(String operation) {
    answers(operation, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
  }

  void isSlow(String operation, int millis) {
    answers(operation, aResponse().withStatus(200).withFixedDelay(millis).withBody("{}"));
  }

  private void answers(String operation, ResponseDefinitionBuilder answer) {
    server.stubFor(
        post(urlEqualTo("/"))
            .withHeader("X-Amz-Target", equalTo("TrentService." + operation))
            .willReturn(answer.withHeader("Content-Type", "application/x-amz-json-1.1")));
  }

  /// Requires exactly `count` requests of this operation, each with exactly this body.
  void requireRequests(int count, String operation, String body) {
    server.verify(
        count,
        postRequestedFor(urlEqualTo("/"))
            .withHeader("X-Amz-Target", equalTo("TrentService." + operation))
            .withHeader("Content-Type", equalTo("application/x-amz-json-1.1"))
            .withHeader(
                "Authorization",
                matching(
                    "AWS4-HMAC-SHA256 Credential="
                        + ACCESS_KEY
                        + "/\\d{8}/\\S+/kms/aws4_request,"
                        + " SignedHeaders=\\S+, Signature=[0-9a-f]{64}"))
            .withRequestBody(equalToJson(body, false, false)));
    server.verify(count, postRequestedFor(urlEqualTo("/")));
  }

  List<LoggedRequest> requests() {
    return server.findAll(postRequestedFor(urlEqualTo("/")));
  }

  void forgetRequests() {
    server.resetRequests();
  }

  static String base64(byte[] content) {
    return Base64.getEncoder().encodeToString(content);
  }

  static byte[] cut(byte[] content) {
    return Arrays.copyOf(content, content.length - 1);
  }

  @Override
  public void close() {
    server.stop();
  }
}
