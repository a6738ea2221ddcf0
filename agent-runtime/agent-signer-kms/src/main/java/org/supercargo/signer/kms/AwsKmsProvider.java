package org.supercargo.signer.kms;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.supercargo.api.SupercargoException;
import org.supercargo.signer.key.KeyType;
import org.supercargo.signer.key.RemoteSigner;
import org.supercargo.signer.key.RemoteSignerProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/// Reaches keys in AWS KMS by key id, alias, or the ARN of either, such as
/// `aws-kms:alias/treasurer`. A key for Solana is of the kind `ECC_NIST_EDWARDS25519`, one for EVM
/// chains `ECC_SECG_P256K1`; its use is `SIGN_VERIFY`.
///
/// The signer's role needs `kms:GetPublicKey` and `kms:Sign` on the key and nothing else. Region,
/// credentials and endpoint are found as in all AWS programs; an ARN tells the region itself.
///
/// Source: [Sign](https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html) and
/// [GetPublicKey](https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html).
public final class AwsKmsProvider implements RemoteSignerProvider {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9:/_-]{1,512}");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]{1,30}):[0-9]{12}:(key|alias)/.+");

  private final KmsSettings settings;

  /// For [java.util.ServiceLoader].
  public AwsKmsProvider() {
    this(KmsSettings.ofEnvironment());
  }

  AwsKmsProvider(KmsSettings settings) {
    this.settings = settings;
  }

  @Override
  public String scheme() {
    return "aws-kms";
  }

  @Override
  public RemoteSigner open(String key, KeyType type) {
    Matcher arn = ARN.matcher(key);
    boolean isArn = arn.matches();
    if (!NAME.matcher(key).matches() || (key.startsWith("arn:") && !isArn)) {
      throw SupercargoException.user(
          "This is not the name of a key in AWS KMS",
          "Give its id, alias/ and its alias, or its ARN.");
    }
    KmsSettings chosen =
        isArn
            ? new KmsSettings(
                Optional.of(Region.of(arn.group(1))), settings.endpoint(), settings.credentials())
            : settings;
    try {
      return new AwsKmsKey(key, type, chosen);
    } catch (SdkException e) {
      throw SupercargoException.user(
          "The settings for AWS are not complete",
          "Set AWS_REGION, or name the key by its ARN, which tells the region.");
    }
  }
}
