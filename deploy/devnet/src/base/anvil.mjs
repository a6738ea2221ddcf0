import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MISSING_PACKAGES, StartError } from '../options.mjs';
import { LOOPBACK, portTaken } from '../ports.mjs';

const VERSION = '1.7.1';
const WATCHDOG = fileURLToPath(new URL('./watchdog.mjs', import.meta.url));
const READY_TIMEOUT_MS = 30_000;

export const CHAIN_ID = 8453;
/** Makes `safe` two and `finalized` four blocks old. */
const SLOTS_IN_AN_EPOCH = 2;
/** Base's lowest, in wei. */
const BASE_FEE = 5_000_000;
/** Each kept state holds all block hashes, so the default of 500 would fill gigabytes in hours. */
const KEPT_STATES = 64;

/**
 * Starts anvil under a watchdog that ends it when this process is gone, however it went.
 *
 * @param {{port: number, onExit: (reason: string) => void}} options port 0 = any free one
 * @returns {Promise<{port: number, stop: () => Promise<void>}>}
 */
export async function startAnvil({ port, onExit }) {
  const args = [
    ...['--host', LOOPBACK, '--port', String(port), '--chain-id', String(CHAIN_ID)],
    ...['--slots-in-an-epoch', String(SLOTS_IN_AN_EPOCH), '--prune-history', String(KEPT_STATES)],
    ...['--base-fee', String(BASE_FEE), '--enable-tx-gas-limit', '--accounts', '0'],
  ];
  const child = spawn(process.execPath, [WATCHDOG, anvilBinary(), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let stopping = false;
  const exited = new Promise((resolve) => child.once('close', resolve));
  child.stdin.on('error', () => {}); // the watchdog may be gone first; `close` tells
  const stop = async () => {
    stopping = true;
    child.stdin.end();
    await exited;
  };
  const listeningPort = await untilListening(child, port);
  child.stdout.resume();
  child.stderr.resume();
  exited.then((code) => {
    if (!stopping) onExit(`anvil stopped by itself (exit code ${code})`);
  });
  return { port: listeningPort, stop };
}

function untilListening(child, port) {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => fail(`anvil does not listen after ${READY_TIMEOUT_MS / 1000} s`), READY_TIMEOUT_MS);
    const fail = (what) => {
      clearTimeout(timer);
      child.stdin.end();
      const taken = /address (already )?in use/i.test(output);
      reject(taken ? portTaken(port, 'Base JSON-RPC') : new StartError(`${what}\n${output.trim()}`));
    };
    const read = (text) => {
      output += text;
      const found = /Listening on [\d.]+:(\d+)/.exec(output);
      if (found === null) return;
      clearTimeout(timer);
      child.stdout.off('data', read);
      resolve(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (text) => (output += text));
    child.once('error', (error) => fail(`anvil does not start: ${error.message}`));
    child.once('close', (code) => fail(`anvil ended at once (exit code ${code})`));
  });
}

/** The binary of the platform package, without the launcher in front of it: that would be one more process to look after. */
function anvilBinary() {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/anvil`);
  } catch {
    throw new StartError(
      `${MISSING_PACKAGES}. ` + `If ${name} is still missing then, run \`npm install --no-save ${name}@${VERSION}\`.`,
    );
  }
}
