import { encodeBase58 } from './base58.mjs';
import { accountKeysJson, transactionWithMeta, TRANSACTION_ENCODINGS } from './transaction-json.mjs';

const NO_PARENT = '11111111111111111111111111111111';

/**
 * @param {import('./ledger.mjs').Block} block
 * @param {import('./params.mjs').Config} config
 * @param {import('./ledger.mjs').Ledger} ledger
 * @param {import('./engine.mjs').Engine} engine
 */
export function blockJson(block, config, ledger, engine) {
  const details = config.variant('transactionDetails', ['full', 'accounts', 'signatures', 'none'], 'full');
  const encoding = config.variant('encoding', TRANSACTION_ENCODINGS, 'json');
  const newestVersion = config.integer('maxSupportedTransactionVersion', 0, 255, undefined);
  const rewards = config.get('rewards') ?? true;
  return {
    blockhash: block.blockhash,
    previousBlockhash: ledger.blockOfSlot(block.slot - 1)?.blockhash ?? NO_PARENT,
    parentSlot: block.slot - 1,
    blockHeight: block.height,
    blockTime: block.time,
    ...(details === 'full' && {
      transactions: block.transactions.map((landed) =>
        transactionWithMeta(landed, { encoding, newestVersion }, engine),
      ),
    }),
    ...(details === 'accounts' && {
      transactions: block.transactions.map((landed) => accountsOnly(landed, { encoding, newestVersion }, engine)),
    }),
    ...(details === 'signatures' && { signatures: block.transactions.map(({ transaction }) => transaction.signature) }),
    ...(rewards && { rewards: [] }),
  };
}

function accountsOnly(landed, format, engine) {
  const { meta, version } = transactionWithMeta(landed, format, engine);
  const { err, status, fee, preBalances, postBalances, preTokenBalances, postTokenBalances } = meta;
  return {
    transaction: { signatures: landed.transaction.signatures.map(encodeBase58), accountKeys: accountKeysJson(landed) },
    meta: { err, status, fee, preBalances, postBalances, preTokenBalances, postTokenBalances },
    ...(version === undefined ? {} : { version }),
  };
}
