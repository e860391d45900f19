/** `npm run verify`: everything that is checked without running tests. One line for each check; all failures at the end. */
import { basename, join, relative } from 'node:path';
import { ensureDependencies, projectFolders, readJson, requireNode, root, run } from './bootstrap.mjs';
import { tagProblems } from './project-tags.mjs';

requireNode();
await ensureDependencies();

const CHECKS = [
  { name: 'types (tsc -b)', passes: () => succeeds('npx', ['tsc', '-b']) },
  { name: 'lint (eslint .)', passes: () => succeeds('npx', ['eslint', '.']) },
  { name: 'each project has exactly one type: tag', passes: tagsAreRight },
  { name: 'generated files are up to date', passes: () => succeeds(process.execPath, [join(root, 'libs/workspace/dist/main.js'), '--check']) },
];

const failures = [];
for (const { name, passes } of CHECKS) {
  const passed = await passes();
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name}`);
  if (!passed) failures.push(name);
}
if (failures.length > 0) {
  console.log(`${failures.length} of ${CHECKS.length} checks failed: ${failures.join('; ')}`);
  process.exitCode = 1;
}

async function succeeds(command, args) {
  return (await run(command, args, { output: 1 })) === 0;
}

async function tagsAreRight() {
  const projects = projectFolders().map((folder) => ({
    path: relative(root, folder) || basename(folder),
    tags: readJson(join(folder, 'package.json')).nx?.tags ?? [],
  }));
  const problems = tagProblems(projects);
  for (const problem of problems) console.log(problem);
  return problems.length === 0;
}
