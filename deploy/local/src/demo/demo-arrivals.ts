import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A day of a small software company, one file each, in the order of their names: mails, and webhooks as Stripe sends them. */
const FOLDER = fileURLToPath(new URL('../../demo', import.meta.url));

/** Something that comes in from outside: the bytes of a mail for SMTP, or the body of a Stripe webhook for HTTP. */
export interface DemoArrival {
  readonly via: 'smtp' | 'stripe';
  readonly raw: Buffer;
}

/** Everything the demo feeds in, in order. */
export async function demoArrivals(): Promise<DemoArrival[]> {
  const names = (await readdir(FOLDER)).filter((name) => /\.(eml|stripe\.json)$/.test(name)).sort();
  return Promise.all(names.map(readArrival));
}

async function readArrival(name: string): Promise<DemoArrival> {
  return { via: name.endsWith('.eml') ? 'smtp' : 'stripe', raw: await readFile(join(FOLDER, name)) };
}
