import { readConfig } from './index.ts';

const read = (env: NodeJS.ProcessEnv) => readConfig(env, () => 'an-operator-token').broker;

describe('what names on the broker are made of', () => {
  it('is nothing by default, also where a variable is empty', () => {
    expect(read({})).toMatchObject({ prefix: '', domain: undefined });
    expect(read({ TROUPE_NATS_PREFIX: '', TROUPE_NATS_DOMAIN: '' })).toMatchObject({ prefix: '', domain: undefined });
  });

  it('is taken from the environment', () => {
    expect(read({ TROUPE_NATS_PREFIX: 'ac-me_1', TROUPE_NATS_DOMAIN: 'hub' })).toMatchObject({ prefix: 'ac-me_1', domain: 'hub' });
  });

  it.each([
    ['TROUPE_NATS_PREFIX', 'a.b', /TROUPE_NATS_PREFIX: "a\.b" cannot be part of a name on the broker because of "\."/],
    ['TROUPE_NATS_PREFIX', 'a b', /because of " "/],
    ['TROUPE_NATS_PREFIX', 'evt', /TROUPE_NATS_PREFIX: "evt" is where subjects without a prefix begin/],
    ['TROUPE_NATS_DOMAIN', 'a.b', /TROUPE_NATS_DOMAIN: must be one word/],
    ['TROUPE_NATS_DOMAIN', 'API', /TROUPE_NATS_DOMAIN: must be one word/],
  ])('is refused at boot: %s=%s', (name, value, problem) => {
    expect(() => read({ [name]: value })).toThrow(problem);
  });
});
