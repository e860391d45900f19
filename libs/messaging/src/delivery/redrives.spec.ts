import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { orderedEvent, orderHeaders, redriveFilter, redriveSubject } from './redrives.ts';

const data = new TextEncoder().encode('{"id":"evt_1"}');
const event = { subject: 'evt.action.undone.tester', data, sequence: 7, storedAtMs: 1_700_000_000_123 };

function saying(subject: string, sequence: string, storedAt: string): MsgHdrs {
  const said = headers();
  for (const [name, value] of [['Troupe-Subject', subject], ['Troupe-Sequence', sequence], ['Troupe-Stored-At', storedAt]] as const) if (value) said.set(name, value);
  return said;
}

describe('an order to take an event once more', () => {
  it('goes to one handler, within what its service listens to', () => {
    expect([redriveSubject('policy', 'onAction'), redriveFilter('policy')]).toEqual(['redrive.policy.onAction', 'redrive.policy.>']);
  });

  it.each(['one', undefined])('carries the event as the stream keeps it (history %s)', (realm) => {
    expect(orderedEvent({ realm }, { headers: orderHeaders(event, realm), data })).toEqual(event);
  });

  it.each(['two', undefined])('counts for nothing when the stream began anew since (%s)', (realm) => {
    expect(() => orderedEvent({ realm }, { headers: orderHeaders(event, 'one'), data })).toThrow(/history that the stream does not keep/);
  });

  it.each([
    ['nothing', undefined], ['no subject', saying('', '7', '1')], ['no sequence', saying('evt.a.b.c', '', '1')], ['a sequence that is none', saying('evt.a.b.c', 'x', '1')],
    ['no time', saying('evt.a.b.c', '7', '')],
  ])('says of its event: %s', (_what, said) => {
    expect(() => orderedEvent({ realm: undefined }, { headers: said, data })).toThrow(/carries no event/);
  });
});
