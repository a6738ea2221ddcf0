import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as spl from '@solana/spl-token';
import web3 from '@solana/web3.js';
import { eventually, fund, secretOf, startDevnet } from './support.mjs';

let devnet;
let connection;
const keypair = (name) => web3.Keypair.fromSeed(secretOf(name));
const alice = keypair('alice');
const bob = keypair('bob');

before(async () => {
  devnet = await startDevnet();
  connection = new web3.Connection(devnet.info.solana.rpc, 'confirmed');
});
after(async () => {
  connection._rpcWebSocket.close(); // it would try to connect for ever, and offers no public way to stop
  await devnet.stop();
});

const transfer = (lamports, to = bob.publicKey) =>
  new web3.Transaction().add(web3.SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: to, lamports }));

test('the published names hold the keys derived from their names', () => {
  for (const name of ['alice', 'bob', 'carol', 'mallory']) {
    assert.equal(keypair(name).publicKey.toBase58(), devnet.info.names[name].solana);
  }
});

test('a transfer confirms over the WebSocket and moves the lamports and the fee', async () => {
  const [aliceBefore, bobBefore] = await Promise.all(
    [alice, bob].map(({ publicKey }) => connection.getBalance(publicKey)),
  );
  await web3.sendAndConfirmTransaction(connection, transfer(1_234_567), [alice]);
  assert.equal(await connection.getBalance(bob.publicKey), bobBefore + 1_234_567);
  assert.equal(await connection.getBalance(alice.publicKey), aliceBefore - 1_234_567 - 5_000);
});

test('a transaction passes from processed over confirmed to finalized', async () => {
  const { blockhash } = await connection.getLatestBlockhash();
  const transaction = transfer(10);
  transaction.recentBlockhash = blockhash;
  transaction.sign(alice);
  const signature = await connection.sendRawTransaction(transaction.serialize());
  const seen = [];
  await eventually(async () => {
    const { value } = await connection.getSignatureStatus(signature);
    if (seen.at(-1) !== value.confirmationStatus) seen.push(value.confirmationStatus);
    return value.confirmationStatus === 'finalized' && value.confirmations === null;
  }, 'finality');
  assert.ok(['confirmed,finalized', 'processed,confirmed,finalized'].includes(seen.join()), seen.join());
});

test('a subscription to a finalized signature fires at finality, not before', async () => {
  const { blockhash } = await connection.getLatestBlockhash();
  const transaction = transfer(11);
  transaction.recentBlockhash = blockhash;
  transaction.sign(alice);
  const signature = await connection.sendRawTransaction(transaction.serialize());
  await new Promise((resolve) => connection.onSignature(signature, resolve, 'finalized'));
  const { value } = await connection.getSignatureStatus(signature);
  assert.equal(value.confirmationStatus, 'finalized');
});

test('USDC reaches a wallet without a token account, which the payer creates', async () => {
  const mint = new web3.PublicKey(devnet.info.tokens.solana.USDC);
  await fund(devnet.info, {
    chain: 'solana',
    address: alice.publicKey.toBase58(),
    asset: 'USDC',
    baseUnits: '5000000',
  });
  const source = spl.getAssociatedTokenAddressSync(mint, alice.publicKey);
  const target = spl.getAssociatedTokenAddressSync(mint, bob.publicKey);
  assert.equal(await connection.getAccountInfo(target), null);
  const account = await spl.getOrCreateAssociatedTokenAccount(connection, alice, mint, bob.publicKey);
  await spl.transferChecked(connection, alice, source, mint, account.address, alice, 1_500_000n, 6);
  assert.equal((await connection.getTokenAccountBalance(target)).value.uiAmountString, '1.5');
  assert.equal((await connection.getTokenSupply(mint)).value.amount, '5000000');
});

test('CARGO is a Token-2022 token with nine decimals that arrives whole', async () => {
  const mint = new web3.PublicKey(devnet.info.tokens.solana.CARGO);
  const program = spl.TOKEN_2022_PROGRAM_ID;
  await fund(devnet.info, {
    chain: 'solana',
    address: alice.publicKey.toBase58(),
    asset: 'CARGO',
    baseUnits: '7000000000',
  });
  const source = spl.getAssociatedTokenAddressSync(mint, alice.publicKey, false, program);
  const target = await spl.getOrCreateAssociatedTokenAccount(
    connection,
    alice,
    mint,
    bob.publicKey,
    false,
    'confirmed',
    undefined,
    program,
  );
  await spl.transferChecked(
    connection,
    alice,
    source,
    mint,
    target.address,
    alice,
    2_000_000_001n,
    9,
    [],
    undefined,
    program,
  );
  const { amount } = await spl.getAccount(connection, target.address, 'confirmed', program);
  assert.equal(amount, 2_000_000_001n);
  const metadata = await spl.getTokenMetadata(connection, mint);
  assert.equal(metadata.symbol, 'CARGO');
});

test('an airdrop arrives', async () => {
  const wallet = web3.Keypair.generate();
  const signature = await connection.requestAirdrop(wallet.publicKey, 3_000_000);
  await connection.confirmTransaction({ signature, ...(await connection.getLatestBlockhash()) });
  assert.equal(await connection.getBalance(wallet.publicKey), 3_000_000);
});

test('a version 0 transaction uses an address lookup table', async () => {
  const recentSlot = await connection.getSlot('confirmed');
  const [create, table] = web3.AddressLookupTableProgram.createLookupTable({
    authority: alice.publicKey,
    payer: alice.publicKey,
    recentSlot,
  });
  const extend = web3.AddressLookupTableProgram.extendLookupTable({
    payer: alice.publicKey,
    authority: alice.publicKey,
    lookupTable: table,
    addresses: [bob.publicKey, web3.Keypair.generate().publicKey],
  });
  await web3.sendAndConfirmTransaction(connection, new web3.Transaction().add(create, extend), [alice]);
  const { value: lookupTable } = await eventually(async () => {
    const found = await connection.getAddressLookupTable(table);
    return found.value?.state.addresses.length === 2 ? found : null;
  }, 'the lookup table');
  await eventually(
    async () => (await connection.getSlot('processed')) > Number(lookupTable.state.lastExtendedSlot),
    'a slot after the table',
  );
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
  const message = new web3.TransactionMessage({
    payerKey: alice.publicKey,
    recentBlockhash: blockhash,
    instructions: transfer(77).instructions,
  }).compileToV0Message([lookupTable]);
  assert.equal(message.addressTableLookups.length, 1);
  const transaction = new web3.VersionedTransaction(message);
  transaction.sign([alice]);
  const signature = await connection.sendTransaction(transaction);
  await connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight });
  const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  assert.deepEqual(found.meta.loadedAddresses.writable.map(String), [bob.publicKey.toBase58()]);
  await assert.rejects(connection.getTransaction(signature), /Transaction version \(0\) is not supported/);
});
