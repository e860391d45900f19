import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@troupe/testkit';
import { createTransport } from 'nodemailer';
import { postStripeEvent } from '../harness/stripe.ts';
import type { World } from '../harness/world.ts';
import type { InboxPage } from './inbox-page.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..', '..');
/** What `npm start -- --demo` feeds in. */
const DEMO = join(REPOSITORY, 'deploy', 'local', 'demo');

/** The picture in the README. */
export const README_PICTURE = join(REPOSITORY, 'services', 'inbox', 'docs', 'inbox.png');

const SHOWN = 'Re: CSV export stops after 500 rows';
const ITS_SOURCE = 'Maya Lindqvist wrote: CSV export stops after 500 rows';
const UNDER_WAY: readonly string[] = ['proposed', 'verified', 'flagged', 'authorized', 'executing'];

/**
 * Fills the inbox with the demo's mails and webhooks, waits until each has led to a card and all have come to rest, and
 * opens one that is worth a look, fully drawn. The owner is signed in. The mail it answers comes last, to be on top.
 */
export async function showcase(world: World, inbox: InboxPage): Promise<void> {
  const before = (await storiesAtRest(world)).size;
  const [shown = '', ...others] = (await readdir(DEMO)).sort();
  for (const name of [...others, shown]) await feed(world, name);
  await inbox.arrived(SHOWN);
  await eventually(async () => {
    const { size } = await storiesAtRest(world);
    if (size < before + others.length + 1) throw new Error(`Only ${size - before} of the demo's ${others.length + 1} arrivals led to a card.`);
  }, { timeoutMs: 60_000, intervalMs: 200 });
  await inbox.open(SHOWN);
  await inbox.card(SHOWN).getByText(ITS_SOURCE).first().waitFor();
}

/** The stories that have a card, once none of their cards is under way. */
async function storiesAtRest({ operator }: World): Promise<ReadonlySet<string>> {
  const cards = await operator.cards();
  const busy = cards.filter(({ state }) => UNDER_WAY.includes(state));
  if (busy.length > 0) throw new Error(`${busy.length} cards are still under way.`);
  return new Set(cards.map(({ storyId }) => storyId));
}

async function feed({ gatewayUrl, smtpPort }: World, name: string): Promise<void> {
  const raw = await readFile(join(DEMO, name));
  if (name.endsWith('.eml')) return deliver(smtpPort, raw);
  const { status } = await postStripeEvent(gatewayUrl, JSON.parse(raw.toString()) as object);
  if (status !== 200) throw new Error(`The gateway answered ${name} with ${status}.`);
}

async function deliver(port: number, raw: Buffer): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  const from = /^From:.*?([^\s<]+@[^\s>]+)/m.exec(raw.toString())?.[1] ?? '';
  await transport.sendMail({ envelope: { from, to: ['owner@acme.example'] }, raw });
  transport.close();
}
