/** `nx test`: the tests of one project, given by its folder. Nx has built it, and what it depends on, before. */
import { runJest } from './run-jest.mjs';

const { code, lines } = await runJest(['--maxWorkers=1', '--passWithNoTests', `${process.argv[2]}/`]);
for (const line of lines) console.log(line);
process.exitCode = code;
