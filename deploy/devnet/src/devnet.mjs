import { startBase } from './base/start.mjs';
import { createFaucet } from './faucet.mjs';
import { MISSING_PACKAGES, StartError, USAGE, readOptions } from './options.mjs';
import { KEEP_ALIVE_MS, LOOPBACK, listen } from './ports.mjs';
import { describe, readableReport } from './report.mjs';
import { startSolana } from './solana/start.mjs';

const PARENT_CHECK_MS = 500;

/**
 * Runs the devnet until it is told to stop.
 *
 * @param {string[]} args of the command line
 */
export async function runDevnet(args) {
  const started = performance.now();
  const lifetime = new Lifetime();
  try {
    const options = readOptions(args);
    if (options === 'help') return void process.stdout.write(`${USAGE}\n`);
    lifetime.watch(options);
    const description = await start(options, lifetime);
    if (lifetime.stopping) return undefined;
    process.stdout.write(
      options.json ? `${JSON.stringify(description)}\n` : readableReport(description, performance.now() - started),
    );
    return undefined;
  } catch (error) {
    if (lifetime.stopping) return undefined; // what breaks while everything is being stopped is no news
    process.stderr.write(`devnet: ${explain(error)}\n`);
    return lifetime.stop(1);
  }
}

function explain(error) {
  if (error instanceof StartError) return error.message;
  return error.code === 'MODULE_NOT_FOUND' ? MISSING_PACKAGES : error.stack;
}

async function start({ solanaPort, basePort, faucetPort, slotMs, finalitySlots }, lifetime) {
  const startingBase = startBase({
    port: basePort,
    onExit: (reason) => {
      process.stderr.write(`devnet: ${reason}\n`);
      lifetime.stop(1);
    },
  });
  startingBase.catch(() => {}); // reported where it is awaited, below
  // Registered while it still starts: whatever happens meanwhile, anvil has to go.
  lifetime.onStop(async () => (await startingBase.catch(() => null))?.stop());
  const solana = await startSolana({ port: solanaPort, slotMs, finalitySlots });
  lifetime.onStop(() => solana.stop());
  const base = await startingBase;
  let description = null;
  const faucet = createFaucet({ solana, base }, () => description);
  faucet.keepAliveTimeout = KEEP_ALIVE_MS;
  const port = await listen(faucet, faucetPort, 'the faucet');
  lifetime.onStop(() => {
    faucet.close();
    faucet.closeAllConnections();
  });
  description = describe({ solana, base, faucetUrl: `http://${LOOPBACK}:${port}` });
  return description;
}

/** Knows when to stop, and stops everything once. */
class Lifetime {
  stopping = false;
  #tasks = [];

  /** @param {() => void | Promise<void>} task */
  onStop(task) {
    this.#tasks.push(task);
  }

  /** @param {{stopOnStdinEof: boolean}} options */
  watch({ stopOnStdinEof }) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => this.stop(0));
    // A reader of our output that goes away is no reason to break down.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    if (!stopOnStdinEof) return;
    const stop = () => this.stop(0);
    process.stdin.resume().on('end', stop).on('close', stop).on('error', stop);
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK_MS).unref();
  }

  /** @param {number} exitCode */
  async stop(exitCode) {
    if (this.stopping) return;
    this.stopping = true;
    await Promise.allSettled(this.#tasks.map((task) => task()));
    process.exit(exitCode);
  }
}
