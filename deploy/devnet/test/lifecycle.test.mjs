import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { MAIN, eventually, startDevnet } from './support.mjs';

const run = (...args) => spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', timeout: 30_000 });

/** The processes below another, from the process table. */
async function descendants(pid) {
  const children = new Map();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => null);
    if (stat === null) continue;
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (id) => (children.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const answers = (url) =>
  fetch(url, { method: 'POST', body: '{}' }).then(
    () => true,
    () => false,
  );

/** Starts a devnet, ends it as told, and makes sure that nothing of it is left. */
async function endsClean(end) {
  const devnet = await startDevnet();
  const { pid } = devnet.child;
  const processes = process.platform === 'linux' ? await descendants(pid) : [];
  if (process.platform === 'linux') assert.equal(processes.length, 2, 'a watchdog and anvil');
  await end(devnet);
  const [code, signal] = await devnet.exited;
  for (const url of [devnet.info.solana.rpc, devnet.info.base.rpc, devnet.info.faucet]) {
    await eventually(async () => !(await answers(url)), `${url} is silent`);
  }
  await eventually(() => processes.every((process) => !isAlive(process)), 'all processes are gone');
  return { code, signal, devnet };
}

test('it stops when standard input ends, and has printed exactly one line of JSON', async () => {
  const { code, devnet } = await endsClean(({ child }) => child.stdin.end());
  assert.equal(code, 0);
  assert.match(devnet.output.stdout, /^\{"ready":true,[^\n]*\}\n$/);
  assert.deepEqual(Object.keys(devnet.info), ['ready', 'solana', 'base', 'faucet', 'names', 'tokens', 'uniswap']);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`it stops on ${signal}`, async () => {
    assert.equal((await endsClean(({ child }) => child.kill(signal))).code, 0);
  });
}

test('nothing is left when it is killed', async () => {
  assert.equal((await endsClean(({ child }) => child.kill('SIGKILL'))).signal, 'SIGKILL');
});

test('it stops while it still starts', async () => {
  const child = spawn(process.execPath, [MAIN, '--random-ports', '--json', '--stop-on-stdin-eof'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stdin.end();
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  assert.equal(output, '');
});

test('it stops with an error when anvil dies', { skip: process.platform !== 'linux' }, async () => {
  const devnet = await startDevnet();
  const [, anvil] = await descendants(devnet.child.pid);
  process.kill(anvil, 'SIGKILL');
  const [code] = await devnet.exited;
  assert.equal(code, 1);
  assert.match(devnet.output.stderr, /anvil stopped by itself/);
});

test('it says which port is taken, and leaves nothing behind', async () => {
  const occupied = createServer().listen(0, '127.0.0.1');
  await once(occupied, 'listening');
  const { port } = occupied.address();
  for (const [option, use] of [
    ['--solana-port', 'Solana JSON-RPC'],
    ['--base-port', 'Base JSON-RPC'],
    ['--faucet-port', 'the faucet'],
  ]) {
    const { status, stdout, stderr } = run('--random-ports', '--json', option, String(port));
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`port ${port} for ${use} is taken`));
  }
  occupied.close();
});

test('options that make no sense are refused with a reason', () => {
  for (const [args, reason] of [
    [['--slot-ms', 'fast'], /--slot-ms must be a whole number/],
    [['--solana-port', '70000'], /--solana-port must be/],
    [['--base-port', '8900'], /both port 8900/],
    [['--colour'], /Unknown option/],
  ]) {
    const { status, stderr } = run(...args);
    assert.equal(status, 1);
    assert.match(stderr, reason);
  }
  assert.match(run('--help').stdout, /--stop-on-stdin-eof/);
});

test('missing packages are told with the command that brings them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'devnet-without-packages-'));
  try {
    await cp(fileURLToPath(new URL('../src', import.meta.url)), join(folder, 'src'), { recursive: true });
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'src', 'main.mjs')], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(stderr, 'devnet: npm packages are missing: run `npm ci` in deploy/devnet\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the report for people shows every address and how to stop', async () => {
  const child = spawn(process.execPath, [MAIN, '--random-ports'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  await eventually(() => text.includes('mallory'), 'the report', 30_000);
  assert.match(text, /Ctrl-C/);
  assert.match(text, /ws:\/\/127\.0\.0\.1:\d+/);
  child.kill('SIGTERM');
  await once(child, 'exit');
});
