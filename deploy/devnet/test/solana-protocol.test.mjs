import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { eventually, post, rpcClient, startDevnet } from './support.mjs';

let devnet;
let url;
let rpc;

before(async () => {
  devnet = await startDevnet();
  url = devnet.info.solana.rpc;
  rpc = rpcClient(url);
});
after(() => devnet.stop());

const request = (method, params = [], id = 1) => ({ jsonrpc: '2.0', id, method, params });
const body = async (text, headers) => JSON.parse((await post(url, text, headers)).text);

test('a batch is answered in order', async () => {
  const replies = await body(
    JSON.stringify([request('getHealth', [], 'a'), request('nonsense', [], 2), request('getGenesisHash', [], 3)]),
  );
  assert.deepEqual(
    replies.map(({ id }) => id),
    ['a', 2, 3],
  );
  assert.equal(replies[1].error.code, -32601);
});

test('requests that are none are told so', async () => {
  assert.equal((await body('{')).error.code, -32700);
  for (const text of [
    '[]',
    '5',
    'null',
    '"x"',
    '{}',
    '{"jsonrpc":"2.0","id":1}',
    '{"jsonrpc":"1.0","id":1,"method":"getHealth"}',
    '{"jsonrpc":"2.0","id":{},"method":"getHealth"}',
  ]) {
    assert.equal((await body(text)).error.code, -32600, text);
  }
  assert.equal((await body(JSON.stringify({ ...request('getBalance'), params: { a: 1 } }))).error.code, -32602);
  assert.equal((await body(JSON.stringify(request('__proto__')))).error.code, -32601);
  assert.equal((await body(JSON.stringify(request('toString')))).error.code, -32601);
});

test('a notification gets no answer', async () => {
  assert.equal((await post(url, '{"jsonrpc":"2.0","method":"getHealth"}')).text, '');
});

test('a body over the limit is refused', async () => {
  const { status } = await post(url, ' '.repeat(17 * 1024 * 1024));
  assert.equal(status, 413);
});

test('a web page may use the chain but not control it', async () => {
  const origin = { origin: 'https://wallet.example' };
  const preflight = await fetch(url, { method: 'OPTIONS', headers: origin });
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  const { headers, text } = await post(url, JSON.stringify(request('getHealth')), origin);
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.equal(JSON.parse(text).result, 'ok');
  assert.equal((await body(JSON.stringify(request('devnet_advance', [1])), origin)).error.code, -32601);
});

test('an offer of HTTP/2 is passed over and the request answered', async () => {
  const { hostname, port } = new URL(url);
  const content = JSON.stringify(request('getHealth'));
  const offer = [
    'POST / HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: h2c',
    'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    'Content-Type: application/json',
    `Content-Length: ${content.length}`,
    '',
    content,
  ].join('\r\n');
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (text) => (received += text));
  socket.write(offer);
  await eventually(() => received.includes('"result":"ok"'), 'the first answer');
  assert.match(received, /^HTTP\/1\.1 200/);
  received = '';
  socket.write(offer); // the connection stays in use
  await eventually(() => received.includes('"result":"ok"'), 'the second answer');
  socket.destroy();
});

async function open(address, options) {
  const socket = new WebSocket(address, options);
  await once(socket, 'open');
  const messages = [];
  socket.on('message', (data) => messages.push(JSON.parse(data)));
  const ask = async (method, params, id = `${method} ${messages.length}`) => {
    socket.send(JSON.stringify(request(method, params, id)));
    return eventually(() => messages.find((message) => message.id === id), `an answer to ${method}`);
  };
  return { socket, messages, ask };
}

test('WebSocket works on its own port and on the HTTP port, for plain methods too', async () => {
  for (const address of [devnet.info.solana.ws, url.replace('http', 'ws')]) {
    const { socket, ask } = await open(address);
    assert.equal((await ask('getHealth')).result, 'ok');
    assert.equal((await ask('devnet_advance', [1])).error, undefined);
    socket.close();
  }
  const page = await open(devnet.info.solana.ws, { origin: 'https://wallet.example' });
  assert.equal((await page.ask('devnet_advance', [1])).error.code, -32601);
  page.socket.close();
});

