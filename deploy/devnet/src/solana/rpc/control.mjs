import { invalidParams } from '../errors.mjs';
import { asArray, asKey, asU64, decodeBytes, asString } from '../params.mjs';
import { isReserved } from '../programs.mjs';
import { tryProgram } from '../program-trial.mjs';

const MAX_SLOTS = 100_000;
const MAX_SECONDS = 10 * 365 * 24 * 3600;
const MAX_FAULTS = 1_000_000;
const MAX_ACCOUNT_BYTES = 10 * 1024 * 1024;

/**
 * What a test may do to the chain, and no real node allows.
 *
 * @param {import('./context.mjs').Node} node
 * @returns {Record<string, import('./context.mjs').Method>}
 */
export function controlMethods(node) {
  const { engine, ledger, faults } = node;
  return {
    devnet_advance(params) {
      ledger.advance(params.integer(0, 1, MAX_SLOTS, 1), params.integer(1, 0, MAX_SECONDS, 0));
      return { slot: ledger.openBlock.slot, blockHeight: ledger.height };
    },

    devnet_setAccount(params) {
      const { address, key } = params.key(0);
      if (isReserved(address)) throw invalidParams(`Invalid param: ${address} belongs to the node`);
      params.at(1);
      const account = readAccount(params.config(1));
      if (engine.account(key)?.executable)
        throw invalidParams(`Invalid param: ${address} is a program; use devnet_addProgram`);
      engine.setAccount(key, account);
      return true;
    },

    async devnet_addProgram(params) {
      const { address, key } = params.key(0);
      if (isReserved(address)) throw invalidParams(`Invalid param: ${address} belongs to the node`);
      const bytes = decodeBytes(params.string(1), 'base64');
      const refusal = await tryProgram(key, bytes);
      if (refusal !== null) throw invalidParams(`Invalid param: not a program that can run: ${refusal}`);
      engine.addProgram(key, bytes);
      return true;
    },

    devnet_dropNext(params) {
      faults.drops = params.integer(0, 0, MAX_FAULTS, 1);
      return true;
    },

    devnet_loseReply(params) {
      faults.lostReplies = params.integer(0, 0, MAX_FAULTS, 1);
      return true;
    },
  };
}

/** @param {import('../params.mjs').Config} config */
function readAccount(config) {
  const given = config.get('data');
  const [text, encoding] =
    given === undefined ? ['', 'base64'] : Array.isArray(given) ? asArray(given, 2, 'data') : [given, 'base64'];
  if (encoding !== 'base64' && encoding !== 'base58')
    throw invalidParams('Invalid params: data must be [text, "base64" or "base58"]');
  const data = decodeBytes(asString(text, 'data'), encoding);
  if (data.length > MAX_ACCOUNT_BYTES)
    throw invalidParams(`Invalid params: an account holds at most ${MAX_ACCOUNT_BYTES} bytes`);
  if (config.flag('executable')) throw invalidParams('Invalid params: a program is added with devnet_addProgram');
  return {
    lamports: asU64(config.get('lamports'), 'lamports'),
    data,
    owner: asKey(config.get('owner')).key,
    executable: false,
    rentEpoch: (1n << 64n) - 1n,
  };
}
