import { once } from 'node:events';
import { StartError } from './options.mjs';

export const LOOPBACK = '127.0.0.1';
/** Longer than clients keep idle connections, so that none sends a request into one that is just being closed. */
export const KEEP_ALIVE_MS = 10 * 60_000;
const PAIR_ATTEMPTS = 50;

/**
 * @param {import('node:net').Server} server
 * @param {number} port 0 = any free one
 * @param {string} use for the error when the port is taken
 * @returns {Promise<number>} the port
 */
export async function listen(server, port, use) {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error.code === 'EADDRINUSE') throw portTaken(port, use);
    if (error.code === 'EACCES')
      throw new StartError(`port ${port} for ${use} needs rights this user does not have; choose one above 1023`);
    throw error;
  }
  return server.address().port;
}

export const portTaken = (port, use) =>
  new StartError(
    `port ${port} for ${use} is taken: stop what listens there, or choose others (--random-ports takes any free ones)`,
  );

/**
 * Two servers on neighbouring ports.
 *
 * @param {number} port of the first; 0 = any free pair
 */
export async function listenOnPair(first, second, port) {
  if (port !== 0) {
    await listen(first, port, 'Solana JSON-RPC');
    await listen(second, port + 1, 'Solana WebSocket');
    return { first: port, second: port + 1 };
  }
  for (let attempt = 0; attempt < PAIR_ATTEMPTS; attempt += 1) {
    const chosen = await listen(first, 0, 'Solana JSON-RPC');
    try {
      if (chosen < 65535) {
        await listen(second, chosen + 1, 'Solana WebSocket');
        return { first: chosen, second: chosen + 1 };
      }
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
    }
    first.close();
    await once(first, 'close');
  }
  throw new StartError('no two neighbouring ports are free on this machine');
}
