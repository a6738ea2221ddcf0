import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { solanaKey } from '../src/keys.mjs';
import { decodeBase58, encodeBase58 } from '../src/solana/base58.mjs';
import { composeTransaction, reads, signs, signsAndWrites, writes } from '../src/solana/compose.mjs';
import * as instructions from '../src/solana/instructions.mjs';
import { parseMessage, parseTransaction } from '../src/solana/message.mjs';
import {
  ADDRESS_LOOKUP_TABLE,
  ASSOCIATED_TOKEN,
  BPF_LOADER_UPGRADEABLE,
  COMPUTE_BUDGET,
  MEMO,
  RECENT_BLOCKHASHES,
  SYSTEM,
  TOKEN,
  TOKEN_2022,
} from '../src/solana/programs.mjs';
import { encodeExact, parseExact } from '../src/exact-json.mjs';
import { post, rpcClient, startDevnet } from './support.mjs';

const SEED = Number(process.env.DEVNET_FUZZ_SEED ?? 20_260_821);
const ROUNDS = Number(process.env.DEVNET_FUZZ_ROUNDS ?? 3_000);
const BATCH = 200;

let devnet;
let rpc;
let blockhash;
const alice = solanaKey('alice');

before(async () => {
  devnet = await startDevnet(['--slot-ms', '0']);
  rpc = rpcClient(devnet.info.solana.rpc);
  ({ blockhash } = (await rpc.call('getLatestBlockhash', { commitment: 'processed' })).value);
});
after(() => devnet.stop());

/** A small generator of repeatable random numbers (mulberry32). */
function randomOf(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    below,
    pick: (list) => list[below(list.length)],
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}

function seeds() {
  const { address } = alice;
  const bob = devnet.info.names.bob.solana;
  const mint = devnet.info.tokens.solana.USDC;
  const plain = (program, accounts, hex) => ({ program, accounts, data: Buffer.from(hex, 'hex') });
  const lists = [
    [instructions.transferLamports({ from: address, to: bob, lamports: 1n })],
    [
      plain(COMPUTE_BUDGET, [], '02400d0300'),
      plain(COMPUTE_BUDGET, [], '03e803000000000000'),
      instructions.memo('ahoy'),
    ],
    [instructions.createAssociatedAccount({ payer: address, owner: bob, mint, program: TOKEN })],
    [plain(SYSTEM, [writes(bob), reads(RECENT_BLOCKHASHES), signs(address)], '04000000')],
    [plain(TOKEN, [writes(mint), writes(bob), signs(address)], '0c0100000000000000060000')],
    [
      plain(
        ADDRESS_LOOKUP_TABLE,
        [writes(bob), signsAndWrites(address), reads(SYSTEM)],
        '00000000010000000000000000ff',
      ),
    ],
    [plain(BPF_LOADER_UPGRADEABLE, [writes(TOKEN), writes(bob), signs(address), writes(TOKEN)], '05000000')],
    [plain('Ed25519SigVerify111111111111111111111111111', [], '0100300000ffff10ffff700000010000ff')],
    [plain('Secp256r1SigVerify1111111111111111111111111', [], '010031000fffff10ffff700000010000ff')],
    [plain('KeccakSecp256k11111111111111111111111111111', [], '012000000c000061000a0000')],
    [plain('Stake11111111111111111111111111111111111111', [writes(bob), signs(address)], '0d000000')],
    [plain('Vote111111111111111111111111111111111111111', [writes(bob), signs(address)], '02000000ff')],
    [plain('LoaderV411111111111111111111111111111111111', [writes(bob), signs(address)], '00000000')],
    [plain('ZkE1Gama1Proof11111111111111111111111111111', [writes(bob)], '01ff00')],
  ];
  return lists
    .map((list) => composeTransaction({ signers: [alice], instructions: list, blockhash }).message.bytes)
    .flatMap((legacy) => [
      legacy,
      Buffer.concat([Buffer.from([0x80]), legacy, Buffer.from([0])]), // the same as version 0 without lookups
      Buffer.concat([
        Buffer.from([0x80]),
        legacy,
        Buffer.from([1]),
        solanaKey('no table').publicKey,
        Buffer.from([1, 0, 1, 1]),
      ]),
    ]);
}

const PROGRAMS = [
  SYSTEM,
  TOKEN,
  TOKEN_2022,
  ASSOCIATED_TOKEN,
  ADDRESS_LOOKUP_TABLE,
  BPF_LOADER_UPGRADEABLE,
  COMPUTE_BUDGET,
  MEMO,
  'BPFLoader2111111111111111111111111111111111',
  'Stake11111111111111111111111111111111111111',
  'Vote111111111111111111111111111111111111111',
  'ZkE1Gama1Proof11111111111111111111111111111',
  'Ed25519SigVerify111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
];

