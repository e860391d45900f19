/** `npm start`: installs and builds what is missing, then runs Troupe and starts it again should it die. */
import { loadEnvironment, prepare } from './bootstrap.mjs';

const parent = process.ppid;
await prepare();
loadEnvironment();
// npm may have been stopped while we were building; then nobody is left to tell us.
if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) process.exit(1);
await import('./dist/supervised-main.js');
