/** `npm start`: installs and builds what is missing, then runs Troupe in this process. */
import { prepare } from './bootstrap.mjs';

await prepare();
await import('./dist/main.js');
