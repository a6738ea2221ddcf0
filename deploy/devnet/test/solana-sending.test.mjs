import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import web3 from '@solana/web3.js';
import { eventually, post, rpcClient, secretOf, startDevnet } from './support.mjs';

// Slots advance only when a test says so.
let devnet;
let connection;
let rpc;
const alice = web3.Keypair.fromSeed(secretOf('alice'));
const bob = web3.Keypair.fromSeed(secretOf('bob'));
const mallory = web3.Keypair.fromSeed(secretOf('mallory'));

before(async () => {
  devnet = await startDevnet(['--slot-ms', '0']);
  connection = new web3.Connection(devnet.info.solana.rpc, 'confirmed');
  rpc = rpcClient(devnet.info.solana.rpc);
});
after(() => devnet.stop());

const advance = (slots) => rpc.call('devnet_advance', slots);
const pay = (lamports, from = alice) =>
  web3.SystemProgram.transfer({ fromPubkey: from.publicKey, toPubkey: bob.publicKey, lamports });

/** A signed transaction, base64. Each has its own amount, so none repeats another. */
let amount = 1_000;
async function signed({ instructions = [pay((amount += 1))], signer = alice, commitment = 'confirmed' } = {}) {
  const { blockhash } = await connection.getLatestBlockhash(commitment);
  const transaction = new web3.Transaction({ feePayer: signer.publicKey, recentBlockhash: blockhash }).add(
    ...instructions,
  );
  transaction.sign(signer);
  return transaction.serialize().toString('base64');
}

const CONFIRMED = { encoding: 'base64', preflightCommitment: 'confirmed' };
const SKIP = { encoding: 'base64', skipPreflight: true };
const send = (transaction, config = CONFIRMED) => rpc.ask('sendTransaction', transaction, config);
const status = async (signature) =>
  (await rpc.call('getSignatureStatuses', [signature], { searchTransactionHistory: true })).value[0];

test('a failing preflight comes back as -32002 with the error, the logs and the units', async () => {
  const { error } = await send(await signed({ instructions: [pay(99_000_000_000)] }));
  assert.equal(error.code, -32002);
  assert.match(
    error.message,
    /^Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1$/,
  );
  assert.deepEqual(error.data.err, { InstructionError: [0, { Custom: 1 }] });
  assert.ok(error.data.logs.some((line) => line.includes('insufficient lamports')));
  assert.equal(error.data.unitsConsumed, 150);
  assert.equal(error.data.accounts, null);
});

test('a failing transaction without preflight lands, and pays its fee only', async () => {
  const before = await connection.getBalance(alice.publicKey);
  const { result } = await send(await signed({ instructions: [pay(99_000_000_000)] }), SKIP);
  assert.deepEqual((await status(result)).err, { InstructionError: [0, { Custom: 1 }] });
  assert.equal(await connection.getBalance(alice.publicKey), before - 5_000);
});

test('a transaction that calls a program no one deployed pays its fee when preflight is skipped', async () => {
  const nowhere = new web3.TransactionInstruction({
    programId: web3.Keypair.generate().publicKey,
    keys: [],
    data: Buffer.alloc(0),
  });
  const before = await connection.getBalance(alice.publicKey);
  const { result } = await send(await signed({ instructions: [nowhere] }), SKIP);
  assert.equal(typeof (await status(result)).err, 'string');
  assert.equal(await connection.getBalance(alice.publicKey), before - 5_000);
});

test('a wrong signature is -32003, and without preflight it never lands', async () => {
  const bytes = Buffer.from(await signed(), 'base64');
  bytes[10] ^= 1;
  const { error } = await send(bytes.toString('base64'));
  assert.deepEqual([error.code, error.message], [-32003, 'Transaction signature verification failure']);
  const { result } = await send(bytes.toString('base64'), SKIP);
  assert.equal(await status(result), null);
});

