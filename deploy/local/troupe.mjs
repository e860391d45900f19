/** `npm run troupe -- <verb>`: the command line of a running Troupe. */
import { prepare } from './bootstrap.mjs';

await prepare();
await import('./dist/cli/main.js');
