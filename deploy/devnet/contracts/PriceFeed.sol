// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// Tells a price in dollars with 8 decimals, the way Chainlink's feeds do (AggregatorV3Interface). It is always fresh until
/// someone freezes it, and anybody may change it: the money here is worth nothing.
contract PriceFeed {
    uint8 public constant decimals = 8;
    uint256 public constant version = 1;

    int256 private _answer;
    uint256 private _frozenAt;

    constructor(int256 answer) {
        _answer = answer;
    }

    function setAnswer(int256 answer) external {
        _answer = answer;
    }

    /// From now on the price is as old as `at` says; 0 makes it fresh again.
    function freeze(uint256 at) external {
        _frozenAt = at;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        uint256 at = _frozenAt == 0 ? block.timestamp : _frozenAt;
        return (1, _answer, at, at, 1);
    }
}

/// Tells that the sequencer is up, and since when, the way Chainlink's uptime feed does: 0 is up, 1 is down.
contract SequencerUptimeFeed {
    int256 private _answer;
    uint256 private _since;

    constructor() {
        _since = block.timestamp - 1 days;
    }

    function set(int256 answer, uint256 since) external {
        _answer = answer;
        _since = since;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (1, _answer, _since, block.timestamp, 1);
    }
}
