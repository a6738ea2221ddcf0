import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TRIAL = fileURLToPath(new URL('./program-trial-process.mjs', import.meta.url));
const TIMEOUT_MS = 20_000;

/**
 * Loads a program in a process of its own first, because some broken files end the process that loads them.
 *
 * @param {Buffer} key
 * @param {Buffer} bytes
 * @returns {Promise<string | null>} why it cannot be loaded, or null
 */
export function tryProgram(key, bytes) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [TRIAL, key.toString('hex')], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let refusal = '';
    child.stdout.on('data', (text) => (refusal += text));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => {
      if (code === 0) resolve(null);
      else resolve(refusal || 'the virtual machine breaks down on it');
    });
    child.stdin.on('error', () => {}); // it may die before it has read everything; `close` tells
    child.stdin.end(bytes);
  });
}
