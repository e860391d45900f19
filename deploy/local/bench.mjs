/** `npm run bench`: measures our messaging beside the bare client, and the idle system. */
import { join } from 'node:path';
import { prepare, root, run } from './bootstrap.mjs';

await prepare();
const bench = join(root, 'services/journeys/dist/bench/main.js');
process.exitCode = await run(process.execPath, [bench, ...process.argv.slice(2)], { output: 1 });
