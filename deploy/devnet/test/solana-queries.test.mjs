import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as spl from '@solana/spl-token';
import web3 from '@solana/web3.js';
import { fund, rpcClient, secretOf, startDevnet } from './support.mjs';

let devnet;
let connection;
let rpc;
const alice = web3.Keypair.fromSeed(secretOf('alice'));
const bob = web3.Keypair.fromSeed(secretOf('bob'));
const aliceAddress = alice.publicKey.toBase58();
const bobAddress = bob.publicKey.toBase58();
const U64_MAX = 18_446_744_073_709_551_615n;
const SYSTEM = web3.SystemProgram.programId.toBase58();

before(async () => {
  devnet = await startDevnet(['--slot-ms', '0', '--finality-slots', '2']);
  connection = new web3.Connection(devnet.info.solana.rpc, 'confirmed');
  rpc = rpcClient(devnet.info.solana.rpc);
});
after(() => devnet.stop());

const advance = (slots) => rpc.call('devnet_advance', slots);

async function land(transaction, ...signers) {
  const { blockhash } = await connection.getLatestBlockhash();
  transaction.feePayer = signers[0].publicKey;
  transaction.recentBlockhash = blockhash;
  transaction.sign(...signers);
  return connection.sendRawTransaction(transaction.serialize());
}

const pay = (lamports) =>
  web3.SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: bob.publicKey, lamports });

test('lamports above 2^53 and the rent epoch are exact in both directions', async () => {
  const address = web3.Keypair.generate().publicKey.toBase58();
  const raw = await fetch(devnet.info.solana.rpc, {
    method: 'POST',
    body: `{"jsonrpc":"2.0","id":1,"method":"devnet_setAccount","params":["${address}",{"lamports":9007199254740993,"owner":"${SYSTEM}"}]}`,
  });
  assert.equal(await raw.text(), '{"jsonrpc":"2.0","result":true,"id":1}');
  const { value } = await rpc.call('getAccountInfo', address, { encoding: 'base64' });
  assert.equal(value.lamports, 9_007_199_254_740_993n);
  assert.equal(value.rentEpoch, U64_MAX);
  assert.equal((await rpc.call('getBalance', address)).value, 9_007_199_254_740_993n);
});

test('accounts come in the encoding asked for, sliced', async () => {
  const address = web3.Keypair.generate().publicKey.toBase58();
  const data = Buffer.from('a hold full of coffee');
  await rpc.call('devnet_setAccount', address, {
    lamports: 5,
    owner: SYSTEM,
    data: [data.toString('base64'), 'base64'],
  });
  const dataOf = async (config) => (await rpc.call('getAccountInfo', address, config)).value.data;
  assert.deepEqual(await dataOf({ encoding: 'base64' }), [data.toString('base64'), 'base64']);
  assert.deepEqual(await dataOf({ encoding: 'base64', dataSlice: { offset: 2, length: 4 } }), [
    Buffer.from('hold').toString('base64'),
    'base64',
  ]);
  assert.deepEqual((await dataOf({ encoding: 'base58' }))[1], 'base58');
  assert.equal(typeof (await dataOf({})), 'string', 'no encoding means plain base58');
  assert.deepEqual(
    await dataOf({ encoding: 'jsonParsed' }),
    [data.toString('base64'), 'base64'],
    'what cannot be parsed stays bytes',
  );
  const { error } = await rpc.ask('getAccountInfo', devnet.info.tokens.solana.CARGO, { encoding: 'base58' });
  assert.equal(error.code, -32600);
  const several = await rpc.call('getMultipleAccounts', [address, web3.Keypair.generate().publicKey.toBase58()], {
    encoding: 'base64',
  });
  assert.equal(several.value[0].space, data.length);
  assert.equal(several.value[1], null);
});

