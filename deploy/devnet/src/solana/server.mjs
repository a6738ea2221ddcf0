import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { encodeExact, parseExact } from '../exact-json.mjs';
import { KEEP_ALIVE_MS } from '../ports.mjs';
import { answer, errorReply } from './dispatch.mjs';
import { RpcError } from './errors.mjs';
import { LOST_REPLY } from './rpc/send.mjs';

/** Large enough for devnet_addProgram; real nodes take 50 KiB. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** A client that does not read is cut off rather than served from ever more memory. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-max-age': '86400',
};

/**
 * JSON-RPC over HTTP, and over WebSocket on the same server and on one of its own.
 *
 * @param {Record<string, import('./rpc/context.mjs').Method>} methods
 * @param {import('./subscriptions.mjs').Subscriptions} subscriptions
 */
export function createRpcServers(methods, subscriptions) {
  const pageMethods = Object.fromEntries(Object.entries(methods).filter(([name]) => !name.startsWith('devnet_')));
  /** A web page, which has an origin, talks to the chain but does not get to control it. */
  const methodsFor = (request) => (request.headers.origin === undefined ? methods : pageMethods);

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_BODY_BYTES, perMessageDeflate: false });
  const http = createServer((request, response) => serveHttp(request, response, methodsFor(request)));
  const webSocket = createServer((_request, response) => {
    response
      .writeHead(426, { 'content-type': 'text/plain', upgrade: 'websocket' })
      .end('this port speaks WebSocket only\n');
  });
  for (const server of [http, webSocket]) {
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      if (request.headers.upgrade?.toLowerCase() !== 'websocket')
        return serveAgainWithoutUpgrade(server, request, socket, head);
      return sockets.handleUpgrade(request, socket, head, (connection) =>
        serveConnection(connection, methodsFor(request), subscriptions),
      );
    });
    server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    });
  }
  const close = () => {
    for (const connection of sockets.clients) connection.terminate();
    for (const server of [http, webSocket]) {
      server.close();
      server.closeAllConnections();
    }
  };
  return { http, webSocket, close };
}

/**
 * Some HTTP clients offer HTTP/2 with their first request. The protocol lets a server ignore the offer, but Node has stopped
 * reading the request by then: it is put back into the socket without the offer.
 */
function serveAgainWithoutUpgrade(server, request, socket, head) {
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i].toLowerCase();
    if (!['connection', 'upgrade', 'http2-settings'].includes(name))
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

function serveHttp(request, response, methods) {
  const reply = (status, body, type = 'application/json') =>
    response.writeHead(status, { ...CORS, 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
  response.on('error', () => response.destroy());
  if (request.method === 'OPTIONS') return reply(204, '');
  if (request.method === 'GET' && request.url === '/health') return reply(200, 'ok', 'text/plain');
  if (request.method !== 'POST')
    return reply(405, 'Used HTTP Method is not allowed. POST or OPTIONS is required\n', 'text/plain');
  const chunks = [];
  let length = 0;
  request.on('error', () => response.destroy());
  request.on('data', (chunk) => {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', async () => {
    if (length > MAX_BODY_BYTES)
      return reply(413, `request body is longer than ${MAX_BODY_BYTES} bytes\n`, 'text/plain');
    const result = await answerText(Buffer.concat(chunks).toString('utf8'), methods);
    if (result === LOST_REPLY) return request.socket.destroy();
    return reply(200, result ?? '');
  });
  return undefined;
}

/** @param {import('ws').WebSocket} connection */
function serveConnection(connection, methods, subscriptions) {
  const send = (text) => {
    if (connection.bufferedAmount > MAX_UNREAD_BYTES) connection.terminate();
    else if (connection.readyState === connection.OPEN) connection.send(text);
  };
  const own = subscriptions.connection((notification) => send(encodeExact(notification)));
  const all = { ...methods, ...own.methods };
  connection.on('error', () => connection.terminate());
  connection.on('close', own.close);
  connection.on('message', async (data) => {
    const result = await answerText(data.toString('utf8'), all);
    if (result === LOST_REPLY) connection.terminate();
    else if (result !== undefined) send(result);
  });
}

/** @returns {Promise<string | symbol | undefined>} */
async function answerText(text, methods) {
  let request;
  try {
    request = parseExact(text);
  } catch {
    return encodeExact(errorReply(null, new RpcError(-32700, 'Parse error')));
  }
  const reply = await answer(request, methods);
  return reply === undefined || reply === LOST_REPLY ? reply : encodeExact(reply);
}
