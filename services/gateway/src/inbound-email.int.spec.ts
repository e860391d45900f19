import { jest } from '@jest/globals';
import { EmailReceived, EmailRefused } from '@troupe/contracts';
import { hostileMails, multipartMail, plainMail } from './fixtures/hostile-mails.ts';
import { OPERATOR_TOKEN, startGateway, type RunningGateway } from './fixtures/running-gateway.ts';
import { MailLimits } from './mail-limits.ts';

jest.setTimeout(60_000);

describe('POST /inbound/email', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await startGateway();
  });
  afterAll(() => running.stop());

  const post = async (body: Buffer, headers: Record<string, string> = {}) => {
    const withToken = { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'message/rfc822', ...headers };
    const response = await fetch(`${running.httpUrl}/inbound/email`, { method: 'POST', body, headers: withToken });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('answers 202 with the event, and 200 with the same one when it comes again', async () => {
    const first = await post(plainMail('once'));
    const again = await post(plainMail('once'));
    const [event] = await running.events();
    expect(first).toEqual({ status: 202, body: { eventId: event?.id, correlationId: event?.id, duplicate: false } });
    expect(again).toEqual({ status: 200, body: { ...first.body, duplicate: true } });
    expect(event?.type).toBe(EmailReceived.type);
  });

  it.each(['', 'Bearer', 'Bearer wrong', `Basic ${OPERATOR_TOKEN}`, `Bearer ${OPERATOR_TOKEN}x`])('with the authorization %j answers 401', async (authorization) => {
    expect(await post(plainMail(), { authorization })).toMatchObject({ status: 401, body: { type: 'urn:troupe:problem:unauthorized' } });
  });

  it.each(['application/json', 'application/x-www-form-urlencoded'])('answers 415 to %s', async (type) => {
    expect(await post(plainMail(), { 'content-type': type })).toMatchObject({ status: 415, body: { hint: expect.stringContaining('message/rfc822') as string } });
  });

  it.each(['empty', 'aPicture', 'twoThousandLevels'] as const)('answers 400 to %s', async (name) => {
    expect(await post(hostileMails[name])).toMatchObject({ status: 400, body: { title: 'The message is refused' } });
  });

  it('answers 413 to what is too large, and puts it on the stream', async () => {
    expect(await post(Buffer.alloc(MailLimits.maxMessageBytes + 1))).toMatchObject({ status: 413, body: { type: 'urn:troupe:problem:mail-too-large' } });
    const refused = (await running.events()).filter(({ type }) => type === EmailRefused.type);
    expect(refused).toContainEqual(expect.objectContaining({ data: expect.objectContaining({ sizeBytes: MailLimits.maxMessageBytes + 1 }) as object }));
  });

  it('takes what is just not too large', async () => {
    const content = Buffer.alloc(17 * 1024 * 1024, 'picture').toString('base64').replace(/.{76}/g, '$&\r\n');
    const raw = multipartMail(`Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}`);
    expect(raw.length / MailLimits.maxMessageBytes).toBeCloseTo(0.93, 1);
    expect(await post(raw)).toMatchObject({ status: 202 });
  });
});