test('mints and token accounts are parsed, with their extensions', async () => {
  const { USDC, CARGO } = devnet.info.tokens.solana;
  const usdc = (await rpc.call('getAccountInfo', USDC, { encoding: 'jsonParsed' })).value.data;
  assert.equal(usdc.program, 'spl-token');
  assert.equal(usdc.parsed.info.decimals, 6);
  const cargo = (await rpc.call('getAccountInfo', CARGO, { encoding: 'jsonParsed' })).value.data.parsed.info;
  assert.deepEqual(
    cargo.extensions.map(({ extension }) => extension),
    ['metadataPointer', 'tokenMetadata'],
  );
  const { tokenAccount } = await fund(devnet.info, {
    chain: 'solana',
    address: bobAddress,
    asset: 'CARGO',
    baseUnits: '1500000000',
  });
  const account = (await rpc.call('getAccountInfo', tokenAccount, { encoding: 'jsonParsed' })).value.data.parsed;
  assert.deepEqual(account.info.tokenAmount, {
    amount: '1500000000',
    decimals: 9,
    uiAmount: 1.5,
    uiAmountString: '1.5',
  });
  assert.deepEqual(account.info.extensions, [{ extension: 'immutableOwner' }]);
});

test('token accounts are found by owner and mint, by owner and program, and by size', async () => {
  const { USDC } = devnet.info.tokens.solana;
  const owned = async (filter) =>
    (await rpc.call('getTokenAccountsByOwner', bobAddress, filter, { encoding: 'jsonParsed' })).value;
  await fund(devnet.info, { chain: 'solana', address: bobAddress, asset: 'USDC', baseUnits: '42' });
  assert.deepEqual(
    (await owned({ mint: USDC })).map(({ account }) => account.data.parsed.info.tokenAmount.amount),
    ['42'],
  );
  assert.equal((await owned({ programId: spl.TOKEN_2022_PROGRAM_ID.toBase58() })).length, 1);
  assert.match(
    (await rpc.ask('getTokenAccountsByOwner', bobAddress, { mint: bobAddress })).error.message,
    /could not find mint/,
  );
  assert.match(
    (await rpc.ask('getTokenAccountsByOwner', bobAddress, { programId: SYSTEM })).error.message,
    /unrecognized Token program/,
  );
  const [largest] = (await rpc.call('getTokenLargestAccounts', USDC)).value;
  assert.equal(largest.amount, '42');

  const filters = [{ dataSize: 165 }, { memcmp: { offset: 32, bytes: bobAddress } }];
  const found = await rpc.call('getProgramAccounts', spl.TOKEN_PROGRAM_ID.toBase58(), { encoding: 'base64', filters });
  assert.equal(found.length, 1);
  const encoded = { memcmp: { offset: 32, bytes: bob.publicKey.toBuffer().toString('base64'), encoding: 'base64' } };
  const same = await rpc.call('getProgramAccounts', spl.TOKEN_PROGRAM_ID.toBase58(), {
    encoding: 'base64',
    filters: [encoded],
    withContext: true,
  });
  assert.equal(same.value[0].pubkey, found[0].pubkey);
});

test('a transaction can be read back in every encoding, once it is confirmed', async () => {
  const signature = await land(new web3.Transaction().add(pay(31)), alice);
  assert.equal(await rpc.call('getTransaction', signature, { commitment: 'confirmed' }), null);
  await advance(1);
  assert.equal(await rpc.call('getTransaction', signature), null, 'finalized is the default');
  const read = (encoding) => rpc.call('getTransaction', signature, { commitment: 'confirmed', encoding });
  const { transaction, meta } = await read('json');
  assert.equal(transaction.message.accountKeys[0], aliceAddress);
  assert.equal(meta.fee, 5_000);
  assert.deepEqual(
    meta.preBalances.map((amount, i) => meta.postBalances[i] - amount),
    [-5_031, 31, 0],
  );
  const [bytes] = (await read('base64')).transaction;
  assert.equal(web3.Transaction.from(Buffer.from(bytes, 'base64')).signatures.length, 1);
  assert.equal((await read('base58')).transaction[1], 'base58');
  const parsed = (await read('jsonParsed')).transaction.message.instructions[0];
  assert.deepEqual(parsed.parsed, {
    type: 'transfer',
    info: { source: aliceAddress, destination: bobAddress, lamports: 31 },
  });
  const { error } = await rpc.ask('getTransaction', signature, { commitment: 'processed' });
  assert.equal(error.code, -32602);
  await advance(1);
  assert.equal((await rpc.call('getTransaction', signature)).meta.err, null);
});

