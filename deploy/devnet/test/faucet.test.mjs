import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fund, post, rpcClient, startDevnet } from './support.mjs';

let devnet;
let names;

before(async () => {
  devnet = await startDevnet();
  ({ names } = devnet.info);
});
after(() => devnet.stop());

const ask = async (wish, headers) => {
  const { status, text } = await post(
    `${devnet.info.faucet}/fund`,
    typeof wish === 'string' ? wish : JSON.stringify(wish),
    headers,
  );
  return { status, ...JSON.parse(text) };
};

test('/info repeats the ready line', async () => {
  const response = await fetch(`${devnet.info.faucet}/info`);
  assert.deepEqual(await response.json(), devnet.info);
});

test('every asset arrives, to the unit', async () => {
  const solana = rpcClient(devnet.info.solana.rpc);
  const base = rpcClient(devnet.info.base.rpc);
  const bob = names.bob;
  const lamports = async () => (await solana.call('getBalance', bob.solana)).value;
  const before = await lamports();
  await fund(devnet.info, { chain: 'solana', address: bob.solana, asset: 'SOL', baseUnits: '123' });
  assert.equal((await lamports()) - before, 123);
  for (const asset of ['USDC', 'CARGO', devnet.info.tokens.solana.USDC]) {
    const reply = await fund(devnet.info, { chain: 'solana', address: bob.solana, asset, baseUnits: '1000000' });
    const { value } = await solana.call('getTokenAccountBalance', reply.tokenAccount);
    assert.equal(BigInt(value.amount), asset === devnet.info.tokens.solana.USDC ? 2_000_000n : 1_000_000n);
  }
  const ether = async () => BigInt(await base.call('eth_getBalance', bob.base, 'latest'));
  const etherBefore = await ether();
  await fund(devnet.info, {
    chain: 'base',
    address: bob.base.toLowerCase(),
    asset: 'ETH',
    baseUnits: '1000000000000000001',
  });
  assert.equal((await ether()) - etherBefore, 1_000_000_000_000_000_001n);
  for (const asset of ['USDC', 'WETH', devnet.info.tokens.base.USDC.toLowerCase()]) {
    const { token } = await fund(devnet.info, { chain: 'base', address: bob.base, asset, baseUnits: '5' });
    const data = `0x70a08231${bob.base.slice(2).padStart(64, '0')}`;
    const balance = BigInt(await base.call('eth_call', { to: token, data }, 'latest'));
    assert.equal(balance, asset.startsWith('0x') ? 10n : 5n);
  }
});

test('requests at the same time are all served', async () => {
  const wishes = Array.from({ length: 12 }, (_, i) => ({
    chain: i % 2 ? 'base' : 'solana',
    address: i % 2 ? names.carol.base : names.carol.solana,
    asset: 'USDC',
    baseUnits: '7',
  }));
  const replies = await Promise.all(wishes.map((wish) => fund(devnet.info, wish)));
  assert.equal(new Set(replies.map(({ transaction }) => transaction)).size, 12);
});

test('a request that cannot be met is told why', async () => {
  const good = { chain: 'solana', address: names.alice.solana, asset: 'SOL', baseUnits: '5' };
  const cases = [
    ['{', /not JSON/],
    ['[]', /must be a JSON object/],
    [{ ...good, chain: 'bitcoin' }, /"chain" must be "solana" or "base"/],
    [{ ...good, chain: undefined }, /"chain" is missing/],
    [{ ...good, baseUnits: 5 }, /"baseUnits" must be a string/],
    [{ ...good, baseUnits: '1.5' }, /positive whole number/],
    [{ ...good, baseUnits: '0' }, /positive whole number/],
    [{ ...good, baseUnits: '-1' }, /positive whole number/],
    [{ ...good, baseUnits: '18446744073709551616' }, /at most 18446744073709551615/],
    [{ ...good, baseUnits: '18446744073709551615' }, /chain refused/],
    [{ ...good, amount: '5' }, /unknown member "amount"/],
    [{ ...good, address: names.alice.base }, /not a Solana address/],
    [{ ...good, asset: 'ETH' }, /"asset" must be SOL, USDC, CARGO or a mint/],
    [{ ...good, asset: names.alice.solana }, /not a token mint/],
    [{ ...good, asset: 'So11111111111111111111111111111111111111112' }, /not the mint authority/],
    [{ ...good, asset: 'USDC', baseUnits: '18446744073709551615' }, /beyond 64 bits/, 'after some were minted'],
    [{ chain: 'base', address: names.alice.solana, asset: 'ETH', baseUnits: '5' }, /not a Base address/],
    [
      {
        chain: 'base',
        address: names.alice.base.replace(/[a-f]/, (digit) => digit.toUpperCase()),
        asset: 'ETH',
        baseUnits: '5',
      },
      /checksum/,
    ],
    [{ chain: 'base', address: names.alice.base, asset: 'SOL', baseUnits: '5' }, /"asset" must be ETH, USDC, WETH/],
    [{ chain: 'base', address: names.alice.base, asset: 'toString', baseUnits: '5' }, /"asset" must be/],
  ];
  for (const [wish, message] of cases) {
    const reply = await ask(wish);
    assert.deepEqual([reply.status, reply.ok], [400, false], JSON.stringify(wish));
    assert.match(reply.error, message);
  }
});

test('too little SOL for a new account is refused with the amount it needs', async () => {
  const address = 'AnchorageBayAnchorageBayAnchorageBayAnchora1';
  const { status, error } = await ask({ chain: 'solana', address, asset: 'SOL', baseUnits: '5' });
  assert.equal(status, 400);
  assert.match(error, /at least 890880/);
});

test('other paths, methods and web pages are turned away', async () => {
  const { faucet } = devnet.info;
  assert.equal((await fetch(`${faucet}/`)).status, 404);
  assert.equal((await fetch(`${faucet}/fund`)).status, 405);
  assert.equal((await fetch(`${faucet}/info`, { method: 'POST' })).status, 405);
  const wish = { chain: 'solana', address: names.alice.solana, asset: 'SOL', baseUnits: '5' };
  assert.equal((await ask(wish, { origin: 'https://other.example' })).status, 403);
  const { status, headers } = await post(`${faucet}/fund`, 'x'.repeat(20_000));
  assert.equal(status, 413);
  assert.equal(headers.get('access-control-allow-origin'), null);
});
