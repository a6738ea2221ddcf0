import { createServer } from 'node:http';
import { encodeExact, parseExact } from './exact-json.mjs';
import { checksumAddress } from './keys.mjs';
import { encodeCall } from './base/abi.mjs';
import { BaseRpcError } from './base/client.mjs';
import { decodeKey } from './solana/base58.mjs';
import { GrantError } from './solana/treasury.mjs';

const MAX_BODY_BYTES = 16 * 1024;
const U64_MAX = (1n << 64n) - 1n;
const U256_MAX = (1n << 256n) - 1n;
const MEMBERS = ['chain', 'address', 'asset', 'baseUnits'];

/** What is wrong with a request, in words for the one who sent it. */
class RequestError extends Error {
  constructor(message, status = 400) {
    super(message);
    this.status = status;
  }
}

/**
 * Gives away the devnet's money over HTTP.
 *
 * @param {object} chains
 * @param {Awaited<ReturnType<typeof import('./solana/start.mjs').startSolana>>} chains.solana
 * @param {Awaited<ReturnType<typeof import('./base/start.mjs').startBase>>} chains.base
 * @param {() => object} info
 */
export function createFaucet({ solana, base }, info) {
  const fund = { solana: fundSolana(solana), base: fundBase(base) };
  return createServer(async (request, response) => {
    const reply = (status, body) => {
      const text = encodeExact(body);
      response
        .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
        .end(text);
    };
    try {
      const path = new URL(request.url, 'http://faucet').pathname;
      if (path === '/info') {
        if (request.method !== 'GET') throw new RequestError('/info takes GET', 405);
        return reply(200, info());
      }
      if (path !== '/fund') throw new RequestError('there is POST /fund and GET /info', 404);
      if (request.method !== 'POST') throw new RequestError('/fund takes POST', 405);
      // A page of another site must not reach a faucet on this machine; without CORS it can still send plain text.
      if (request.headers.origin !== undefined)
        throw new RequestError('the faucet serves programs, not web pages', 403);
      const wish = readWish(await readBody(request));
      return reply(200, { ok: true, ...wish, ...(await fund[wish.chain](wish)) });
    } catch (error) {
      if (error instanceof RequestError) return reply(error.status, { ok: false, error: error.message });
      if (error instanceof GrantError || error instanceof BaseRpcError)
        return reply(400, { ok: false, error: error.message });
      process.stderr.write(`devnet: the faucet failed: ${error.stack}\n`);
      return reply(500, { ok: false, error: error.message });
    }
  });
}

async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new RequestError(`the request is longer than ${MAX_BODY_BYTES} bytes`, 413);
    chunks.push(chunk);
  }
  try {
    return parseExact(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new RequestError('the request is not JSON');
  }
}

/** @returns {{chain: 'solana' | 'base', address: string, asset: string, baseUnits: bigint}} */
function readWish(body) {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new RequestError('the request must be a JSON object');
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined)
    throw new RequestError(`unknown member "${unknown.slice(0, 60)}"; there are ${MEMBERS.join(', ')}`);
  for (const name of MEMBERS) {
    if (body[name] === undefined) throw new RequestError(`"${name}" is missing`);
    if (typeof body[name] !== 'string') throw new RequestError(`"${name}" must be a string`);
  }
  const { chain, address, asset, baseUnits } = body;
  if (chain !== 'solana' && chain !== 'base') throw new RequestError('"chain" must be "solana" or "base"');
  if (!/^[1-9]\d{0,77}$/.test(baseUnits))
    throw new RequestError('"baseUnits" must be a positive whole number in decimal digits');
  const amount = BigInt(baseUnits);
  const limit = chain === 'solana' ? U64_MAX : U256_MAX;
  if (amount > limit) throw new RequestError(`"baseUnits" must be at most ${limit}`);
  return { chain, address, asset, baseUnits: amount };
}

const fundSolana =
  ({ treasury, tokens }) =>
  ({ address, asset, baseUnits }) => {
    if (decodeKey(address) === null)
      throw new RequestError(`"address" is not a Solana address: it must be 32 bytes in base58`);
    if (asset === 'SOL') {
      const landed = treasury.grantLamports(address, baseUnits);
      return { baseUnits: String(baseUnits), transaction: landed.transaction.signature };
    }
    const mint = Object.hasOwn(tokens, asset) ? tokens[asset] : asset;
    if (decodeKey(mint) === null)
      throw new RequestError(`"asset" must be SOL, ${Object.keys(tokens).join(', ')} or a mint address`);
    const { landed, account } = treasury.grantTokens({ owner: address, mint, amount: baseUnits });
    return { baseUnits: String(baseUnits), mint, tokenAccount: account, transaction: landed.transaction.signature };
  };

const fundBase =
  ({ client, treasury, tokens }) =>
  async ({ address, asset, baseUnits }) => {
    const send = async (to, data, value) => (await client.send({ from: treasury, to, data, value })).transactionHash;
    if (!/^0x[0-9a-fA-F]{40}$/.test(address))
      throw new RequestError('"address" is not a Base address: it must be 0x and 40 hexadecimal digits');
    const mixedCase = address !== address.toLowerCase() && address.slice(2) !== address.slice(2).toUpperCase();
    if (mixedCase && address !== checksumAddress(address))
      throw new RequestError('"address" has a wrong EIP-55 checksum');
    if (asset === 'ETH') return { baseUnits: String(baseUnits), transaction: await send(address, '0x', baseUnits) };
    const token = Object.hasOwn(tokens, asset) ? tokens[asset] : asset;
    switch (token.toLowerCase()) {
      case tokens.USDC.toLowerCase(): {
        const transaction = await send(tokens.USDC, encodeCall('mint(address,uint256)', [address, baseUnits]));
        return { baseUnits: String(baseUnits), token: tokens.USDC, transaction };
      }
      case tokens.WETH.toLowerCase(): {
        await send(tokens.WETH, encodeCall('deposit()'), baseUnits);
        const transaction = await send(tokens.WETH, encodeCall('transfer(address,uint256)', [address, baseUnits]));
        return { baseUnits: String(baseUnits), token: tokens.WETH, transaction };
      }
      default:
        throw new RequestError(`"asset" must be ETH, ${Object.keys(tokens).join(', ')} or the address of one of them`);
    }
  };
