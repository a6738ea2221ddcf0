import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPublicClient, createWalletClient, http, parseAbi, parseEther } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { base } from 'viem/chains';
import { eventually, fund, secretOf, startDevnet } from './support.mjs';

let devnet;
let client;
let wallet;
const account = (name) => privateKeyToAccount(`0x${secretOf(name).toString('hex')}`);
const alice = account('alice');
const bob = account('bob');
const mallory = account('mallory');

const TOKEN = parseAbi([
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address) view returns (uint256)',
  'function approve(address,uint256) returns (bool)',
  'function allowance(address,address) view returns (uint256)',
  'function nonces(address) view returns (uint256)',
  'function mint(address,uint256) returns (bool)',
  'function deposit() payable',
  'function withdraw(uint256)',
  'function authorizationState(address,bytes32) view returns (bool)',
  'function transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)',
  'function transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)',
  'function receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)',
  'function cancelAuthorization(address,bytes32,bytes)',
  'function permit(address,address,uint256,uint256,bytes)',
]);
const UNISWAP = parseAbi([
  'function quoteExactInputSingle((address tokenIn,address tokenOut,uint256 amountIn,uint24 fee,uint160 limit)) returns (uint256,uint160,uint32,uint256)',
  'function exactInputSingle((address tokenIn,address tokenOut,uint24 fee,address recipient,uint256 amountIn,uint256 amountOutMinimum,uint160 limit)) payable returns (uint256)',
  'function factory() view returns (address)',
  'function WETH9() view returns (address)',
  'function getPool(address,address,uint24) view returns (address)',
  'function positionManager() view returns (address)',
]);

before(async () => {
  devnet = await startDevnet();
  const transport = http(devnet.info.base.rpc);
  client = createPublicClient({ chain: base, transport, pollingInterval: 20 });
  wallet = createWalletClient({ chain: base, transport });
});
after(() => devnet.stop());

const read = (address, functionName, args = [], abi = TOKEN) =>
  client.readContract({ address, abi, functionName, args });
async function write(from, address, functionName, args = [], { abi = TOKEN, value } = {}) {
  const { request } = await client.simulateContract({ account: from, address, abi, functionName, args, value });
  const receipt = await client.waitForTransactionReceipt({ hash: await wallet.writeContract(request) });
  assert.equal(receipt.status, 'success');
  return receipt;
}

test('the published names hold the keys derived from their names, with a little ether', async () => {
  for (const name of ['alice', 'bob', 'carol', 'mallory']) {
    assert.equal(account(name).address, devnet.info.names[name].base);
    assert.equal(await client.getBalance({ address: account(name).address }), parseEther('0.1'));
  }
});

test('the chain is Base by its id, and ether moves', async () => {
  assert.equal(await client.getChainId(), 8453);
  const before = await client.getBalance({ address: bob.address });
  const hash = await wallet.sendTransaction({ account: alice, to: bob.address, value: 12_345n });
  const { status } = await client.waitForTransactionReceipt({ hash });
  assert.equal(status, 'success');
  assert.equal(await client.getBalance({ address: bob.address }), before + 12_345n);
});

test('a transaction becomes safe, then finalized', async () => {
  const hash = await wallet.sendTransaction({ account: alice, to: bob.address, value: 1n });
  const { blockNumber } = await client.waitForTransactionReceipt({ hash });
  for (const blockTag of ['safe', 'finalized']) {
    await eventually(
      async () => (await client.getBlock({ blockTag })).number >= blockNumber,
      `${blockTag} block ${blockNumber}`,
    );
  }
});

test('the clock of the chain is the clock of the machine', async () => {
  const { timestamp } = await client.getBlock();
  assert.ok(Math.abs(Number(timestamp) - Date.now() / 1000) < 5);
});

