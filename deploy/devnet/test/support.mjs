import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { encodeExact, parseExact } from '../src/exact-json.mjs';

export const MAIN = fileURLToPath(new URL('../src/main.mjs', import.meta.url));
const START_MS = 30_000;

/**
 * Starts a devnet on free ports, with short slots unless told otherwise.
 *
 * @param {string[]} [options]
 */
export async function startDevnet(options = ['--slot-ms', '50', '--finality-slots', '4']) {
  const child = spawn(process.execPath, [MAIN, '--random-ports', '--json', '--stop-on-stdin-eof', ...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const output = { stdout: '', stderr: '' };
  child.stderr.on('data', (text) => (output.stderr += text));
  const line = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time: ${output.stderr}`)), START_MS);
    child.stdout.on('data', (text) => {
      output.stdout += text;
      if (!output.stdout.includes('\n')) return;
      clearTimeout(timer);
      resolve(output.stdout);
    });
    exited.then(([code]) => reject(new Error(`ended with ${code}: ${output.stderr}`)));
  });
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  return { child, exited, output, stop, info: JSON.parse(line) };
}

/** The secret of a devnet name, as the README gives it. */
export const secretOf = (name) => createHash('sha256').update(`supercargo devnet ${name}`).digest();

/**
 * Asks until the answer is truthy.
 *
 * @template T
 * @param {() => T | Promise<T>} ask
 * @param {string} what
 * @returns {Promise<T>}
 */
export async function eventually(ask, what, withinMs = 10_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Posts text; gives the status, the headers and the body. */
export async function post(url, body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A JSON-RPC caller that keeps integers exact. `call` gives the result or throws; `ask` gives the whole reply. */
export function rpcClient(url) {
  const ask = async (method, ...params) =>
    parseExact((await post(url, encodeExact({ jsonrpc: '2.0', id: 1, method, params }))).text);
  const call = async (method, ...params) => {
    const { result, error } = await ask(method, ...params);
    if (error) throw Object.assign(new Error(error.message), error);
    return result;
  };
  return { ask, call };
}

export async function fund(info, wish) {
  const { text } = await post(`${info.faucet}/fund`, JSON.stringify(wish));
  const reply = JSON.parse(text);
  if (!reply.ok) throw new Error(reply.error);
  return reply;
}