/** Well-formed, so that it gets into a program, with instructions that make little sense. */
function nonsense(random) {
  const { alice: a, bob: b } = devnet.info.names;
  const accounts = [
    a.solana,
    b.solana,
    ...Object.values(devnet.info.tokens.solana),
    ...PROGRAMS,
    RECENT_BLOCKHASHES,
    encodeBase58(random.bytes(32)),
    'SysvarC1ock11111111111111111111111111111111',
    'SysvarRent111111111111111111111111111111111',
    'Sysvar1nstructions1111111111111111111111111',
  ];
  const list = Array.from({ length: 1 + random.below(3) }, () => ({
    program: random.pick(PROGRAMS),
    accounts: Array.from({ length: random.below(8) }, () =>
      random.pick([reads, writes, writes])(random.pick(accounts)),
    ).concat(signs(a.solana)),
    data: Buffer.concat([
      Buffer.from([random.below(48)]),
      random.pick([Buffer.alloc(3), Buffer.alloc(0)]),
      random.bytes(random.below(50)),
    ]),
  }));
  return composeTransaction({ signers: [alice], instructions: list, blockhash }).message.bytes;
}

function mutate(source, random) {
  let bytes = Buffer.from(source);
  for (let changes = random.below(4); changes > 0; changes -= 1) {
    const at = random.below(bytes.length || 1);
    switch (random.below(7)) {
      case 0:
        bytes[at] ^= 1 << random.below(8);
        break;
      case 1:
        bytes[at] = random.pick([0, 1, 2, 0x7f, 0x80, 0xff]);
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), random.bytes(random.below(40)), bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(33))]);
        break;
      case 5:
        bytes[random.below(Math.min(6, bytes.length || 1))] = random.below(256); // the header
        break;
      default:
        random.bytes(32).copy(bytes, at);
    }
  }
  return bytes;
}

/** Signed again after the change, so that it gets as far as it can. */
const sealed = (message) => Buffer.concat([Buffer.from([1]), alice.sign(message), message]);

async function sendBatch(requests) {
  const batch = requests.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params }));
  const { text } = await post(devnet.info.solana.rpc, encodeExact(batch));
  const replies = parseExact(text);
  for (const { id, error } of replies) {
    assert.notEqual(error?.code, -32603, `${error?.message} after ${encodeExact(requests[id])} (seed ${SEED})`);
  }
  return replies;
}

test(`the node survives ${ROUNDS} mutated transactions and answers each`, async () => {
  const random = randomOf(SEED);
  const messages = seeds();
  let ran = 0;
  for (let done = 0; done < ROUNDS; done += BATCH) {
    // Some mutant may have spent everything or given the account away.
    await rpc.call('devnet_setAccount', alice.address, { lamports: 10n ** 12n, owner: SYSTEM });
    const requests = Array.from({ length: BATCH }, () => {
      const message = random.below(3) === 0 ? mutate(random.pick(messages), random) : nonsense(random);
      const whole = random.below(3) === 0 ? mutate(sealed(message), random) : sealed(message);
      const transaction = random.below(40) === 0 ? random.bytes(random.below(300)) : whole;
      const text = transaction.toString('base64');
      return random.pick([
        { method: 'sendTransaction', params: [text, { encoding: 'base64', skipPreflight: true }] },
        { method: 'sendTransaction', params: [text, { encoding: 'base64', preflightCommitment: 'processed' }] },
        {
          method: 'simulateTransaction',
          params: [text, { encoding: 'base64', commitment: 'processed', sigVerify: false }],
        },
        {
          method: 'simulateTransaction',
          params: [text, { encoding: 'base64', replaceRecentBlockhash: true, innerInstructions: true }],
        },
        { method: 'getFeeForMessage', params: [message.toString('base64'), { commitment: 'processed' }] },
      ]);
    });
    const replies = await sendBatch(requests);
    assert.equal(replies.length, BATCH);
    ran += replies.filter(({ result }) => result?.value?.logs?.length > 0).length;
  }
  assert.ok(ran > ROUNDS / 20, `only ${ran} of the mutants ran at all`);
  assert.equal(await rpc.call('getHealth'), 'ok');
  const history = await rpc.call('getSignaturesForAddress', alice.address, { commitment: 'confirmed' });
  for (const { signature } of history.slice(0, 50)) {
    const read = await rpc.ask('getTransaction', signature, {
      commitment: 'confirmed',
      encoding: 'jsonParsed',
      maxSupportedTransactionVersion: 0,
    });
    assert.equal(read.error, undefined);
  }
});

