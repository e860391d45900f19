/** `npm run troupe -- <verb>`: the command line of a running Troupe. */
import { loadEnvironment, prepare } from './bootstrap.mjs';

await prepare();
loadEnvironment();
await import('./dist/cli/main.js');
