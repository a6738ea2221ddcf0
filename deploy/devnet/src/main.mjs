#!/usr/bin/env node
// Nothing but built-in modules may be imported before the checks: a missing package shall be told in words.

const OLDEST_NODE = 20;

async function run() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) return fail(`Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}`);
  let devnet;
  try {
    devnet = await import('./devnet.mjs');
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return fail('npm packages are missing: run `npm ci` in deploy/devnet');
    throw error;
  }
  return devnet.runDevnet(process.argv.slice(2));
}

function fail(message) {
  process.stderr.write(`devnet: ${message}\n`);
  process.exitCode = 1;
}

await run();
