import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const built = (file: string): string => JSON.stringify(new URL(`../../dist/judgement/${file}.js`, import.meta.url).href);
const cedar = JSON.stringify(import.meta.resolve('@cedar-policy/cedar-wasm/nodejs'));

/**
 * Asks Cedar until V8 has optimised the caller. Then, from inside a call (Cedar reads the getter), changes a global that the
 * optimised code takes for constant, so that V8 must give that code up under its own call.
 */
const SCRIPT = `
  const { CedarPolicies } = await import(${built('cedar-policy.adapter')});
  const { DEFAULT_POLICIES_FOLDER } = await import(${built('policies-folder')});
  const { preparsePolicySet, statefulIsAuthorized } = await import(${cedar});
  CedarPolicies.load(DEFAULT_POLICIES_FOLDER);
  preparsePolicySet('any', { staticPolicies: { any: 'permit(principal, action, resource);' } });
  globalThis.ground = 1;
  let shift = false;
  const context = { get x() { if (shift) globalThis.ground += 1; shift = false; return 1; } };
  const who = (type) => ({ type, id: 'any' });
  const question = { principal: who('A'), action: who('Action'), resource: who('C'), context, entities: [], preparsedPolicySetId: 'any', validateRequest: false };
  const hot = () => (statefulIsAuthorized(question).type === 'success' ? 1 : 0) + globalThis.ground;
  let sum = 0;
  for (let round = 0; round < 30; round += 1) {
    for (let call = 0; call < 3000; call += 1) sum += hot();
    shift = true;
    sum += hot();
  }
  console.log('still here');`;

describe('a process that asks Cedar', () => {
  it('lives on when optimised code is given up during a call', async () => {
    const args = ['--input-type=module', '-e', SCRIPT];
    await expect(promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } })).resolves.toMatchObject({ stdout: 'still here\n' });
  }, 60_000);
});
