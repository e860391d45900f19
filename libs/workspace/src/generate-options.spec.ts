import { generateOptions } from './generate-options.ts';

describe('what the generator is asked for', () => {
  it.each([
    [[], { kind: 'write' }],
    [['--check'], { kind: 'check' }],
    [['--permissions', 'a.conf'], { kind: 'permissions', file: 'a.conf', places: [{ prefix: '' }] }],
    [['--permissions', 'a.conf', '--domain', 'hub'], { kind: 'permissions', file: 'a.conf', places: [{ prefix: '', domain: 'hub' }] }],
    [['--permissions', 'a.conf', '--prefix', 'acme', '--prefix', 'zen', '--domain', 'hub'], { kind: 'permissions', file: 'a.conf', places: [{ prefix: 'acme', domain: 'hub' }, { prefix: 'zen', domain: 'hub' }] }],
  ])('%j', (args, expected) => expect(generateOptions(args)).toEqual(expected));

  it.each([['--prefix', 'acme'], ['--domain', 'hub'], ['--permission', 'a.conf'], ['--prefix']])('refuses %s %s, with what may be written', (...args) => {
    expect(() => generateOptions(args)).toThrow(/--permissions <file>/);
  });
});