test('a swap gives exactly what the quoter says, and the router knows the other contracts', async () => {
  const { USDC, WETH } = devnet.info.tokens.base;
  const { factory, swapRouter02, quoterV2, positionManager, pool, fee } = devnet.info.uniswap;
  assert.equal(await read(swapRouter02, 'factory', [], UNISWAP), factory);
  assert.equal(await read(swapRouter02, 'WETH9', [], UNISWAP), WETH);
  assert.equal(await read(swapRouter02, 'positionManager', [], UNISWAP), positionManager);
  assert.equal((await read(factory, 'getPool', [USDC, WETH, fee], UNISWAP)).toLowerCase(), pool);
  const amountIn = parseEther('0.02');
  await write(alice, WETH, 'deposit', [], { value: amountIn });
  await write(alice, WETH, 'approve', [swapRouter02, amountIn]);
  const { result } = await client.simulateContract({
    address: quoterV2,
    abi: UNISWAP,
    functionName: 'quoteExactInputSingle',
    args: [{ tokenIn: WETH, tokenOut: USDC, amountIn, fee, limit: 0n }],
  });
  const before = await read(USDC, 'balanceOf', [alice.address]);
  const swap = {
    tokenIn: WETH,
    tokenOut: USDC,
    fee,
    recipient: alice.address,
    amountIn,
    amountOutMinimum: result[0],
    limit: 0n,
  };
  await write(alice, swapRouter02, 'exactInputSingle', [swap], { abi: UNISWAP });
  const received = (await read(USDC, 'balanceOf', [alice.address])) - before;
  assert.equal(received, result[0]);
  assert.ok(received > 59_000_000n && received < 60_000_000n, `${received} for 0.02 ether`);
  await assert.rejects(
    write(alice, swapRouter02, 'exactInputSingle', [{ ...swap, amountOutMinimum: result[0] + 10_000_000n }], {
      abi: UNISWAP,
      value: amountIn,
    }),
    /Too little received/,
  );
});

const domain = () => ({
  name: 'USD Coin',
  version: '2',
  chainId: 8453,
  verifyingContract: devnet.info.tokens.base.USDC,
});
const AUTHORIZATION = [
  'from:address',
  'to:address',
  'value:uint256',
  'validAfter:uint256',
  'validBefore:uint256',
  'nonce:bytes32',
];
const fields = (list) => list.map((field) => ({ name: field.split(':')[0], type: field.split(':')[1] }));
const sign = (signer, primaryType, list, message) =>
  signer.signTypedData({ domain: domain(), types: { [primaryType]: fields(list) }, primaryType, message });
let nonces = 0n;
const authorization = (changes = {}) => ({
  from: alice.address,
  to: bob.address,
  value: 10_000n,
  validAfter: 0n,
  validBefore: BigInt(Math.floor(Date.now() / 1000) + 600),
  nonce: `0x${(nonces += 1n).toString(16).padStart(64, '0')}`,
  ...changes,
});
const args = ({ from, to, value, validAfter, validBefore, nonce }, signature) => [
  from,
  to,
  value,
  validAfter,
  validBefore,
  nonce,
  signature,
];

test('a signed authorization moves USDC once, whoever hands it in', async () => {
  const { USDC } = devnet.info.tokens.base;
  await fund(devnet.info, { chain: 'base', address: alice.address, asset: 'USDC', baseUnits: '1000000' });
  const before = await read(USDC, 'balanceOf', [bob.address]);
  const payment = authorization();
  const signature = await sign(alice, 'TransferWithAuthorization', AUTHORIZATION, payment);
  await write(mallory, USDC, 'transferWithAuthorization', args(payment, signature));
  assert.equal((await read(USDC, 'balanceOf', [bob.address])) - before, 10_000n);
  assert.equal(await read(USDC, 'authorizationState', [alice.address, payment.nonce]), true);
  await assert.rejects(
    write(mallory, USDC, 'transferWithAuthorization', args(payment, signature)),
    /authorization is used or canceled/,
  );

  const split = authorization();
  const other = await sign(alice, 'TransferWithAuthorization', AUTHORIZATION, split);
  const [r, s, v] = [other.slice(0, 66), `0x${other.slice(66, 130)}`, Number(`0x${other.slice(130)}`)];
  await write(mallory, USDC, 'transferWithAuthorization', [...args(split, '').slice(0, 6), v, r, s]);
});

test('an authorization that is forged, early, late or canceled moves nothing', async () => {
  const { USDC } = devnet.info.tokens.base;
  const now = BigInt(Math.floor(Date.now() / 1000));
  const refused = async (payment, signer, reason) => {
    const signature = await sign(signer, 'TransferWithAuthorization', AUTHORIZATION, payment);
    await assert.rejects(write(mallory, USDC, 'transferWithAuthorization', args(payment, signature)), reason);
  };
  await refused(authorization(), mallory, /invalid signature/);
  await refused(authorization({ validAfter: now + 300n }), alice, /not yet valid/);
  await refused(authorization({ validBefore: now - 60n }), alice, /is expired/);
  await refused(authorization({ value: 10n ** 18n }), alice, /transfer amount exceeds balance/);
  const canceled = authorization();
  const cancel = await sign(alice, 'CancelAuthorization', ['authorizer:address', 'nonce:bytes32'], {
    authorizer: alice.address,
    nonce: canceled.nonce,
  });
  await write(mallory, USDC, 'cancelAuthorization', [alice.address, canceled.nonce, cancel]);
  await refused(canceled, alice, /used or canceled/);
  const received = authorization();
  const signature = await sign(alice, 'ReceiveWithAuthorization', AUTHORIZATION, received);
  await assert.rejects(
    write(mallory, USDC, 'receiveWithAuthorization', args(received, signature)),
    /caller must be the payee/,
  );
  await write(bob, USDC, 'receiveWithAuthorization', args(received, signature));
});

