import { parseArgs } from 'node:util';

/** A start that cannot go on because of what the user gave or has; its message is all the user needs. */
export class StartError extends Error {}

export const MISSING_PACKAGES = 'npm packages are missing: run `npm ci` in deploy/devnet';

/**
 * @typedef {object} Options
 * @property {number} solanaPort 0 = any free pair of ports
 * @property {number} basePort 0 = any free port
 * @property {number} faucetPort 0 = any free port
 * @property {number} slotMs 0 = slots advance only on request
 * @property {number} finalitySlots
 * @property {boolean} json
 * @property {boolean} stopOnStdinEof
 */

export const USAGE = `Usage: node src/main.mjs [options]

  --solana-port <port>      Solana JSON-RPC; WebSocket on the next port   (8899)
  --base-port <port>        Base JSON-RPC                                 (8545)
  --faucet-port <port>      faucet                                        (8901)
  --random-ports            take any free ports
  --slot-ms <milliseconds>  length of a Solana slot; 0 = only on request  (400)
  --finality-slots <slots>  slots until a Solana transaction is final     (32)
  --json                    print one JSON line when ready, nothing else
  --stop-on-stdin-eof       stop when standard input ends or the parent dies
  --help                    print this text`;

const NUMBERS = {
  'solana-port': { fallback: 8899, min: 1, max: 65534 },
  'base-port': { fallback: 8545, min: 1, max: 65535 },
  'faucet-port': { fallback: 8901, min: 1, max: 65535 },
  'slot-ms': { fallback: 400, min: 0, max: 60_000 },
  'finality-slots': { fallback: 32, min: 1, max: 300 },
};

/**
 * @param {string[]} args
 * @returns {Options | 'help'}
 */
export function readOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        ...Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, { type: 'string' }])),
        'random-ports': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        'stop-on-stdin-eof': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new StartError(`${error.message}\n\n${USAGE}`);
  }
  if (values.help) return 'help';
  const number = (name) => readNumber(name, values[name]);
  const port = (name) => (values['random-ports'] && values[name] === undefined ? 0 : number(name));
  const options = {
    solanaPort: port('solana-port'),
    basePort: port('base-port'),
    faucetPort: port('faucet-port'),
    slotMs: number('slot-ms'),
    finalitySlots: number('finality-slots'),
    json: values.json,
    stopOnStdinEof: values['stop-on-stdin-eof'],
  };
  refuseSharedPorts(options);
  return options;
}

function readNumber(name, text) {
  const { fallback, min, max } = NUMBERS[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new StartError(`--${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

function refuseSharedPorts({ solanaPort, basePort, faucetPort }) {
  const named = [
    ['--solana-port', solanaPort],
    ['the Solana WebSocket (--solana-port + 1)', solanaPort && solanaPort + 1],
    ['--base-port', basePort],
    ['--faucet-port', faucetPort],
  ].filter(([, port]) => port !== 0);
  for (const [index, [name, port]] of named.entries()) {
    const other = named.slice(0, index).find(([, taken]) => taken === port);
    if (other) throw new StartError(`${other[0]} and ${name} are both port ${port}; give each its own`);
  }
}
