import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../contracts/', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
const SETTINGS = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 10_000 },
  outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
};

/**
 * Creation code of every contract in `contracts/`, by contract name, as hexadecimal digits. Compiling takes seconds, so the
 * result is kept under the hash of what went into it.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function compileContracts() {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sol')).sort();
  const sources = {};
  for (const name of names) sources[name] = { content: await readFile(FOLDER + name, 'utf8') };
  const require = createRequire(import.meta.url);
  const input = JSON.stringify({ language: 'Solidity', sources, settings: SETTINGS });
  const hash = createHash('sha256').update(require('solc/package.json').version).update(input).digest('hex');
  const cached = `${CACHE}contracts-${hash.slice(0, 32)}.json`;
  try {
    return JSON.parse(await readFile(cached, 'utf8'));
  } catch {
    const bytecode = compile(require('solc'), input);
    await keep(cached, bytecode);
    return bytecode;
  }
}

function compile(solc, input) {
  const output = JSON.parse(solc.compile(input));
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const contracts = Object.values(output.contracts).flatMap((file) => Object.entries(file));
  return Object.fromEntries(
    contracts.map(([name, { evm }]) => [name, evm.bytecode.object]).filter(([, code]) => code !== ''),
  );
}

async function keep(file, bytecode) {
  try {
    await mkdir(CACHE, { recursive: true });
    const fresh = `${file}.${randomUUID()}`; // another start may be writing the same
    await writeFile(fresh, JSON.stringify(bytecode));
    await rename(fresh, file);
  } catch (error) {
    process.stderr.write(
      `devnet: compiled contracts cannot be kept (${error.message}); the next start compiles again\n`,
    );
  }
}
