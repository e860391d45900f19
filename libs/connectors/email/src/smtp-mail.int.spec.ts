import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { captureSmtp, eventually, freePort, type SmtpCapture, type SmtpStep } from '@troupe/testkit';
import { SmtpMail } from './smtp-mail.connector.ts';
import { attemptOf, MAIL } from './testing/attempts.ts';

const ATTEMPT = attemptOf(MAIL);
const patient = (): AbortSignal => AbortSignal.timeout(5_000);
const connectorTo = (smtpUrl: string): SmtpMail => new SmtpMail({ smtpUrl, ownerEmail: 'owner@example.org' });

describe('SmtpMail', () => {
  let smtp: SmtpCapture;

  beforeEach(async () => (smtp = await captureSmtp()));
  afterEach(() => smtp.stop());

  const send = (signal = patient()) => connectorTo(smtp.url).execute(ATTEMPT, signal);

  it('hands over one mail, threaded, under its own Message-ID', async () => {
    const messageId = connectorTo(smtp.url).keyOf(ATTEMPT);
    await expect(send()).resolves.toMatchObject({ kind: 'executed', providerReference: messageId });
    expect(smtp.messages).toHaveLength(1);
    expect(smtp.messages[0]).toMatchObject({ from: 'owner@example.org', to: ['ana@example.com', 'bo@example.com'] });
    expect(smtp.messages[0]?.raw).toContain(`Message-ID: ${messageId}\r\n`);
    expect(smtp.messages[0]?.raw).toContain('In-Reply-To: <question@example.com>\r\n');
    expect(smtp.messages[0]?.raw).toContain('References: <first@example.com> <question@example.com>\r\n');
  });

  it('is refused for good by a 550', async () => {
    smtp.behave('refuse');
    await expect(send()).resolves.toMatchObject({ kind: 'refused', failure: { code: 'smtp_refused', retryable: false } });
  });

  it('is refused for now by a 451', async () => {
    smtp.behave('defer');
    await expect(send()).resolves.toMatchObject({ kind: 'refused', failure: { code: 'smtp_deferred', retryable: true } });
  });

  it.each<[string, SmtpStep, string]>([
    ['greylisting', { at: 'rcpt', answer: [450, '4.2.0 Greylisted, see you in five minutes'] }, '450 4.2.0 Greylisted, see you in five minutes (ana@example.com)'],
    ['a local error', { at: 'rcpt', answer: [451, '4.3.0 local error'] }, '451 4.3.0 local error (bo@example.com)'],
    ['too little space', { at: 'mail', answer: [452, '4.3.1 insufficient storage'] }, '452 4.3.1 insufficient storage'],
    ['a sender who is too busy', { at: 'mail', answer: [421, '4.7.0 too many connections'] }, '421 4.7.0 too many connections'],
    ['a server that closes at once', { at: 'connect', answer: [421, 'closing'] }, '421'],
    ['an answer to the final dot', { at: 'dot', answer: [451, '4.7.1 try again later'] }, '451 4.7.1 try again later'],
  ])('is put off by %s, in the words of the server', async (_name, step, words) => {
    smtp.behave(step);
    const effect = await send();
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'smtp_deferred', retryable: true, message: expect.stringContaining(words) as unknown } });
    expect(effect).toMatchObject({ onlyThisOne: !words.startsWith('421') });
    expect(smtp.messages).toHaveLength(0);
  });

  it.each(['connect', 'mail', 'rcpt'] as const)('has handed over nothing when the line breaks at %s', async (at) => {
    smtp.behave({ at, cut: true });
    await expect(send()).resolves.toMatchObject({ kind: 'refused', failure: { code: 'smtp_unreachable', retryable: true } });
    expect(smtp.messages).toHaveLength(0);
  });

  it('does not know when the line breaks while the answer to the final dot is due', async () => {
    smtp.behave({ at: 'dot', cut: true });
    await expect(send()).resolves.toMatchObject({ kind: 'unclear', failure: { code: 'smtp_no_answer' } });
  });

  it.each([
    [550, 'no such user'],
    [450, 'greylisted'],
  ])('tells which recipient the server did not take (%d)', async (status, text) => {
    smtp.behave({ at: 'rcpt', recipient: 'bo@example.com', answer: [status, text] });
    const effect = await send();
    expect(effect).toMatchObject({ kind: 'executed', summary: expect.stringContaining(`took it for ana@example.com; not for ${status} ${text} (bo@example.com)`) as unknown });
    expect(smtp.messages[0]?.to).toEqual(['ana@example.com']);
  });

  it('does not know when the line breaks after the final dot', async () => {
    smtp.behave('accept-then-drop');
    await expect(send()).resolves.toMatchObject({ kind: 'unclear', failure: { code: 'smtp_no_answer' } });
    await eventually(() => expect(smtp.messages).toHaveLength(1));
  });

  it('does not know when the answer to the final dot does not come in time', async () => {
    smtp.behave('hang');
    await expect(send(AbortSignal.timeout(300))).resolves.toMatchObject({ kind: 'unclear' });
  });

  it('cannot tell afterwards', async () => {
    await expect(connectorTo(smtp.url).findOutcome()).resolves.toMatchObject({ kind: 'unclear' });
  });
});

describe('SmtpMail without a mail server', () => {
  it('has handed over nothing when nobody listens', async () => {
    const effect = await connectorTo(`smtp://user:hunter2@127.0.0.1:${await freePort()}`).execute(ATTEMPT, patient());
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'smtp_unreachable', retryable: true } });
    expect(JSON.stringify(effect)).not.toContain('hunter2');
  });

  it('has handed over nothing when the line breaks before DATA', async () => {
    const effect = await withServer((socket) => {
      socket.write('220 here\r\n');
      socket.on('data', (line) => (line.toString().startsWith('MAIL') ? socket.destroy() : socket.write('250 go on\r\n')));
    });
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'smtp_unreachable', retryable: true } });
  });

  it('has handed over nothing when the server never greets', async () => {
    const effect = await withServer(() => {}, AbortSignal.timeout(200));
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'smtp_unreachable', retryable: true } });
  });

  async function withServer(onConnection: (socket: Socket) => void, signal = patient()) {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      onConnection(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await connectorTo(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`).execute(ATTEMPT, signal);
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }
});
