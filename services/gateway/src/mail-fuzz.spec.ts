import { EmailReceived } from '@troupe/contracts';
import { describeMail, identify, keptAttachments } from './email-received.ts';
import { EMPTY_ZIP_BASE64, multipartMail, nestedMail, plainMail, russianDolls } from './fixtures/hostile-mails.ts';
import { MailRefused } from './gateway.errors.ts';
import { readMail } from './mail-reader.ts';

const ROUNDS = 300;
const SEEDS = [
  plainMail('Gr=C3=BC=C3=9Fe\r\n=\r\n', 'Content-Transfer-Encoding: quoted-printable', 'Content-Type: text/plain; charset="iso-2022-jp"; format=flowed'),
  multipartMail('Content-Type: text/html; charset=gb18030\r\n\r\n<p>Hi<table><tr><td>', `Content-Type: application/zip; name*=utf-8''a%20b.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${EMPTY_ZIP_BASE64}`),
  nestedMail(20),
  russianDolls(5),
];
const NASTY = ['\0', '\r', '\n', '\r\n\r\n', '--b', '--b--', '=?utf-8?b?', '?=', '"', '<', '>', ';', ':', '=', '\u00ff\u00fe', '%00', 'boundary=', 'charset=utf-7', 'Content-Type: message/rfc822\r\n'];
const blob = { bucket: 'B', key: 'k', digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 0 };

/** A generator of numbers below `n` that says the same each time (https://en.wikipedia.org/wiki/Linear_congruential_generator). */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % n;
  };
}

/** A seed with some places overwritten, cut out, doubled or stuffed. */
function mutate(seed: Buffer, roll: (n: number) => number): Buffer {
  let mail = seed;
  for (let left = 1 + roll(8); left > 0; left -= 1) {
    const [from, to] = [roll(mail.length), roll(mail.length)].sort((a, b) => a - b) as [number, number];
    const nasty = Buffer.from(NASTY[roll(NASTY.length)] ?? '', 'latin1');
    const middles = [nasty, Buffer.alloc(0), Buffer.concat([mail.subarray(from, to), nasty, mail.subarray(from, to)])];
    const end = roll(2) === 0 ? Math.min(from + 1, mail.length) : to;
    mail = Buffer.concat([mail.subarray(0, from), middles[roll(3)] ?? nasty, mail.subarray(end)]).subarray(0, 200_000);
  }
  return mail;
}

async function outcomeOf(raw: Buffer): Promise<'event' | 'refusal'> {
  try {
    const mail = await readMail(raw);
    const attachments = keptAttachments(mail).map(() => blob);
    EmailReceived.schema.parse(describeMail(mail, identify(mail), { raw: blob, attachments }));
    return 'event';
  } catch (error) {
    if (error instanceof MailRefused) return 'refusal';
    throw error;
  }
}

it(`ends in an event that holds to its contract, or in a refusal, for ${ROUNDS} mangled mails`, async () => {
  const roll = dice(20260203);
  const outcomes = { event: 0, refusal: 0 };
  for (let round = 0; round < ROUNDS; round += 1) outcomes[await outcomeOf(mutate(SEEDS[round % SEEDS.length]!, roll))] += 1;
  expect(outcomes.event + outcomes.refusal).toBe(ROUNDS);
  expect(outcomes.event).toBeGreaterThan(ROUNDS / 2);
}, 60_000);
