import { accountFormat, accountJson } from '../account-json.mjs';
import { invalidParams } from '../errors.mjs';
import { Config, asKey, asString, asU64, decodeBytes } from '../params.mjs';
import { readTokenAccount } from '../token-state.mjs';
import { readCommitment, withContext } from './context.mjs';

const MAX_ACCOUNTS = 100;
const MAX_FILTERS = 4;
const MAX_MEMCMP_BYTES = 128;

/**
 * @param {import('./context.mjs').Node} node
 * @returns {Record<string, import('./context.mjs').Method>}
 */
export function accountMethods(node) {
  const { engine } = node;
  return {
    getBalance(params) {
      const { key } = params.key(0);
      return withContext(node, readCommitment(node, params.config(1)), engine.balance(key));
    },

    getAccountInfo(params) {
      const { key } = params.key(0);
      const config = params.config(1);
      return withContext(
        node,
        readCommitment(node, config),
        accountJson(engine.account(key), accountFormat(config), engine),
      );
    },

    getMultipleAccounts(params) {
      const keys = params.array(0, MAX_ACCOUNTS).map((value) => asKey(value).key);
      const config = params.config(1);
      const format = accountFormat(config);
      const accounts = keys.map((key) => accountJson(engine.account(key), format, engine));
      return withContext(node, readCommitment(node, config), accounts);
    },

    getProgramAccounts(params) {
      const { key } = params.key(0);
      const config = params.config(1);
      const format = accountFormat(config);
      const accepts = readFilters(config.get('filters'));
      const accounts = engine
        .programAccounts(key)
        .filter(({ account }) => accepts(account))
        .map(({ address, account }) => ({ pubkey: address, account: accountJson(account, format, engine) }));
      const commitment = readCommitment(node, config);
      return config.flag('withContext') ? withContext(node, commitment, accounts) : accounts;
    },
  };
}

/**
 * @param {any} filters as a client sends them
 * @returns {(account: import('../engine.mjs').Account) => boolean}
 */
export function readFilters(filters) {
  if (filters === undefined) return () => true;
  if (!Array.isArray(filters)) throw invalidParams('Invalid params: filters must be an array');
  if (filters.length > MAX_FILTERS) throw invalidParams(`Too many filters provided; max ${MAX_FILTERS}`);
  const tests = filters.map(readFilter);
  return (account) => tests.every((test) => test(account));
}

function readFilter(filter) {
  if (filter === 'tokenAccountState') return (account) => readTokenAccount(account) !== null;
  const config = new Config(filter);
  const dataSize = config.get('dataSize');
  if (dataSize !== undefined) {
    const size = asU64(dataSize, 'dataSize');
    return ({ data }) => BigInt(data.length) === size;
  }
  const memcmp = config.section('memcmp');
  if (memcmp === undefined) throw invalidParams('Invalid params: a filter is dataSize, memcmp or tokenAccountState');
  const offset = memcmp.integer('offset', 0, Number.MAX_SAFE_INTEGER, undefined);
  if (offset === undefined) throw invalidParams('Invalid params: missing field `offset`');
  const bytes = memcmpBytes(memcmp);
  return ({ data }) =>
    data.length >= offset + bytes.length && data.subarray(offset, offset + bytes.length).equals(bytes);
}

function memcmpBytes(memcmp) {
  const given = memcmp.get('bytes');
  if (Array.isArray(given)) {
    if (given.length > MAX_MEMCMP_BYTES || !given.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) {
      throw invalidParams('Invalid param: encoded binary too large or not bytes');
    }
    return Buffer.from(given);
  }
  const encoding = memcmp.variant('encoding', ['base58', 'base64', 'binary'], 'base58');
  const bytes = decodeBytes(asString(given, 'memcmp bytes'), encoding === 'base64' ? 'base64' : 'base58');
  if (bytes.length > MAX_MEMCMP_BYTES)
    throw invalidParams(`Invalid param: memcmp data is longer than ${MAX_MEMCMP_BYTES} bytes`);
  return bytes;
}