test('the same transaction again is AlreadyProcessed, and pays once', async () => {
  const transaction = await signed();
  const { result } = await send(transaction);
  const after = await connection.getBalance(alice.publicKey);
  const { error } = await send(transaction);
  assert.equal(error.data.err, 'AlreadyProcessed');
  assert.equal(error.message, 'Transaction simulation failed: This transaction has already been processed');
  assert.equal((await send(transaction, SKIP)).result, result);
  assert.equal(await connection.getBalance(alice.publicKey), after);
});

test('a blockhash serves for 150 blocks and not one more', async () => {
  const { value } = await rpc.call('getLatestBlockhash', { commitment: 'processed' });
  assert.equal(value.lastValidBlockHeight, (await rpc.call('getBlockHeight', { commitment: 'processed' })) + 150);
  const [last, late] = [await signed({ commitment: 'processed' }), await signed({ commitment: 'processed' })];
  await advance(150);
  assert.equal(await rpc.call('getBlockHeight', { commitment: 'processed' }), value.lastValidBlockHeight);
  const { result } = await send(last, { ...CONFIRMED, preflightCommitment: 'processed' });
  assert.equal((await status(result)).err, null);
  await advance(1);
  const { error } = await send(late, { ...CONFIRMED, preflightCommitment: 'processed' });
  assert.deepEqual(
    [error.code, error.message, error.data.err],
    [-32002, 'Transaction simulation failed: Blockhash not found', 'BlockhashNotFound'],
  );
  const signature = (await send(late, SKIP)).result;
  await advance(5);
  assert.equal(await status(signature), null);
  assert.equal((await rpc.call('isBlockhashValid', value.blockhash, { commitment: 'processed' })).value, false);
});

test('a preflight at finalized does not know a blockhash younger than finality', async () => {
  const transaction = await signed({ commitment: 'processed' });
  const { error } = await send(transaction, { encoding: 'base64' });
  assert.equal(error.data.err, 'BlockhashNotFound');
  await advance(32);
  assert.equal(typeof (await send(transaction, { encoding: 'base64' })).result, 'string');
});

test('a transaction over 1232 bytes is refused', async () => {
  const { error } = await send(Buffer.alloc(1233).toString('base64'));
  assert.equal(error.code, -32602);
  assert.match(error.message, /too large: 1644 bytes|too large: 1233 bytes/);
});

test('a dropped transaction is accepted and lost, and the same bytes land later', async () => {
  await rpc.call('devnet_dropNext', 1);
  const transaction = await signed();
  const { result } = await send(transaction);
  await advance(40);
  assert.equal(await status(result), null);
  assert.equal((await send(transaction)).result, result);
  assert.equal((await status(result)).err, null);
});

test('a lost reply breaks the connection though the transaction has landed', async () => {
  await rpc.call('devnet_loseReply', 1);
  const transaction = await signed();
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'sendTransaction', params: [transaction, CONFIRMED] });
  await assert.rejects(post(devnet.info.solana.rpc, body), /fetch failed/);
  assert.equal((await send(transaction)).error.data.err, 'AlreadyProcessed');
});

test('a status is gone from the recent ones after 300 blocks, and found in the history', async () => {
  const { result } = await send(await signed());
  await advance(301);
  assert.equal((await rpc.call('getSignatureStatuses', [result])).value[0], null);
  assert.equal((await status(result)).confirmationStatus, 'finalized');
});

async function createNonce(authority) {
  const nonce = web3.Keypair.generate();
  const { blockhash } = await connection.getLatestBlockhash();
  const lamports = await connection.getMinimumBalanceForRentExemption(web3.NONCE_ACCOUNT_LENGTH);
  const transaction = web3.SystemProgram.createNonceAccount({
    fromPubkey: alice.publicKey,
    noncePubkey: nonce.publicKey,
    authorizedPubkey: authority,
    lamports,
  });
  transaction.feePayer = alice.publicKey;
  transaction.recentBlockhash = blockhash;
  transaction.sign(alice, nonce);
  const { error } = await send(transaction.serialize().toString('base64'));
  assert.equal(error, undefined);
  return nonce.publicKey;
}

