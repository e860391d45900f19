import { once } from 'node:events';
import { connect } from 'node:net';
import { jest } from '@jest/globals';
import { EmailReceived, EmailRefused, StateBuckets, type BlobReference, type DataOf, type Envelope } from '@troupe/contracts';
import { eventually } from '@troupe/testkit';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { hostileMails, plainMail } from './fixtures/hostile-mails.ts';
import { startGateway, type RunningGateway } from './fixtures/running-gateway.ts';
import { MailLimits } from './mail-limits.ts';

jest.setTimeout(60_000);

describe('the SMTP listener', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await startGateway();
  });
  afterAll(() => running.stop());

  const deliver = async (mail: SendMailOptions): Promise<string> => {
    const transport = createTransport({ host: '127.0.0.1', port: running.smtpPort, ignoreTLS: true });
    const { response } = await transport.sendMail(mail).finally(() => transport.close());
    return response;
  };
  const deliverRaw = (raw: Buffer, from = 'ana@example.com') => deliver({ envelope: { from, to: ['owner@example.com'] }, raw });
  const received = async (subject: string): Promise<DataOf<typeof EmailReceived>[]> =>
    (await eventsOf(EmailReceived.type)).map(({ data }) => data as DataOf<typeof EmailReceived>).filter((data) => data.subject === subject);
  const eventsOf = async (type: string): Promise<Envelope[]> => (await running.events()).filter((event) => event.type === type);

  it('answers 250 once the event, the raw mail and the attachments are stored', async () => {
    const response = await deliver({
      from: 'Ana <Ana@Example.com>', to: 'owner@example.com', subject: 'Stored', text: 'Hello', messageId: '<stored@example.com>',
      attachments: [{ filename: 'a.txt', content: 'attached' }],
    });
    const [event] = (await eventsOf(EmailReceived.type)).filter(({ subject }) => subject === 'person:ana@example.com');
    const [data] = await received('Stored');
    const attachment = data?.attachments[0]?.blob as BlobReference;

    expect(response).toBe(`250 OK: stored as ${event?.id}`);
    expect(event).toMatchObject({ correlationid: event?.id, origin: 'external', hops: 0, agent: 'gateway' });
    expect(data).toMatchObject({ messageId: '<stored@example.com>', text: 'Hello', problems: [] });
    expect(Buffer.from(await running.blobs.get(data!.raw)).toString()).toContain('Message-ID: <stored@example.com>');
    expect(Buffer.from(await running.blobs.get(attachment)).toString()).toBe('attached');
  });

  it('accepts a second delivery, by another way, and changes nothing', async () => {
    const mail = plainMail('the same', 'X-Case: twice');
    const first = await deliverRaw(mail);
    const before = (await running.events()).length;
    const again = await deliverRaw(Buffer.concat([Buffer.from('Received: from a relay\r\n'), mail]));
    expect(again).toBe(first.replace('stored as', 'known already as'));
    expect(await running.events()).toHaveLength(before);
  });

  it('stores a mail once also when it died between storing the event and remembering it', async () => {
    const mail = plainMail('remembered late');
    const first = await deliverRaw(mail);
    const before = (await running.events()).length;
    await (await running.states.open(StateBuckets.ingested)).clear();
    expect(await deliverRaw(mail)).toBe(first.replace('stored as', 'known already as'));
    expect(await running.events()).toHaveLength(before);
  });

  it('stores a mail once when it is delivered ten times at the same moment', async () => {
    const mail = Buffer.from('From: ana@example.com\r\nSubject: Ten at once\r\n\r\nhello');
    await Promise.all(Array.from({ length: 10 }, () => deliverRaw(mail)));
    expect(await received('Ten at once')).toHaveLength(1);
  });

  it.each(['empty', 'headerOfOneMegabyte', 'thousandParts', 'twoThousandLevels'] as const)('refuses %s for good and puts the reason on the stream', async (name) => {
    const failure: unknown = await deliverRaw(hostileMails[name], `${name}@example.com`).catch((error: unknown) => error);
    const refused = (await eventsOf(EmailRefused.type)).map(({ data }) => data as DataOf<typeof EmailRefused>);
    const [own] = refused.filter(({ from }) => from === `${name}@example.com`.toLowerCase());
    expect(failure).toMatchObject({ responseCode: 554, response: `554 ${own?.failure.message} ${own?.failure.hint}` });
  });

  it('refuses an announced size before a byte of it is sent', async () => {
    const { talk, end } = await speak(running.smtpPort);
    await talk('EHLO test');
    expect(await talk(`MAIL FROM:<announced@example.com> SIZE=${MailLimits.maxMessageBytes + 1}`)).toMatch(/^552 The message is too large: at most 25 MB are taken\./);
    await end();
    const refused = (await eventsOf(EmailRefused.type)).map(({ data }) => data as DataOf<typeof EmailRefused>);
    expect(refused).toContainEqual(expect.objectContaining({ from: 'announced@example.com', sizeBytes: MailLimits.maxMessageBytes + 1 }));
  });

  it('refuses a message that turns out too large', async () => {
    const { talk, send, end } = await speak(running.smtpPort);
    await talk('EHLO test');
    await talk('MAIL FROM:<silent@example.com>');
    await talk('RCPT TO:<owner@example.com>');
    await talk('DATA');
    send(Buffer.concat([plainMail(), Buffer.alloc(MailLimits.maxMessageBytes, 'a\r\n')]));
    expect(await talk('\r\n.')).toMatch(/^552 The message is too large/);
    await end();
  });

  it('takes a hundred recipients and no more', async () => {
    const to = Array.from({ length: 10_000 }, (_, at) => `p${at}@example.com`);
    const transport = createTransport({ host: '127.0.0.1', port: running.smtpPort, ignoreTLS: true });
    const { accepted, rejected } = await transport.sendMail({ envelope: { from: 'ana@example.com', to }, raw: plainMail('many') });
    transport.close();
    expect([accepted.length, rejected.length]).toEqual([100, 9_900]);
  });

  it('forgets a message whose sender hangs up in the middle', async () => {
    const before = (await running.events()).length;
    const { talk, send, cut } = await speak(running.smtpPort);
    await talk('EHLO test');
    await talk('MAIL FROM:<gone@example.com>');
    await talk('RCPT TO:<owner@example.com>');
    await talk('DATA');
    send(plainMail('half a'));
    await cut();
    await deliverRaw(plainMail('a later one'));
    expect(await running.events()).toHaveLength(before + 1);
  });

  it('puts mail off while the broker is away; sent again, it arrives once', async () => {
    const mail = Buffer.from('From: ana@example.com\r\nSubject: Put off\r\nMessage-ID: <put-off@example.com>\r\n\r\nhello');
    await running.nats.kill();
    await expect(deliverRaw(mail)).rejects.toMatchObject({ responseCode: 451 });
    await running.nats.restart();
    await eventually(() => deliverRaw(mail), { timeoutMs: 15_000, intervalMs: 200 });
    await deliverRaw(mail);
    expect(await received('Put off')).toHaveLength(1);
  });
});

