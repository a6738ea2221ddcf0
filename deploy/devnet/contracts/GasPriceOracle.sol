// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// Tells what a transaction pays for its place on the first layer. The parameters stand still here, and the data is taken as
/// incompressible, so a fee depends on the length alone. The devnet does not charge it.
contract GasPriceOracle {
    uint256 public constant decimals = 6;
    string public constant version = "supercargo-devnet-1";
    bool public constant isEcotone = true;
    bool public constant isFjord = true;
    bool public constant isIsthmus = true;

    uint256 public constant l1BaseFee = 500_000_000;
    uint256 public constant blobBaseFee = 1_000_000;
    uint32 public constant baseFeeScalar = 2_269;
    uint32 public constant blobBaseFeeScalar = 1_055_762;
    uint32 public constant operatorFeeScalar = 0;
    uint64 public constant operatorFeeConstant = 1_000_000;

    uint256 private constant SIGNATURE_BYTES = 68;
    int256 private constant SIZE_INTERCEPT = -42_585_600;
    int256 private constant SIZE_PER_BYTE = 836_500;
    int256 private constant SMALLEST_SIZE = 100_000_000;

    function getL1Fee(bytes calldata unsignedTransaction) external pure returns (uint256) {
        return _fee(unsignedTransaction.length);
    }

    function getL1FeeUpperBound(uint256 unsignedTransactionBytes) external pure returns (uint256) {
        return _fee(unsignedTransactionBytes + unsignedTransactionBytes / 255 + 16);
    }

    function getL1GasUsed(bytes calldata unsignedTransaction) external pure returns (uint256) {
        return _size(unsignedTransaction.length) * 16 / 1e6;
    }

    function getOperatorFee(uint256 gasUsed) external pure returns (uint256) {
        return gasUsed * operatorFeeScalar / 1e6 + operatorFeeConstant;
    }

    function gasPrice() external view returns (uint256) {
        return block.basefee;
    }

    function baseFee() external view returns (uint256) {
        return block.basefee;
    }

    /// Estimated bytes on the first layer, scaled by 1e6.
    function _size(uint256 length) private pure returns (uint256) {
        int256 size = SIZE_INTERCEPT + SIZE_PER_BYTE * int256(length + SIGNATURE_BYTES);
        return uint256(size < SMALLEST_SIZE ? SMALLEST_SIZE : size);
    }

    function _fee(uint256 length) private pure returns (uint256) {
        uint256 perByte = uint256(baseFeeScalar) * 16 * l1BaseFee + uint256(blobBaseFeeScalar) * blobBaseFee;
        return _size(length) * perByte / 1e12;
    }
}