test('token instructions are parsed, in inner instructions too, with the token balances', async () => {
  const mint = new web3.PublicKey(devnet.info.tokens.solana.USDC);
  const carol = web3.Keypair.fromSeed(secretOf('carol')).publicKey;
  await fund(devnet.info, { chain: 'solana', address: aliceAddress, asset: 'USDC', baseUnits: '1000000' });
  const source = spl.getAssociatedTokenAddressSync(mint, alice.publicKey);
  const target = spl.getAssociatedTokenAddressSync(mint, carol);
  const transaction = new web3.Transaction().add(
    spl.createAssociatedTokenAccountIdempotentInstruction(alice.publicKey, target, carol, mint),
    spl.createTransferCheckedInstruction(source, mint, target, alice.publicKey, 400_000, 6),
    spl.createApproveInstruction(source, carol, alice.publicKey, 9),
  );
  const signature = await land(transaction, alice);
  await advance(1);
  const { transaction: read, meta } = await rpc.call('getTransaction', signature, {
    commitment: 'confirmed',
    encoding: 'jsonParsed',
  });
  assert.deepEqual(
    read.message.instructions.map(({ parsed }) => parsed.type),
    ['createIdempotent', 'transferChecked', 'approve'],
  );
  assert.deepEqual(read.message.instructions[1].parsed.info.tokenAmount.uiAmountString, '0.4');
  assert.ok(meta.innerInstructions[0].instructions.some(({ parsed }) => parsed?.type === 'initializeAccount3'));
  const change = (owner) => {
    const of = (list) => BigInt(list.find((entry) => entry.owner === owner)?.uiTokenAmount.amount ?? 0);
    return of(meta.postTokenBalances) - of(meta.preTokenBalances);
  };
  assert.equal(change(aliceAddress), -400_000n);
  assert.equal(change(carol.toBase58()), 400_000n);
});

test('the signatures of an address come newest first, in pages, with their memos', async () => {
  const memo = (text) =>
    new web3.TransactionInstruction({
      programId: new web3.PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'),
      keys: [],
      data: Buffer.from(text),
    });
  const sent = [];
  for (const lamports of [601, 602, 603, 604]) {
    sent.unshift(await land(new web3.Transaction().add(pay(lamports), memo(`order ${lamports}`)), alice));
    await advance(1);
  }
  const page = (config) => rpc.call('getSignaturesForAddress', bobAddress, { commitment: 'confirmed', ...config });
  const all = await page({});
  assert.deepEqual(
    all.slice(0, 4).map(({ signature }) => signature),
    sent,
  );
  assert.equal(all[0].memo, '[9] order 604');
  assert.deepEqual(
    (await page({ limit: 2 })).map(({ signature }) => signature),
    sent.slice(0, 2),
  );
  assert.deepEqual(
    (await page({ before: sent[1], limit: 1 })).map(({ signature }) => signature),
    [sent[2]],
  );
  assert.deepEqual(
    (await page({ until: sent[2] })).map(({ signature }) => signature),
    sent.slice(0, 2),
  );
  assert.equal((await rpc.ask('getSignaturesForAddress', bobAddress, { limit: 1001 })).error.code, -32602);
});

