import { decodeBase58 } from '../base58.mjs';
import { invalidParams } from '../errors.mjs';
import { asString } from '../params.mjs';
import { TRANSACTION_ENCODINGS, memoOf, transactionJson } from '../transaction-json.mjs';
import { atLeastConfirmed } from './cluster.mjs';
import { withContext } from './context.mjs';

const MAX_STATUSES = 256;
const MAX_SIGNATURES = 1000;

/**
 * Transactions after the fact.
 *
 * @param {import('./context.mjs').Node} node
 * @returns {Record<string, import('./context.mjs').Method>}
 */
export function historyMethods(node) {
  const { ledger, engine } = node;
  const reached = (landed, commitment) => landed.block.height <= ledger.heightAt(commitment);

  return {
    getSignatureStatuses(params) {
      const signatures = params.array(0, MAX_STATUSES).map(asSignature);
      const search = params.config(1).flag('searchTransactionHistory');
      const statuses = signatures.map((signature) => {
        const landed = ledger.find(signature);
        return landed !== undefined && (search || ledger.inStatusCache(landed)) ? statusJson(landed, ledger) : null;
      });
      return withContext(node, 'processed', statuses);
    },

    getSignaturesForAddress(params) {
      const { address } = params.key(0);
      const config = params.config(1);
      const commitment = atLeastConfirmed(config);
      const limit = config.integer('limit', 1, MAX_SIGNATURES, MAX_SIGNATURES);
      const before = optionalSignature(config.get('before'));
      const until = optionalSignature(config.get('until'));
      const newestFirst = ledger
        .touching(address)
        .filter((landed) => reached(landed, commitment))
        .reverse();
      return between(newestFirst, before, until, ledger)
        .slice(0, limit)
        .map((landed) => ({
          signature: landed.transaction.signature,
          slot: landed.block.slot,
          err: landed.outcome.error,
          memo: memoOf(landed),
          blockTime: landed.block.time,
          confirmationStatus: ledger.commitmentOf(landed),
        }));
    },

    getTransaction(params) {
      const landed = ledger.find(asSignature(params.at(0)));
      // Old clients give the encoding alone in the place of the configuration.
      const plainEncoding = params.has(1) && typeof params.at(1) === 'string';
      const config = params.config(plainEncoding ? 2 : 1);
      const encoding = plainEncoding ? params.string(1) : config.variant('encoding', TRANSACTION_ENCODINGS, 'json');
      if (!TRANSACTION_ENCODINGS.includes(encoding))
        throw invalidParams(`Invalid params: unknown variant \`${encoding.slice(0, 60)}\``);
      const commitment = atLeastConfirmed(config);
      const newestVersion = config.integer('maxSupportedTransactionVersion', 0, 255, undefined);
      if (landed === undefined || !reached(landed, commitment)) return null;
      return transactionJson(landed, { encoding, newestVersion }, engine);
    },
  };
}

/** @param {import('../ledger.mjs').LandedTransaction} landed */
function statusJson(landed, ledger) {
  const { error } = landed.outcome;
  const confirmationStatus = ledger.commitmentOf(landed);
  return {
    slot: landed.block.slot,
    confirmations: confirmationStatus === 'finalized' ? null : ledger.height - landed.block.height,
    err: error,
    status: error === null ? { Ok: null } : { Err: error },
    confirmationStatus,
  };
}

function between(newestFirst, before, until, ledger) {
  const indexOf = (signature) => newestFirst.findIndex(({ transaction }) => transaction.signature === signature);
  let list = newestFirst;
  if (before !== undefined) {
    const index = indexOf(before);
    const known = index >= 0 ? undefined : ledger.find(before);
    if (index >= 0) list = list.slice(index + 1);
    else list = known === undefined ? [] : list.filter((landed) => isOlder(landed, known));
  }
  if (until === undefined) return list;
  const end = list.findIndex(({ transaction }) => transaction.signature === until);
  if (end >= 0) return list.slice(0, end);
  const known = ledger.find(until);
  return known === undefined ? list : list.filter((landed) => isOlder(known, landed));
}

const isOlder = (a, b) =>
  a.block.height < b.block.height || (a.block.height === b.block.height && a.position < b.position);

const optionalSignature = (value) => (value === undefined ? undefined : asSignature(value));

/** @returns {string} */
export function asSignature(value) {
  const text = asString(value, 'a signature');
  const bytes = text.length <= 90 ? decodeBase58(text) : null;
  if (bytes === null) throw invalidParams('Invalid param: Invalid');
  if (bytes.length !== 64) throw invalidParams('Invalid param: WrongSize');
  return text;
}