async function nonceTransaction(nonce, instruction, signer = alice, authority = signer) {
  const { nonce: value } = await connection.getNonce(nonce);
  const advanceNonce = web3.SystemProgram.nonceAdvance({ noncePubkey: nonce, authorizedPubkey: authority.publicKey });
  const transaction = new web3.Transaction({ feePayer: signer.publicKey, recentBlockhash: value }).add(
    advanceNonce,
    instruction,
  );
  transaction.sign(signer);
  return transaction.serialize().toString('base64');
}

test('a durable nonce outlives every blockhash, and serves once', async () => {
  const nonce = await createNonce(alice.publicKey);
  const first = await connection.getNonce(nonce);
  const [one, other] = [await nonceTransaction(nonce, pay(501)), await nonceTransaction(nonce, pay(502))];
  assert.equal((await send(one)).error.data.err, 'BlockhashNotFound', 'not in the slot that stored it');
  await advance(500);
  const { result } = await send(one);
  assert.equal((await status(result)).err, null);
  assert.notEqual((await connection.getNonce(nonce)).nonce, first.nonce);
  assert.equal((await send(other)).error.data.err, 'BlockhashNotFound');
  assert.equal((await send(one)).error.data.err, 'BlockhashNotFound');
  await advance(1);
  assert.equal((await send(one)).error.data.err, 'BlockhashNotFound');
});

test('a nonce is used up by a transaction that fails', async () => {
  const nonce = await createNonce(alice.publicKey);
  await advance(2);
  const before = await connection.getNonce(nonce);
  const failing = await nonceTransaction(nonce, pay(99_000_000_000));
  const { result } = await send(failing, SKIP);
  assert.deepEqual((await status(result)).err, { InstructionError: [1, { Custom: 1 }] });
  assert.notEqual((await connection.getNonce(nonce)).nonce, before.nonce);
  await advance(2);
  assert.equal((await send(failing)).error.data.err, 'BlockhashNotFound');
});

test('a nonce serves its authority alone', async () => {
  const nonce = await createNonce(alice.publicKey);
  await advance(2);
  const stolen = await nonceTransaction(nonce, pay(1, mallory), mallory);
  assert.equal((await send(stolen)).error.data.err, 'BlockhashNotFound');
});

test('an account that only looks like a nonce does not stand in for a blockhash', async () => {
  const nonce = await createNonce(alice.publicKey);
  await advance(2);
  const transaction = await nonceTransaction(nonce, pay(3));
  const { value } = await rpc.call('getAccountInfo', nonce.toBase58(), { encoding: 'base64' });
  const place = (changes) =>
    rpc.call('devnet_setAccount', nonce.toBase58(), {
      lamports: 2_000_000,
      owner: value.owner,
      data: value.data,
      ...changes,
    });
  const uninitialized = Buffer.from(value.data[0], 'base64');
  uninitialized.writeUInt32LE(0, 4);
  for (const changes of [{ owner: bob.publicKey.toBase58() }, { data: [uninitialized.toString('base64'), 'base64'] }]) {
    await place(changes);
    assert.equal((await send(transaction)).error.data.err, 'BlockhashNotFound');
  }
  await place({});
  assert.equal((await send(transaction)).error, undefined);
});

test('the fee asked for is the fee taken, with priority and several signatures', async () => {
  const instructions = [
    web3.ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 123_457 }),
    web3.SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: bob.publicKey, lamports: 5_555 }),
    web3.SystemProgram.transfer({ fromPubkey: mallory.publicKey, toPubkey: bob.publicKey, lamports: 5_556 }),
  ];
  for (const limit of [null, 31_337]) {
    const { blockhash } = await connection.getLatestBlockhash();
    const transaction = new web3.Transaction({ feePayer: alice.publicKey, recentBlockhash: blockhash }).add(
      ...instructions,
    );
    if (limit !== null) transaction.add(web3.ComputeBudgetProgram.setComputeUnitLimit({ units: limit }));
    transaction.sign(alice, mallory);
    const message = transaction.compileMessage().serialize().toString('base64');
    const { value: fee } = await rpc.call('getFeeForMessage', message, { commitment: 'confirmed' });
    const { result } = await send(transaction.serialize().toString('base64'));
    await advance(2);
    const { meta } = await rpc.call('getTransaction', result, { commitment: 'confirmed', encoding: 'json' });
    assert.equal(fee, meta.fee);
    assert.equal(fee, 10_000 + Math.ceil((123_457 * (limit ?? 9_000)) / 1_000_000));
  }
});

