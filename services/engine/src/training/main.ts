import { writeFileSync } from 'node:fs';
import { embeddedTextOf } from '../offline/triage/features.ts';
import { SentenceEncoder } from '../offline/sentence-encoder.ts';
import { readExamples } from './examples.ts';
import { trainTriage } from './train-triage.ts';

// Trains the weights that ship: on both halves of the sample. What the method reaches on mails it has not seen is
// what `npm run accuracy` measures, with weights from one half only.
const MODEL_FILE = new URL('../../model/triage.json', import.meta.url);
const DIGITS = 1000;

const examples = readExamples();
const encoder = new SentenceEncoder();
const vectors = await encoder.embed(examples.map(({ view }) => embeddedTextOf(view)), new AbortController().signal);
await encoder.close();
const model = trainTriage(examples, vectors);
const rounded = JSON.stringify(model, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * DIGITS) / DIGITS : value));
writeFileSync(MODEL_FILE, `${rounded}\n`);
process.stdout.write(`Trained on ${examples.length} mails: model/triage.json\n`);
