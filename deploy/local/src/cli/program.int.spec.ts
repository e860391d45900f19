import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureSmtp, freePort } from '@troupe/testkit';
import type { SmtpCapture } from '@troupe/testkit';
import { OperatorClient } from './operator-client.ts';
import { buildProgram } from './program.ts';

const MAIL = 'From: Anna <anna@example.com>\r\nTo: Owner <owner@example.org>,\r\n second@example.org\r\nSubject: Hi\r\n\r\nHello\r\n';

/** A stand-in for the operator API: answers from a table and keeps what it was asked. */
class RecordedApi {
  readonly requests: string[] = [];
  readonly #server: Server;

  constructor(answers: Record<string, { status?: number; body: unknown }>) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        this.requests.push(`${request.method} ${request.url} ${body}`.trim());
        const answer = answers[`${request.method} ${request.url}`] ?? { status: 404, body: { title: 'Not found' } };
        const status = request.headers.authorization === 'Bearer right' ? (answer.status ?? 200) : 401;
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

describe('the command line', () => {
  const printed: string[] = [];
  let folder: string;
  let smtp: SmtpCapture;
  let api: RecordedApi;
  let url: string;

  beforeEach(async () => {
    printed.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'troupe-cli-'));
    smtp = await captureSmtp();
    api = new RecordedApi({
      'GET /api/actions?state=held': { body: { items: [], nextCursor: null } },
      'GET /api/actions/a1': { body: { id: 'a1', digest: 'd1' } },
      'POST /api/actions/a1/decision': { body: { state: 'authorized' } },
      'POST /api/actions/a1/retry': { body: { id: 'a1', state: 'authorized', holdUntil: null } },
      'POST /api/actions/a1/outcome': { body: { id: 'a1', state: 'executed' } },
      'POST /api/actions/a1/undo': { status: 422, body: { title: 'Irreversible', detail: 'A sent mail cannot be called back', hint: 'Write again.' } },
    });
    url = await api.listen();
  });
  afterEach(async () => {
    api.close();
    await smtp.stop();
    await rm(folder, { recursive: true });
  });

  const troupe = (args: string, { token = 'right', baseUrl = url, smtpPort = smtp.port } = {}): Promise<unknown> =>
    buildProgram({
      client: () => Promise.resolve(new OperatorClient(baseUrl, token)),
      smtpPort,
      outboxFolder: folder,
      folder,
      print: (text) => printed.push(text),
    }).parseAsync(args.split(' '), { from: 'user' });

  it('delivers a mail over SMTP, to the addresses in its headers, unchanged', async () => {
    await writeFile(join(folder, 'hi.eml'), MAIL);
    await troupe('send hi.eml');
    expect(smtp.messages).toEqual([{ from: 'anna@example.com', to: ['owner@example.org', 'second@example.org'], raw: MAIL }]);
  });

  it('says how to start Troupe when nothing takes the mail', async () => {
    await writeFile(join(folder, 'hi.eml'), MAIL);
    await expect(troupe('send hi.eml', { smtpPort: await freePort() })).rejects.toThrow(/does not take mail at localhost:\d+: run npm start/);
  });

  it('passes on why a mail was refused', async () => {
    smtp.behave('refuse');
    await writeFile(join(folder, 'hi.eml'), MAIL);
    await expect(troupe('send hi.eml')).rejects.toThrow(/The mail was refused: 550/);
  });

  it('lists actions for people, and for machines', async () => {
    await troupe('actions --state held');
    await troupe('--json actions --state held');
    expect(printed).toEqual(['No actions.', JSON.stringify({ items: [], nextCursor: null }, null, 2)]);
  });

  it('decides on the digest that the API shows', async () => {
    await troupe('reject a1 --reason rude');
    expect(api.requests).toEqual(['GET /api/actions/a1', 'POST /api/actions/a1/decision {"decision":"reject","digest":"d1","reason":"rude"}']);
  });

  it('sends again, and says how an action ended', async () => {
    await troupe('retry a1');
    await troupe('outcome a1 happened --note seen');
    await troupe('outcome a1 not');
    expect(api.requests).toEqual([
      'POST /api/actions/a1/retry {}',
      'POST /api/actions/a1/outcome {"happened":true,"note":"seen"}',
      'POST /api/actions/a1/outcome {"happened":false}',
    ]);
    expect(printed).toEqual(['a1: authorized.', 'a1: executed.', 'a1: executed.']);
  });

  it('says what the API objects to', async () => {
    await expect(troupe('undo a1')).rejects.toThrow('Irreversible: A sent mail cannot be called back (422)\nWrite again.');
  });

  it('explains a wrong token and a Troupe that does not run', async () => {
    await expect(troupe('actions', { token: 'wrong' })).rejects.toThrow(/refused the operator token: set TROUPE_OPERATOR_TOKEN/);
    await expect(troupe('actions', { baseUrl: `http://127.0.0.1:${await freePort()}` })).rejects.toThrow(/does not answer at .*: run npm start/);
  });

  it('lists the sandbox outbox', async () => {
    await troupe('outbox');
    await writeFile(join(folder, 'sent.eml'), 'To: anna@example.com\r\nSubject: Re: Hi\r\n\r\nHello');
    await troupe('outbox');
    expect(printed[0]).toBe(`Nothing in ${folder}.`);
    expect(printed[1]).toMatch(/anna@example\.com {2}Re: Hi {2}.*sent\.eml/);
  });
});
