/**
 * What every script here does before it can use anything that has to be installed or built.
 * Plain JavaScript on Node's built-ins alone. Progress goes to stderr; stdout belongs to the caller.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

/** The folder of the workspace. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const OLDEST_NODE = [20, 19];

/** Installs and builds what is missing or out of date; does nothing, quickly, when nothing is. */
export async function prepare() {
  requireNode();
  await ensureDependencies();
  await ensureBuilt();
}

/** Reads `.env` beside package.json, where there is one; what the environment sets already stays. */
export function loadEnvironment(file = join(root, '.env')) {
  if (!existsSync(file)) return;
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) process.env[name] ??= value;
}

/** Ends the process with a clear sentence when this Node.js cannot run Troupe. */
export function requireNode(version = process.versions.node) {
  if (isNewEnough(version)) return;
  console.error(`Troupe needs Node.js ${OLDEST_NODE.join('.')} or newer, and this is ${version}: get one from https://nodejs.org.`);
  process.exit(1);
}

/** True for a version of Node.js that Troupe runs on. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** Runs `npm ci` when what is installed is not what package-lock.json asks for. */
export async function ensureDependencies() {
  const wanted = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules/.package-lock.json'));
  if (areInstalled(wanted, installed)) return;
  console.error('Installing dependencies (npm ci) ...');
  await mustRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'the dependencies could not be installed');
}

/**
 * Compares package-lock.json with npm's own record of what it installed, entry by entry: times say nothing after a
 * checkout. Optional packages are left out, since most of them are for other platforms.
 */
export function areInstalled(wanted, installed) {
  return Object.entries(wanted?.packages ?? {})
    .filter(([path, entry]) => path !== '' && !entry.optional)
    .every(([path, entry]) => installed?.packages?.[path] && installed.packages[path].version === entry.version);
}

/** Builds the projects, and the web app, when a source is newer than the last build that succeeded. */
export async function ensureBuilt() {
  const projects = projectFolders();
  const inbox = join(root, 'services/inbox');
  await whenStale({
    what: 'the services; the first time takes a minute or two',
    stamp: join(STAMPS, 'built'),
    sources: [...projects, join(root, 'tsconfig.base.json')],
    outputs: projects.map((folder) => join(folder, 'dist')),
    build: () => mustRun('npx', ['tsc', '-b'], 'the build failed'),
  });
  await whenStale({
    what: 'the web app',
    stamp: join(STAMPS, 'web-app-built'),
    sources: [inbox],
    outputs: [],
    build: () => mustRun('npm', [...BUILD_WEB_APP, '--if-present', '--silent'], 'the web app could not be built'),
  });
}

const BUILD_WEB_APP = ['run', 'build', '--workspace', '@troupe/inbox'];

/** Beside what was installed: a build rests on it. The dist folders belong to Nx as well, which may bring back older ones. */
const STAMPS = join(root, 'node_modules/.cache/troupe');

/** Every folder that holds a project, after the `workspaces` of the root package.json. */
export function projectFolders() {
  const { workspaces } = readJson(join(root, 'package.json'));
  return workspaces
    .flatMap((pattern) => (pattern.endsWith('/*') ? subfolders(join(root, pattern.slice(0, -2))) : [join(root, pattern)]))
    .filter((folder) => existsSync(join(folder, 'package.json')));
}

/** Runs a command in the workspace; answers its exit code. All it prints goes to one of our streams: 1 or 2. */
export function run(command, args, { env = process.env, output = 2 } = {}) {
  const child = spawn(command, args, { cwd: root, env, stdio: ['inherit', output, output] });
  const pass = (signal) => child.kill(signal);
  process.on('SIGTERM', pass).on('SIGINT', pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGTERM', pass).off('SIGINT', pass);
      resolve(code ?? 1);
    });
  });
}

/** The JSON in a file; undefined when there is no such file. */
export function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

async function mustRun(command, args, failure) {
  const code = await run(command, args);
  if (code === 0) return;
  console.error(`Stopped: ${failure} (${command} ${args.join(' ')} ended with ${code}); the lines above say why.`);
  process.exit(code);
}

/** The stamp gets the time at which the build began: a source that changed meanwhile is newer. */
async function whenStale({ what, stamp, sources, outputs, build }) {
  const began = new Date();
  const stampMs = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (outputs.every(existsSync) && sources.every((source) => newestMs(source) <= stampMs)) return;
  console.error(`Building ${what} ...`);
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
}

const NOT_SOURCES = new Set(['node_modules', 'dist']);

/** The time of the latest change below a project's folder, or to a file; the folder itself changes with every build. */
function newestMs(source) {
  if (!statSync(source).isDirectory()) return statSync(source).mtimeMs;
  const names = readdirSync(source).filter((name) => !NOT_SOURCES.has(name));
  return Math.max(0, ...names.map((name) => newestWithinMs(join(source, name))));
}

/** Folders count themselves, since a removal shows nowhere else. */
function newestWithinMs(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestWithinMs(join(path, name))));
}

function subfolders(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}