describe('an SMTP listener that is stopped', () => {
  it('lets a message that is being received end, and hangs up on the idle', async () => {
    const running = await startGateway();
    try {
      const [busy, idle] = await Promise.all([speak(running.smtpPort), speak(running.smtpPort)]);
      for (const line of ['EHLO test', 'MAIL FROM:<ana@example.com>', 'RCPT TO:<owner@example.com>', 'DATA']) await busy.talk(line);
      const drained = running.drain();
      busy.send(plainMail('at the last moment'));
      expect(await busy.talk('\r\n.')).toMatch(/^250 OK: stored as evt_/);
      await Promise.all([drained, idle.closed]);
      expect(await running.events()).toHaveLength(1);
    } finally {
      await running.stop();
    }
  });

  it('says how to go on when its port is taken', async () => {
    const running = await startGateway();
    try {
      await expect(startGateway({ TROUPE_SMTP_PORT: String(running.smtpPort) })).rejects.toThrow(/set TROUPE_SMTP_PORT to a free one/);
    } finally {
      await running.stop();
    }
  });
});

/** A client of few words, for what a well-behaved one never says. `talk` sends a line and answers the reply to it. */
async function speak(port: number) {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  const reply = async (): Promise<string> => {
    let text = '';
    while (!/^\d{3} .*\r\n$/m.test(text)) text += String((await once(socket, 'data'))[0]);
    return text;
  };
  await reply();
  return {
    talk: (line: string): Promise<string> => {
      const answer = reply();
      socket.write(`${line}\r\n`);
      return answer;
    },
    closed: once(socket, 'close'),
    send: (bytes: Buffer): void => void socket.write(bytes),
    end: async (): Promise<void> => {
      socket.end('QUIT\r\n').resume();
      await once(socket, 'close');
    },
    cut: async (): Promise<void> => {
      socket.destroy();
      await once(socket, 'close');
    },
  };
}
