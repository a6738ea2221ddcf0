package org.supercargo.signer.kms;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/// What a failure of AWS KMS means for the signer. Only the error's code is repeated: messages
/// quote accounts, roles and keys.
///
/// Source: the errors of [Sign](https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html)
/// and the [common ones](https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html).
final class KmsFailure {
  private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,64}");
  private static final Set<String> FOR_NOW =
      Set.of(
          "DependencyTimeoutException",
          "KeyUnavailableException",
          "KMSInternalException",
          "RequestTimeout",
          "RequestTimeoutException");
  private static final Set<String> STRANGERS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private KmsFailure() {}

  static SupercargoException of(SdkException failure) {
    return switch (failure) {
      case AwsServiceException refusal -> ofService(refusal);
      case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _, AbortedException _ ->
          SupercargoException.transientFailure(
              "AWS KMS did not answer in time", "Ask again; check the way to it.", null);
      default ->
          isOfNetwork(failure)
              ? SupercargoException.transientFailure(
                  "AWS KMS cannot be reached", "Check region, endpoint and network.", null)
              : garbage();
    };
  }

  private static SupercargoException ofService(AwsServiceException refusal) {
    String code = code(refusal);
    if (isForNow(refusal, code)) {
      return SupercargoException.transientFailure(
          "AWS KMS cannot sign right now (" + code + ")", "Ask again later.", null);
    }
    if (STRANGERS.contains(code)) {
      return SupercargoException.user(
          "AWS does not accept the signer's credentials (" + code + ")",
          "Renew them, and check the clock of the machine.");
    }
    return switch (code) {
      case "AccessDeniedException", "AccessDenied" ->
          SupercargoException.user(
              "AWS does not let the signer use the key (" + code + ")",
              "Allow kms:GetPublicKey and kms:Sign on the key to the signer's role.");
      case "DisabledException" ->
          SupercargoException.user(
              "The key is disabled in AWS KMS", "Enable it there, or link another key.");
      case "KMSInvalidStateException" ->
          SupercargoException.user(
              "The key in AWS KMS is in no state to sign (" + code + ")",
              "See in AWS KMS whether it is to be deleted, and cancel that if it is wrong.");
      case "NotFoundException", "InvalidArnException" ->
          SupercargoException.user(
              "AWS KMS has no such key (" + code + ")",
              "Check its name, the account and the region.");
      case "InvalidKeyUsageException", "UnsupportedOperationException", "ValidationException" ->
          SupercargoException.user(
              "The key in AWS KMS is not one for such signatures (" + code + ")",
              "Name one of the kind ECC_NIST_EDWARDS25519 for Solana or ECC_SECG_P256K1 for EVM"
                  + " chains whose use is SIGN_VERIFY.");
      default ->
          SupercargoException.external(
              "AWS KMS failed (" + code + ")", "Look the error up at AWS.", null);
    };
  }

  private static boolean isForNow(SdkServiceException refusal, String code) {
    return refusal.isThrottlingException()
        || refusal.statusCode() == 429
        || refusal.statusCode() >= 500
        || FOR_NOW.contains(code);
  }

  private static String code(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return code != null && CODE.matcher(code).matches()
        ? code
        : "HTTP status " + refusal.statusCode();
  }

  /// Whether the network failed. The client's reader of JSON complains with exceptions of its own
  /// that are of input too; theirs are no failures of the network.
  private static boolean isOfNetwork(Throwable failure) {
    for (Throwable each = failure.getCause(); each != null; each = each.getCause()) {
      if (each instanceof IOException && each.getClass().getName().startsWith("java")) {
        return true;
      }
    }
    return false;
  }

  static SupercargoException garbage() {
    return SupercargoException.external(
        "AWS KMS answered with something that makes no sense",
        "Find out what answers at its address before the key is used again.",
        null);
  }

  static SupercargoException noCredentials() {
    return SupercargoException.user(
        "There are no credentials for AWS",
        "Give the signer's user a role or a profile; see the AWS documentation on credentials.");
  }
}