test('a permit sets an allowance, once', async () => {
  const { USDC } = devnet.info.tokens.base;
  const permit = {
    owner: alice.address,
    spender: bob.address,
    value: 77n,
    nonce: await read(USDC, 'nonces', [alice.address]),
    deadline: 2n ** 200n,
  };
  const signature = await sign(
    alice,
    'Permit',
    ['owner:address', 'spender:address', 'value:uint256', 'nonce:uint256', 'deadline:uint256'],
    permit,
  );
  const call = [alice.address, bob.address, 77n, permit.deadline, signature];
  await write(mallory, USDC, 'permit', call);
  assert.equal(await read(USDC, 'allowance', [alice.address, bob.address]), 77n);
  await assert.rejects(write(mallory, USDC, 'permit', call), /invalid signature/);
});

test('USDC calls itself USD Coin version 2, and strangers do not mint it', async () => {
  const { USDC } = devnet.info.tokens.base;
  assert.deepEqual(
    [await read(USDC, 'name'), await read(USDC, 'version'), await read(USDC, 'decimals')],
    ['USD Coin', '2', 6],
  );
  await assert.rejects(write(mallory, USDC, 'mint', [mallory.address, 1n]), /caller is not a minter/);
});

test('the gas price oracle asks more for longer transactions', async () => {
  const abi = parseAbi([
    'function getL1Fee(bytes) view returns (uint256)',
    'function getOperatorFee(uint256) view returns (uint256)',
  ]);
  const ask = (functionName, value) => read('0x420000000000000000000000000000000000000F', functionName, [value], abi);
  const [short, long] = [
    await ask('getL1Fee', `0x${'ff'.repeat(120)}`),
    await ask('getL1Fee', `0x${'ff'.repeat(500)}`),
  ];
  assert.ok(short > 0n && long > short && long < parseEther('0.0001'), `${short}, ${long}`);
  assert.ok((await ask('getOperatorFee', 100_000n)) >= 0n);
});

test('price feeds tell fresh prices until one is frozen', async () => {
  const abi = parseAbi([
    'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)',
    'function decimals() view returns (uint8)',
    'function freeze(uint256)',
  ]);
  const feed = '0x71041dddad3595F9CEd3DcCFBe3D1F4b0a16Bb70';
  const [, answer, , updatedAt] = await read(feed, 'latestRoundData', [], abi);
  assert.equal(answer, 3_000n * 10n ** BigInt(await read(feed, 'decimals', [], abi)));
  assert.ok(BigInt(Math.round(Date.now() / 1000)) - updatedAt < 60n, `updated at ${updatedAt}`);
  await write(mallory, feed, 'freeze', [1_000n], { abi });
  assert.equal((await read(feed, 'latestRoundData', [], abi))[3], 1_000n);
  await write(mallory, feed, 'freeze', [0n], { abi });
  const uptime = await read('0xBCF85224fc0756B9Fa45aA7892530B47e10b6433', 'latestRoundData', [], abi);
  assert.equal(uptime[1], 0n);
});

test('many reads go into one call', async () => {
  const { USDC } = devnet.info.tokens.base;
  const contracts = [alice, bob].map(({ address }) => ({
    address: USDC,
    abi: TOKEN,
    functionName: 'balanceOf',
    args: [address],
  }));
  const balances = await client.multicall({ contracts, allowFailure: false });
  assert.deepEqual(
    balances,
    await Promise.all(contracts.map(({ args: [address] }) => read(USDC, 'balanceOf', [address]))),
  );
});

test('the node signs for no one but the faucet, and caps the gas as Base does', async () => {
  await assert.rejects(
    client.request({ method: 'eth_sendTransaction', params: [{ from: alice.address, to: bob.address, value: '0x1' }] }),
  );
  await assert.rejects(
    wallet.sendTransaction({ account: alice, to: bob.address, value: 1n, gas: 16_777_217n }),
    /gas/i,
  );
});
