import { Module } from '@nestjs/common';
import { ActionUndone, defineQuery, EmailRefused } from '@troupe/contracts';
import { Answers, On } from '@troupe/messaging';
import { z } from 'zod';
import { brokerAuthorization, brokerPermissions, defineService } from './index.ts';

const Ask = defineQuery({ subject: 'qry.watch.ask', request: z.object({}), reply: z.object({}), timeoutMs: 1_000 });

class Watch {
  @On(ActionUndone)
  async see(): Promise<void> {}
  @Answers(Ask)
  async answer(): Promise<object> {
    return {};
  }
}

@Module({ controllers: [Watch] })
class WatchModule {}

const everything = defineService({
  name: 'watch', version: '1', purpose: 'Uses all there is.', module: WatchModule, emits: [EmailRefused], asks: [Ask], state: ['SEEN'], blobs: ['FILES'],
  tails: true, keepsStreams: true, settlesDeadLetters: true,
});

const subjectsOf = (place: { prefix?: string; domain?: string }) => {
  const { publish, subscribe } = brokerPermissions(everything, place);
  return [...publish, ...subscribe];
};

describe('the permissions of a service', () => {
  it('carry the prefix of its company in every name, and differ in nothing else', () => {
    const plain = subjectsOf({});
    const prefixed = subjectsOf({ prefix: 'acme' });
    expect(prefixed.filter((subject) => !subject.includes('acme'))).toEqual(['$JS.API.INFO']);
    expect(prefixed.map((subject) => subject.replaceAll(/acme[.-]/g, ''))).toEqual(plain);
    expect(prefixed).toEqual(expect.arrayContaining([
      'acme.evt.email.refused.watch', 'acme.dead.watch.>', 'acme.redrive.>', 'acme.qry.watch.ask', 'acme._INBOX_watch.>', '$KV.acme-SEEN.>', '$O.acme-FILES.>',
      '$JS.API.STREAM.UPDATE.acme-EVENTS', '$JS.API.CONSUMER.MSG.NEXT.acme-EVENTS.acme-watch__see', '$JS.ACK.acme-REDRIVES.acme-watch__redrives.>',
    ]));
  });

  it('name what JetStream listens to by its domain as well', () => {
    const plain = subjectsOf({});
    const inDomain = subjectsOf({ domain: 'hub' });
    const added = inDomain.filter((subject) => !plain.includes(subject));
    expect(inDomain).toEqual(expect.arrayContaining(plain));
    expect(added).toHaveLength(plain.filter((subject) => /^\$(JS\.API|JS\.ACK|KV)\./.test(subject)).length);
    expect(added).toEqual(expect.arrayContaining([
      '$JS.hub.API.INFO', '$JS.hub.API.STREAM.INFO.EVENTS', '$JS.hub.API.$KV.SEEN.>', '$JS.hub.API.DIRECT.GET.KV_DELIVERY_RECORDS.$KV.DELIVERY_RECORDS.watch.>',
      '$JS.ACK.hub.*.EVENTS.watch__see.>',
    ]));
  });

  it('are those of companies side by side, whose users have names of their own', () => {
    const company = (prefix: string) => ({ prefix, services: [everything], passwordOf: () => `of-${prefix}` });
    const users = brokerAuthorization(company(''), company('acme')).match(/user: "[^"]+", password: "[^"]+"/g);
    expect(users).toEqual(['user: "watch", password: "of-"', 'user: "acme.watch", password: "of-acme"']);
  });
});