test('a block holds its transactions', async () => {
  const signature = await land(new web3.Transaction().add(pay(71)), alice);
  const { slot } = (await rpc.call('getSignatureStatuses', [signature])).value[0];
  assert.equal((await rpc.ask('getBlock', slot)).error.code, -32004);
  await advance(2);
  const block = await rpc.call('getBlock', slot, { transactionDetails: 'signatures', rewards: false });
  assert.deepEqual(block.signatures, [signature]);
  const next = await rpc.call('getBlock', slot + 1, { transactionDetails: 'none', commitment: 'confirmed' });
  assert.equal(next.previousBlockhash, block.blockhash);
  assert.equal(next.blockHeight, block.blockHeight + 1);
  assert.deepEqual(await rpc.call('getBlocks', slot, slot + 1), [slot, slot + 1]);
  assert.deepEqual(await rpc.call('getBlocksWithLimit', slot, 2), [slot, slot + 1]);
  assert.equal((await rpc.ask('getBlock', 5)).error.code, -32001);
});

test('every lamport is accounted for', async () => {
  const supply = async () => (await rpc.call('getSupply')).value;
  const { total } = await supply();
  await land(new web3.Transaction().add(pay(81)), alice);
  const after = await supply();
  assert.equal(BigInt(total) - BigInt(after.total), 5_000n);
  assert.equal(BigInt(after.circulating) + BigInt(after.nonCirculating), BigInt(after.total));
});

test('rent is what mainnet asks', async () => {
  assert.equal(await rpc.call('getMinimumBalanceForRentExemption', 0), 890_880);
  assert.equal(await rpc.call('getMinimumBalanceForRentExemption', 165), 2_039_280);
});

test('the node answers what wallets and clients ask of it', async () => {
  assert.equal(await rpc.call('getHealth'), 'ok');
  assert.equal(await rpc.call('getGenesisHash'), devnet.info.solana.genesis);
  assert.match((await rpc.call('getVersion'))['solana-core'], /^\d+\.\d+\.\d+$/);
  const epoch = await rpc.call('getEpochInfo');
  assert.equal(epoch.epoch * epoch.slotsInEpoch + epoch.slotIndex, epoch.absoluteSlot);
  for (const method of [
    'getIdentity',
    'getEpochSchedule',
    'getVoteAccounts',
    'getInflationRate',
    'getInflationGovernor',
    'getLargestAccounts',
    'getBlockProduction',
    'getBlockCommitment',
    'getLeaderSchedule',
    'getClusterNodes',
    'getTransactionCount',
    'getFirstAvailableBlock',
    'getSlotLeader',
    'minimumLedgerSlot',
    'getRecentPerformanceSamples',
  ]) {
    assert.notEqual(await rpc.call(method), undefined, method);
  }
});

test('a program can be added and called, and a broken one is refused without harm', async () => {
  const id = web3.Keypair.generate().publicKey;
  for (const bytes of [Buffer.from('not a program'), Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(5_000, 0x7f)]) {
    const { error } = await rpc.ask('devnet_addProgram', id.toBase58(), bytes.toString('base64'));
    assert.equal(error.code, -32602);
  }
  assert.equal(await rpc.call('getHealth'), 'ok');
  const memoProgram = 'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo';
  const { value } = await rpc.call('getAccountInfo', memoProgram, { encoding: 'base64' });
  const code = await programCode(value);
  assert.equal(await rpc.call('devnet_addProgram', id.toBase58(), code), true);
  const signature = await land(
    new web3.Transaction().add(new web3.TransactionInstruction({ programId: id, keys: [], data: Buffer.from('ahoy') })),
    alice,
  );
  assert.equal((await rpc.call('getSignatureStatuses', [signature])).value[0].err, null);
  const { error } = await rpc.ask('devnet_setAccount', id.toBase58(), { lamports: 1, owner: SYSTEM });
  assert.match(error.message, /is a program/);
});

/** A program's code lies in its own account or, under the upgradeable loader, in another. */
async function programCode({ owner, data: [text] }) {
  if (!owner.startsWith('BPFLoaderUpgradeab')) return text;
  const codeAddress = new web3.PublicKey(Buffer.from(text, 'base64').subarray(4, 36)).toBase58();
  const { value } = await rpc.call('getAccountInfo', codeAddress, { encoding: 'base64' });
  return Buffer.from(value.data[0], 'base64').subarray(45).toString('base64');
}
