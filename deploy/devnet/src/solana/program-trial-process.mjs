import { buffer } from 'node:stream/consumers';
import { Engine } from './engine.mjs';
import { loadNative } from './native.mjs';

const bytes = await buffer(process.stdin);
try {
  new Engine(loadNative()).addProgram(Buffer.from(process.argv[2], 'hex'), bytes);
} catch (error) {
  process.stdout.write(error.message);
  process.exitCode = 1;
}