test('slots, accounts, logs and programs can be subscribed to, and left again', async () => {
  const { socket, messages, ask } = await open(devnet.info.solana.ws);
  const { solana: alice } = devnet.info.names.alice;
  const wishes = {
    slot: [],
    root: [],
    account: [alice, { commitment: 'confirmed', encoding: 'base64' }],
    logs: [{ mentions: [alice] }, { commitment: 'processed' }],
    program: ['11111111111111111111111111111111', { commitment: 'confirmed', encoding: 'base64' }],
  };
  const ids = {};
  for (const [kind, params] of Object.entries(wishes)) ids[kind] = (await ask(`${kind}Subscribe`, params)).result;
  const signature = await rpc.call('requestAirdrop', alice, 1_000);
  const told = (kind) =>
    messages.find((message) => message.method === `${kind}Notification` && message.params.subscription === ids[kind]);
  for (const kind of Object.keys(wishes)) await eventually(() => told(kind), `a ${kind} notification`);
  const { value } = await rpc.call('getBalance', alice);
  assert.equal(told('account').params.result.value.lamports, value);
  assert.equal(told('logs').params.result.value.signature, signature);
  assert.equal(typeof told('program').params.result.value.pubkey, 'string');
  assert.equal((await ask('slotUnsubscribe', [ids.slot])).result, true);
  assert.equal((await ask('slotUnsubscribe', [ids.slot])).error.code, -32602);
  const slots = messages.filter(({ method }) => method === 'slotNotification').length;
  const roots = messages.filter(({ method }) => method === 'rootNotification').length;
  await eventually(
    () => messages.filter(({ method }) => method === 'rootNotification').length > roots + 2,
    'more roots',
  );
  assert.equal(messages.filter(({ method }) => method === 'slotNotification').length, slots);
  socket.close();
});

test('a signature that landed before is told to a late subscriber, once', async () => {
  const { socket, messages, ask } = await open(devnet.info.solana.ws);
  const signature = await rpc.call('requestAirdrop', devnet.info.names.bob.solana, 2_000);
  const { result: id } = await ask('signatureSubscribe', [signature, { commitment: 'finalized' }]);
  const told = () => messages.filter((message) => message.params?.subscription === id);
  await eventually(() => told().length > 0, 'a notification');
  assert.deepEqual(told()[0].params.result.value, { err: null });
  assert.equal((await ask('signatureUnsubscribe', [id])).error.code, -32602, 'it ended by itself');
  socket.close();
});

test('a subscription for nonsense is refused', async () => {
  const { socket, ask } = await open(devnet.info.solana.ws);
  for (const [method, params] of [
    ['signatureSubscribe', ['abc']],
    ['accountSubscribe', ['abc']],
    ['logsSubscribe', [{ mentions: [] }]],
    ['logsSubscribe', ['everything']],
    ['programSubscribe', []],
    ['accountSubscribe', [devnet.info.names.bob.solana, { commitment: 'CONFIRMED' }]],
  ]) {
    assert.equal((await ask(method, params)).error.code, -32602, method);
  }
  socket.close();
});

test('only loopback is listened on', async () => {
  const { readFile } = await import('node:fs/promises');
  if (process.platform !== 'linux') return;
  const listening = (await readFile('/proc/net/tcp', 'utf8')).split('\n').filter((line) => line.includes(' 0A '));
  const ports = [url, devnet.info.solana.ws, devnet.info.base.rpc, devnet.info.faucet].map((address) =>
    Number(new URL(address).port),
  );
  for (const port of ports) {
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    const own = listening.filter((line) => line.trim().split(/\s+/)[1].endsWith(`:${hex}`));
    assert.deepEqual(
      own.map((line) => line.trim().split(/\s+/)[1].split(':')[0]),
      ['0100007F'],
      `port ${port}`,
    );
  }
});
