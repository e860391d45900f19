import type { Episode } from '@troupe/contracts';
import { episodeAt } from '@troupe/episodic-log/testing';
import { foundReply } from './recall-reply.ts';

const KILOBYTE = 1_024;

function large(sequence: number, kilobytes: number): Episode {
  return episodeAt(sequence, { data: { text: 'x'.repeat(kilobytes * KILOBYTE) } });
}

function sequencesIn(reply: ReturnType<typeof foundReply>): number[] {
  if (reply.kind !== 'found') throw new Error('The reply is a failure.');
  return reply.episodes.map(({ sequence }) => sequence);
}

describe('a recall reply', () => {
  it('says that there is no more when everything was found', () => {
    expect(foundReply([episodeAt(2), episodeAt(1)], 50)).toMatchObject({ kind: 'found', more: false });
  });

  it('says that there may be more when the limit was reached', () => {
    expect(foundReply([episodeAt(2), episodeAt(1)], 2)).toMatchObject({ more: true });
  });

  it('leaves out the oldest when they would not fit into one message, and says so', () => {
    const reply = foundReply([5, 4, 3, 2, 1].map((sequence) => large(sequence, 256)), 50);
    expect(sequencesIn(reply)).toEqual([5, 4]);
    expect(reply).toMatchObject({ more: true });
    expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(KILOBYTE * KILOBYTE);
  });

  it('holds the newest even when it is larger than a reply should be, so that asking on gets somewhere', () => {
    expect(sequencesIn(foundReply([large(2, 900), large(1, 1)], 50))).toEqual([2]);
  });
});
