import { createRequire } from 'node:module';
import { MISSING_PACKAGES, StartError } from '../options.mjs';

const VERSION = '1.5.0';

/**
 * The addon of the LiteSVM package for this platform. The platform package is used directly: the wrapper around it needs a
 * whole client library only to convert types.
 */
export function loadNative() {
  const { platform, arch } = process;
  const names =
    platform === 'linux'
      ? [`litesvm-linux-${arch}-gnu`, `litesvm-linux-${arch}-musl`]
      : [`litesvm-${platform}-${arch}`];
  const require = createRequire(import.meta.url);
  const failures = [];
  for (const name of names) {
    try {
      return require(name);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.every((error) => error.code === 'MODULE_NOT_FOUND')) {
    throw new StartError(
      `${MISSING_PACKAGES}. ` +
        `If ${names.join(' or ')} is still missing then, run \`npm install --no-save ${names[0]}@${VERSION}\`.`,
    );
  }
  throw new StartError(`${names[0]} does not load on this machine: ${failures[0].message}`);
}
