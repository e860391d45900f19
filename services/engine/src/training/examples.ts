import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CATEGORIES, Mail, URGENCIES } from '../offline/triage/triage-contract.ts';
import { viewOf } from '../offline/triage/mail-view.ts';
import type { MailView } from '../offline/triage/mail-view.ts';

const Example = z.intersection(Mail, z.object({ id: z.string(), category: z.enum(CATEGORIES), urgency: z.enum(URGENCIES) }));
export type Example = z.output<typeof Example> & { view: MailView };

const SAMPLE_FILE = new URL('../../sample/mails.jsonl', import.meta.url);
/** Most sample mails go to this owner; one that does not says so. */
const SAMPLE_OWNER = 'mira@tidepool.app';

/** The labelled sample: one JSON object per line, hand-written for this project. */
export function readExamples(): Example[] {
  const lines = readFileSync(SAMPLE_FILE, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => readExample({ ownerEmail: SAMPLE_OWNER, ...(JSON.parse(line) as object) }));
}

function readExample(value: object): Example {
  const example = Example.parse(value);
  return { ...example, view: viewOf(example) };
}

/** Which half a mail belongs to: by a hash of its id, so that adding mails moves none from one half to the other. */
export function halvesOf(examples: readonly Example[]): { tune: Example[]; heldOut: Example[] } {
  const inTune = ({ id }: Example) => createHash('sha256').update(id).digest()[0]! % 2 === 0;
  return { tune: examples.filter(inTune), heldOut: examples.filter((example) => !inTune(example)) };
}
