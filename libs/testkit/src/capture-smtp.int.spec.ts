import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { captureSmtp } from './capture-smtp.ts';
import type { SmtpCapture } from './capture-smtp.ts';
import { eventually } from './eventually.ts';

const RAW = 'Subject: Hello\r\n\r\nA line.\r\n.\r\nA dot above.\r\n';

describe('captureSmtp', () => {
  let smtp: SmtpCapture;

  beforeEach(async () => (smtp = await captureSmtp()));
  afterEach(() => smtp.stop());

  const send = (): Promise<unknown> =>
    createTransport({ url: smtp.url, socketTimeout: 300 } as { url: string }).sendMail({
      envelope: { from: 'anna@example.com', to: ['owner@example.org', 'second@example.org'] },
      raw: RAW,
    });

  it('keeps the envelope and the raw source', async () => {
    await send();
    expect(smtp.messages).toEqual([{ from: 'anna@example.com', to: ['owner@example.org', 'second@example.org'], raw: RAW }]);
    expect(smtp.attempts).toBe(1);
  });

  it('keeps nothing of a mail whose sender dies in the middle of it, and takes the next one', async () => {
    const socket = connect(smtp.port, '127.0.0.1');
    for (const line of ['EHLO x', 'MAIL FROM:<a@example.com>', 'RCPT TO:<b@example.com>', 'DATA', 'Subject: half']) {
      await once(socket, 'data');
      socket.write(`${line}\r\n`);
    }
    await sleep(50);
    socket.destroy();
    await send();
    expect(smtp.messages.map(({ raw }) => raw)).toEqual([RAW]);
  });

  it.each([
    ['refuse', 550],
    ['defer', 451],
  ] as const)('can %s recipients', async (behaviour, responseCode) => {
    smtp.behave(behaviour);
    await expect(send()).rejects.toMatchObject({ responseCode });
    expect(smtp.messages).toEqual([]);
    expect(smtp.attempts).toBe(1);
  });

  it('can hang after DATA', async () => {
    smtp.behave('hang');
    await expect(send()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(smtp.messages).toEqual([]);
  });

  it('can keep a message and leave the sender in the dark', async () => {
    smtp.behave('accept-then-drop');
    await expect(send()).rejects.toThrow();
    await eventually(() => expect(smtp.messages).toHaveLength(1));
  });
});