test('prices paid show up among the recent prioritization fees of the accounts written', async () => {
  await advance(1);
  const instructions = [web3.ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 4_242 }), pay(4_242)];
  await send(await signed({ instructions }));
  const slot = await rpc.call('getSlot', { commitment: 'processed' });
  const fees = await rpc.call('getRecentPrioritizationFees', [alice.publicKey.toBase58()]);
  assert.equal(fees.length, 150);
  assert.equal(fees.find((entry) => entry.slot === slot).prioritizationFee, 4_242);
});

test('a simulation changes nothing and shows the accounts after it', async () => {
  const before = await connection.getBalance(bob.publicKey);
  const transaction = new web3.Transaction({
    feePayer: alice.publicKey,
    recentBlockhash: web3.PublicKey.default.toBase58(),
  }).add(pay(123));
  const bytes = transaction.serialize({ requireAllSignatures: false }).toString('base64');
  const { value } = await rpc.call('simulateTransaction', bytes, {
    encoding: 'base64',
    commitment: 'processed',
    sigVerify: false,
    replaceRecentBlockhash: true,
    innerInstructions: true,
    accounts: { encoding: 'base64', addresses: [bob.publicKey.toBase58(), mallory.publicKey.toBase58()] },
  });
  assert.equal(value.err, null);
  assert.equal(value.unitsConsumed, 150);
  assert.equal(value.accounts[0].lamports, before + 123);
  assert.deepEqual(value.innerInstructions, []);
  const current = await rpc.call('getLatestBlockhash', { commitment: 'processed' });
  assert.deepEqual(value.replacementBlockhash, current.value);
  assert.equal(await connection.getBalance(bob.publicKey), before);

  const unsigned = await rpc.ask('simulateTransaction', bytes, { encoding: 'base64', sigVerify: true });
  assert.equal(unsigned.error.code, -32003);
  const both = await rpc.ask('simulateTransaction', bytes, {
    encoding: 'base64',
    sigVerify: true,
    replaceRecentBlockhash: true,
  });
  assert.equal(both.error.code, -32602);
  const stale = await rpc.call('simulateTransaction', bytes, { encoding: 'base64' });
  assert.equal(stale.value.err, 'BlockhashNotFound');
});

test('heights, slots and blockhashes follow the commitment', async () => {
  const at = async (method) =>
    Promise.all(['processed', 'confirmed', 'finalized'].map((commitment) => rpc.call(method, { commitment })));
  for (const method of ['getSlot', 'getBlockHeight']) {
    const [processed, confirmed, finalized] = await at(method);
    assert.deepEqual([processed - confirmed, processed - finalized], [1, 32]);
  }
  const [processed, , finalized] = await at('getLatestBlockhash');
  assert.equal(processed.value.lastValidBlockHeight - finalized.value.lastValidBlockHeight, 32);
  assert.equal(await rpc.call('getSlot'), await rpc.call('getSlot', { commitment: 'finalized' }));
  const [slot, height] = [await rpc.call('getSlot'), await rpc.call('getBlockHeight')];
  assert.notEqual(slot, height, 'slots and heights differ, as on mainnet');
  const { error } = await rpc.ask('getBalance', alice.publicKey.toBase58(), { minContextSlot: slot + 1 });
  assert.deepEqual([error.code, error.data], [-32016, { contextSlot: slot }]);
});

test('the clock of the chain can be moved ahead', async () => {
  const slot = async () => rpc.call('getSlot', { commitment: 'processed' });
  const before = await rpc.call('getBlockTime', await slot());
  await rpc.call('devnet_advance', 1, 3_600);
  const after = await rpc.call('getBlockTime', await slot());
  assert.ok(after - before >= 3_600);
  await eventually(async () => (await advance(1)).slot > 0, 'a next slot');
  assert.ok((await rpc.call('getBlockTime', await slot())) >= after, 'for good');
});
