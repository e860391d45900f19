import { Streams } from '@troupe/contracts';
import { BrokerNames, prefixProblem } from './broker-names.ts';

describe('names on the broker', () => {
  it('are as they are spoken without a prefix', () => {
    const names = new BrokerNames();
    expect([names.stream(Streams.events), names.bucket('SEEN'), names.consumer('policy__onAction')]).toEqual(['EVENTS', 'SEEN', 'policy__onAction']);
    expect([names.subject('evt.>'), names.spoken('evt.a.b.c'), names.inbox('policy'), names.user('policy')]).toEqual(['evt.>', 'evt.a.b.c', '_INBOX_policy', 'policy']);
  });

  it('begin with the prefix', () => {
    const names = new BrokerNames('acme');
    expect([names.stream(Streams.events), names.bucket('SEEN'), names.consumer('policy__onAction')]).toEqual(['acme-EVENTS', 'acme-SEEN', 'acme-policy__onAction']);
    expect([names.subject('evt.>'), names.inbox('policy'), names.user('policy')]).toEqual(['acme.evt.>', 'acme._INBOX_policy', 'acme.policy']);
  });

  it.each(['evt.email.received.gateway', 'dead.policy.onAction', 'acme.evt.a.b.c'])('are heard as they were spoken: %s', (spoken) => {
    const names = new BrokerNames('acme');
    expect(names.spoken(names.subject(spoken))).toBe(spoken);
  });

  it.each(['evt.a.b.c', 'acme-x.evt.a.b.c', 'acmeevt.a.b.c'])('leave what is not of this company as it is: %s', (subject) => {
    expect(new BrokerNames('acme').spoken(subject)).toBe(subject);
  });

  it.each(['', 'acme', 'Acme2', 'a-b_c', '7'])('take the prefix "%s"', (prefix) => expect(prefixProblem(prefix)).toBeUndefined());

  it.each([
    ['a.b', /because of "\."/], ['a b', /because of " "/], ['a*', /because of "\*"/], ['>', /because of ">"/], ['ä', /because of "ä"/],
    ['-a', /at an end or twice in a row/], ['a_', /at an end or twice/], ['a--b', /twice in a row/], ['evt', /where subjects without a prefix begin/], ['qry', /take another/],
  ])('refuse the prefix "%s", and say how to mend it', (prefix, problem) => {
    expect(prefixProblem(prefix)).toMatch(problem);
    expect(() => new BrokerNames(prefix)).toThrow(problem);
  });
});
