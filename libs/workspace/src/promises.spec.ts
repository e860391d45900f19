import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MESSAGING = join(import.meta.dirname, '../../messaging');
const PROMISE = /^\| (D\d+) \| .+ \| `([^`]+)` › (.+) \|$/gm;

/** A promise names its test by file and title; what a page promises without one is only hoped for. */
describe('the delivery promises of libs/messaging/README.md', () => {
  const promises = [...readFileSync(join(MESSAGING, 'README.md'), 'utf8').matchAll(PROMISE)].map(([, name = '', file = '', title = '']) => ({ name, file, title }));

  it('are numbered without a gap', () => {
    expect(promises.length).toBeGreaterThanOrEqual(20);
    expect(promises.map(({ name }) => name)).toEqual(promises.map((_, index) => `D${index + 1}`));
  });

  it.each(promises)('$name is held to by a test that exists: $title', ({ file, title }) => {
    const path = join(MESSAGING, 'src', file);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(title);
  });
});
