package org.supercargo.api.chain;

import java.util.List;
import org.supercargo.api.asset.Address;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.asset.Asset;
import org.supercargo.api.asset.ChainId;
import org.supercargo.api.intent.Intent;

/// A place where assets are exchanged.
public interface SwapVenue {
  /// The name intents and rules use, such as `uniswap-v3`.
  String name();

  ChainId chain();

  /// What `sell` would bring right now.
  Amount quote(Amount sell, Asset buy);

  /// The calls that are still needed to carry out `swap`, in order, each in a transaction of its
  /// own; the last performs the exchange. An approval that the chain already holds is left out.
  List<ContractCall> calls(Intent.Swap swap, Address wallet);
}
