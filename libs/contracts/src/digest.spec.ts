import { actionDigest, canonicalDigest, sha256 } from './digest.ts';

describe('the digest of an action', () => {
  const action = { type: 'email.label', args: { messageId: '<1@x>' } };

  it('covers the version of its contract, so that what was authorised under one is not run under another (I1)', () => {
    const digests = [1, 2, 3].map((version) => actionDigest({ ...action, version }));
    expect(new Set(digests).size).toBe(3);
  });

  it('is what it was for the first version, and for those from before versions were said', () => {
    expect(actionDigest({ ...action, version: 1 })).toBe(actionDigest(action));
    expect(actionDigest(action)).toBe(canonicalDigest(action));
  });

  it('is not that of an action with a version among its arguments', () => {
    expect(actionDigest({ ...action, version: 2 })).not.toBe(actionDigest({ ...action, args: { ...action.args, version: 2 } }));
  });
});

describe('the canonical digest (RFC 8785, SHA-256)', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(canonicalDigest({ b: 1, a: { d: [1, 2], c: 'x' } })).toBe(canonicalDigest({ a: { c: 'x', d: [1, 2] }, b: 1 }));
  });

  it('depends on the order of lists, on types and on every character', () => {
    const digests = [[1, 2], [2, 1], ['1', 2], '1,2', { 0: 1, 1: 2 }].map((value) => canonicalDigest(value));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('is the SHA-256 of the canonical text: the example of RFC 8785, section 3.2.2', () => {
    const input = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    const canonical =
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
    expect(canonicalDigest(input)).toBe(sha256(canonical));
  });

  it('covers type and arguments of an action, and nothing else', () => {
    const action = { type: 'email.label', args: { messageId: '<a@b>', add: ['spam'], remove: [] } };
    expect(actionDigest({ ...action, title: 'another' } as typeof action)).toBe(actionDigest(action));
    expect(actionDigest({ ...action, type: 'email.send' })).not.toBe(actionDigest(action));
    expect(actionDigest({ ...action, args: { ...action.args, add: ['Spam'] } })).not.toBe(actionDigest(action));
  });

  it('refuses what is no JSON', () => {
    expect(() => canonicalDigest(undefined)).toThrow(/needs a JSON value/);
  });
});
