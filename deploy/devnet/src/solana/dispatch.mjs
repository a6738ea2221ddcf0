import { RpcError } from './errors.mjs';
import { Params } from './params.mjs';
import { LOST_REPLY } from './rpc/send.mjs';

const MAX_BATCH = 1_000;

/**
 * Answers one request or a batch.
 *
 * @param {any} request parsed JSON
 * @param {Record<string, import('./rpc/context.mjs').Method>} methods
 * @returns {Promise<any>} the answer, undefined where none is due, or LOST_REPLY
 */
export async function answer(request, methods) {
  if (!Array.isArray(request)) return answerOne(request, methods);
  if (request.length === 0) return errorReply(null, new RpcError(-32600, 'Invalid Request'));
  if (request.length > MAX_BATCH)
    return errorReply(null, new RpcError(-32600, `Invalid Request: a batch holds at most ${MAX_BATCH} requests`));
  const replies = [];
  for (const one of request) replies.push(await answerOne(one, methods));
  if (replies.includes(LOST_REPLY)) return LOST_REPLY;
  const due = replies.filter((reply) => reply !== undefined);
  return due.length > 0 ? due : undefined;
}

async function answerOne(request, methods) {
  const isObject = typeof request === 'object' && request !== null && !Array.isArray(request);
  if (!isObject || request.jsonrpc !== '2.0' || typeof request.method !== 'string' || !isId(request.id)) {
    return errorReply(null, new RpcError(-32600, 'Invalid Request'));
  }
  const { id, method } = request;
  let reply;
  try {
    if (!Object.hasOwn(methods, method)) throw new RpcError(-32601, 'Method not found');
    const result = await methods[method](new Params(request.params));
    if (result === LOST_REPLY) return LOST_REPLY;
    reply = { jsonrpc: '2.0', result, id };
  } catch (error) {
    reply = errorReply(id, error);
  }
  return id === undefined ? undefined : reply;
}

const isId = (id) => id === undefined || id === null || ['string', 'number', 'bigint'].includes(typeof id);

/** @param {any} id */
export function errorReply(id, error) {
  if (error instanceof RpcError) return { jsonrpc: '2.0', error: error.toJson(), id: id ?? null };
  process.stderr.write(`devnet: a request failed inside the node: ${error.stack}\n`);
  return { jsonrpc: '2.0', error: { code: -32603, message: `Internal error: ${error.message}` }, id: id ?? null };
}