test('the node survives random parameters to every method', async () => {
  const random = randomOf(SEED + 1);
  const methods = [
    'getAccountInfo',
    'getBalance',
    'getBlock',
    'getBlockHeight',
    'getBlocks',
    'getBlocksWithLimit',
    'getBlockTime',
    'getEpochInfo',
    'getFeeForMessage',
    'getLatestBlockhash',
    'getMinimumBalanceForRentExemption',
    'getMultipleAccounts',
    'getProgramAccounts',
    'getRecentPerformanceSamples',
    'getRecentPrioritizationFees',
    'getSignatureStatuses',
    'getSignaturesForAddress',
    'getSlot',
    'getSupply',
    'getTokenAccountBalance',
    'getTokenAccountsByDelegate',
    'getTokenAccountsByOwner',
    'getTokenLargestAccounts',
    'getTokenSupply',
    'getTransaction',
    'isBlockhashValid',
    'requestAirdrop',
    'sendTransaction',
    'simulateTransaction',
    'devnet_setAccount',
    'devnet_dropNext',
    'devnet_loseReply',
  ];
  const { alice: names } = devnet.info.names;
  const atoms = [
    null,
    true,
    false,
    0,
    1,
    -1,
    0.5,
    1e300,
    2n ** 63n,
    2n ** 64n - 1n,
    2n ** 64n,
    -(2n ** 70n),
    '',
    'x',
    '1'.repeat(44),
    '0OIl',
    'a'.repeat(5_000),
    names.solana,
    devnet.info.tokens.solana.USDC,
    devnet.info.tokens.solana.CARGO,
    TOKEN,
    SYSTEM,
    blockhash,
    RECENT_BLOCKHASHES,
    'confirmed',
    'processed',
    'CONFIRMED',
    'base64',
    'jsonParsed',
    '\u0000',
    '\ud800',
    'SysvarC1ock11111111111111111111111111111111',
  ];
  const names2 = [
    'commitment',
    'encoding',
    'dataSlice',
    'offset',
    'length',
    'filters',
    'memcmp',
    'dataSize',
    'bytes',
    'mint',
    'programId',
    'limit',
    'before',
    'until',
    'accounts',
    'addresses',
    'minContextSlot',
    'maxSupportedTransactionVersion',
    'lamports',
    'owner',
    'data',
    'skipPreflight',
    'replaceRecentBlockhash',
    'sigVerify',
    'searchTransactionHistory',
    'transactionDetails',
  ];
  const value = (depth) => {
    const kind = depth > 2 ? 0 : random.below(6);
    if (kind === 4) return Array.from({ length: random.below(4) }, () => value(depth + 1));
    if (kind === 5)
      return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(names2), value(depth + 1)]));
    return random.pick(atoms);
  };
  for (let done = 0; done < ROUNDS; done += BATCH) {
    await sendBatch(
      Array.from({ length: BATCH }, () => {
        const method = random.pick(methods);
        const params = Array.from({ length: random.below(4) }, () => value(0));
        // A reply that is to be lost would take the whole batch with it.
        return method === 'devnet_loseReply' ? { method, params: [-1, ...params] } : { method, params };
      }),
    );
  }
  assert.equal(await rpc.call('getHealth'), 'ok');
});

test('random text and bytes over HTTP and in messages do no harm', async () => {
  const random = randomOf(SEED + 2);
  for (let i = 0; i < 200; i += 1) {
    const { status } = await post(devnet.info.solana.rpc, random.bytes(random.below(200)));
    assert.equal(status, 200);
  }
  for (let i = 0; i < 5_000; i += 1) {
    const bytes = random.bytes(random.below(120));
    for (const parse of [parseTransaction, parseMessage]) {
      try {
        parse(bytes);
      } catch (error) {
        assert.equal(error.name, 'Error');
        assert.ok(error.stage, error.stack);
      }
    }
  }
});

test('base58 gives back what it was given', () => {
  const random = randomOf(SEED + 3);
  for (let i = 0; i < 300; i += 1) {
    const bytes = Buffer.concat([Buffer.alloc(random.below(4)), random.bytes(random.below(70))]);
    assert.deepEqual(decodeBase58(encodeBase58(bytes)), bytes);
  }
  assert.equal(decodeBase58('0'), null);
  assert.equal(decodeBase58('ä'), null);
});
