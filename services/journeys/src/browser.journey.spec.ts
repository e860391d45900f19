import { describeWith, eventually } from '@troupe/testkit';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openPage, type OpenPage } from './harness/browser.ts';
import { sendMail } from './harness/mail.ts';
import { OPERATOR_TOKEN, startWorld, type World } from './harness/world.ts';

/** The picture in the README. Taken when it is missing, or with TROUPE_TAKE_SCREENSHOT=1. */
const SCREENSHOT = join(import.meta.dirname, '../../inbox/docs/inbox.png');

const QUESTION = {
  from: 'Ana Lopez <ana@customer.example>',
  subject: 'CSV export fails since yesterday',
  text: 'Hello,\n\nsince yesterday the CSV export of our March report stops with "Error 512". Could you have a look?\n\nThanks,\nAna',
  messageId: '<export-512@customer.example>',
};
/** Others who write meanwhile, so that there is a queue. */
const OTHERS = [
  {
    from: 'Tom Okafor <tom@okafor-studio.example>',
    subject: 'Charged twice in January?',
    text: 'Hello,\n\nmy card statement shows two charges of 29.00 EUR from you, both on 5 January. Could you refund one of them?\n\nTom',
  },
  {
    from: 'Ines Caldeira <ines@marcolivre.example>',
    subject: '40 seats for our team',
    text: 'Good morning,\n\nwe are a cooperative of translators. Do you offer a price for a team of 40, and could we try it for two weeks?\n\nInes',
  },
];
const REPLY = 'Re: CSV export fails since yesterday';

describeWith('chromium', 'the owner in the browser', () => {
  let world: World;
  let open: OpenPage;

  beforeAll(async () => {
    world = await startWorld({ env: { TROUPE_HOLD_SECONDS: '4' } });
    open = await openPage({ width: 1400, height: 900 });
  }, 60_000);
  afterAll(async () => {
    await open.close();
    await world.stop();
  }, 30_000);

  const card = () => open.page.getByRole('article', { name: REPLY });

  it('is asked for the token, told when it is wrong, and let in by the right one', async () => {
    const { page } = open;
    await page.goto(world.inboxUrl);
    await page.getByLabel('Operator token').fill('not the token');
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByRole('alert').filter({ hasText: 'The operator token is wrong.' }).waitFor();
    await page.getByLabel('Operator token').fill(OPERATOR_TOKEN);
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByText('Nothing waits for you').waitFor();
  }, 30_000);

  it('sees a mail become a card without a reload, rendered as a mail', async () => {
    const { page } = open;
    const loads = open.loads();
    for (const mail of [...OTHERS, QUESTION]) await sendMail(world.smtpPort, mail);
    await page.getByRole('link', { name: REPLY }).click({ timeout: 30_000 });
    await card().getByText('ana@customer.example').first().waitFor();
    expect(await page.getByRole('region', { name: 'Original mail' }).textContent()).toContain('Error 512');
    expect(await card().textContent()).not.toContain('{"');
    expect(open.loads()).toBe(loads);
    await takeScreenshot();
  }, 60_000);

  it('edits and approves by keyboard, and stops it inside the hold window', async () => {
    const { page } = open;
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: 'Body' }).fill('Hello Ana,\n\nI am looking into Error 512 now.\n\nBest, the owner');
    await page.keyboard.press('Control+Enter');
    await card().getByText('It leaves in').waitFor();
    await page.keyboard.press('z');
    await card().getByText('Nothing happened.').waitFor();
    expect(world.outgoing.messages).toHaveLength(0);
  }, 30_000);

  it('approves another one, sees it done, and it left once', async () => {
    const { page } = open;
    await sendMail(world.smtpPort, { ...QUESTION, messageId: '<second@customer.example>', subject: 'PDF export fails too' });
    await page.getByRole('link', { name: 'Re: PDF export fails too' }).click({ timeout: 30_000 });
    await page.getByRole('article', { name: 'Re: PDF export fails too' }).getByRole('button', { name: 'Approve' }).click();
    await page.getByText('It leaves in').waitFor();
    await page.locator('.card-head [data-state="executed"]').waitFor({ timeout: 30_000 });
    await eventually(() => expect(world.outgoing.messages).toHaveLength(1));
  }, 60_000);

  it('never made the page run what its policy forbids', () => {
    expect(open.complaints).toEqual([]);
  });

  async function takeScreenshot(): Promise<void> {
    if (existsSync(SCREENSHOT) && process.env['TROUPE_TAKE_SCREENSHOT'] !== '1') return;
    mkdirSync(dirname(SCREENSHOT), { recursive: true });
    await eventually(async () => expect(await open.page.locator('.item').count()).toBe(OTHERS.length + 1), { timeoutMs: 20_000 });
    await open.page.screenshot({ path: SCREENSHOT });
  }
});
