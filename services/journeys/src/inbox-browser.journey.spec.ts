import { describeWith, eventually } from '@troupe/testkit';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { InboxPage } from './browser/inbox-page.ts';
import { openBrowser, type OpenBrowser } from './browser/open-browser.ts';
import { README_PICTURE, showcase } from './browser/showcase.ts';
import { sendMail } from './harness/mail.ts';
import { OPERATOR_TOKEN, startWorld, type World } from './harness/world.ts';

const HOLD_SECONDS = 5;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

const EXPORT = {
  from: 'Ana Lopez <ana@customer.example>',
  subject: 'CSV export fails since yesterday',
  text: 'Hello,\n\nsince yesterday the CSV export of our March report stops with "Error 512". Could you have a look?\n\nThanks,\nAna',
  messageId: '<export-512@customer.example>',
};
const LOGIN = { ...EXPORT, subject: 'The login page stays blank', text: 'Hello,\n\nthe login page stays blank in Firefox. Can you help?\n\nAna', messageId: '<blank@customer.example>' };
const INVOICE = { ...EXPORT, subject: 'Invoice address', text: 'Hello,\n\nour invoice INV-7 shows the wrong address. Could you correct it?\n\nAna', messageId: '<inv-7@customer.example>' };
const SEATS = {
  from: 'Ines Caldeira <ines@marcolivre.example>',
  subject: 'Price for a whole team',
  text: 'Good morning,\n\nwe would like to move all 40 of us to your product. Do you offer a price for a team of that size?\n\nInes',
  messageId: '<whole-team@marcolivre.example>',
};
const SEATS_QUESTION = 'What should the answer to "Price for a whole team" from Ines Caldeira say?';

/** Story one as the owner lives it: one page, never reloaded, mostly by keyboard. The steps build on each other. */
describeWith('chromium', 'the inbox in a browser', () => {
  let world: World;
  let browser: OpenBrowser;
  let inbox: InboxPage;

  beforeAll(async () => {
    world = await startWorld({ env: { TROUPE_HOLD_SECONDS: String(HOLD_SECONDS) } });
    browser = await openBrowser();
    inbox = new InboxPage(browser.page);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await world.stop();
  }, 30_000);

  it('says that a token is wrong, and lets the right one in', async () => {
    await browser.page.goto(world.inboxUrl);
    await inbox.enterToken('not-the-token');
    await eventually(async () => expect(await inbox.refusal()).toContain('The operator token is wrong'));
    await inbox.enterToken(OPERATOR_TOKEN);
    await inbox.says('Nothing waits for you');
    await inbox.says('npm run troupe -- send some.eml');
  }, 30_000);

  it('keeps the session where no script and no other site can use it', async () => {
    const cookies = await browser.page.context().cookies();
    expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })]);
  });

  it('shows a mail as a card by itself, and sends what the owner made of it once, in its thread', async () => {
    await sendMail(world.smtpPort, EXPORT);
    const reply = 'Re: CSV export fails since yesterday';
    await inbox.arrived(reply);
    await inbox.cardIs(reply, 'Waits for you');
    expect(await inbox.card(reply).getByRole('region', { name: 'Original mail' }).textContent()).toContain('Error 512');

    await inbox.press('e', 'Control+a');
    await inbox.type('Hello Ana,\n\nI am looking into Error 512 now.');
    await inbox.press('Control+Enter');
    await inbox.card(reply).getByText(/It leaves in \d s/).waitFor();
    expect(world.outgoing.messages).toHaveLength(0);
    await inbox.cardIs(reply, 'Done');

    expect(world.outgoing.messages).toHaveLength(1);
    const sent = world.outgoing.messages[0]?.raw ?? '';
    expect(sent).toContain('In-Reply-To: <export-512@customer.example>');
    expect(sent).toContain('I am looking into Error 512 now.');
  }, 90_000);

  it('walks the queue with J and K', async () => {
    await sendMail(world.smtpPort, LOGIN);
    await inbox.arrived('Re: The login page stays blank');
    await sendMail(world.smtpPort, INVOICE);
    await inbox.arrived('Re: Invoice address');
    await inbox.open('Re: Invoice address');
    await inbox.press('j');
    await inbox.card('Re: The login page stays blank').waitFor();
    await inbox.press('k');
    await inbox.card('Re: Invoice address').waitFor();
  }, 90_000);

  it('rejects with a reason by keyboard', async () => {
    await inbox.press('r');
    await inbox.type('I will call her.');
    await inbox.press('Enter');
    await inbox.cardIs('Re: Invoice address', 'Rejected');
    await inbox.card('Re: Invoice address').getByText('I will call her.').first().waitFor();
  }, 30_000);

  it('approves with A and thinks better of it with Z', async () => {
    const reply = 'Re: The login page stays blank';
    await inbox.open(reply);
    await inbox.press('a');
    await inbox.card(reply).getByText(/It leaves in \d s/).waitFor();
    await inbox.press('z');
    await inbox.cardIs(reply, 'Undone');
    await inbox.card(reply).getByText('Stopped before it left. Nothing happened.').waitFor();
  }, 30_000);

  it('asks where it knows nothing, and writes down what the owner answers', async () => {
    await sendMail(world.smtpPort, SEATS);
    await inbox.arrived(SEATS_QUESTION);
    await inbox.open(SEATS_QUESTION);
    await inbox.card(SEATS_QUESTION).getByRole('textbox').fill('Yes: from 20 seats on, each is 19 EUR a month.');
    await inbox.card(SEATS_QUESTION).getByRole('button', { name: 'Answer', exact: true }).click();
    await inbox.cardIs(SEATS_QUESTION, 'Answered');
    await inbox.arrived('Re: Price for a whole team');
    await inbox.open('Re: Price for a whole team');
    await inbox.card('Re: Price for a whole team').getByText('each is 19 EUR a month').first().waitFor();
  }, 90_000);

  it('keeps what was decided in the pile Done, and explains its keys', async () => {
    await inbox.showPile('Done');
    for (const reply of ['CSV export fails since yesterday', 'Invoice address', 'The login page stays blank']) await inbox.item(`Re: ${reply}`).waitFor();
    await inbox.press('?');
    await browser.page.getByRole('dialog', { name: 'Keyboard' }).getByText('Approve', { exact: true }).waitFor();
    await inbox.press('Escape');
    await browser.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }, 30_000);

  it('makes a picture worth the README', async () => {
    await inbox.showPile('Needs you');
    await showcase(world, inbox);
    const picture = await browser.page.screenshot();
    expect(picture.subarray(0, PNG.length)).toEqual(PNG);
    expect(picture.length).toBeLessThan(300_000);
    if (process.env['TROUPE_SCREENSHOT'] === '1') await writeFile(README_PICTURE, picture);
  }, 120_000);

  it('sent one mail, loaded one document, and had nothing to complain about but the wrong token', async () => {
    await sleep(HOLD_SECONDS * 1_000);
    expect(world.outgoing.messages).toHaveLength(1);
    expect(browser.documentLoads()).toBe(1);
    const refusals = browser.complaints.filter((complaint) => complaint.includes('status of 401'));
    expect(browser.complaints).toEqual(refusals);
    expect(refusals.map((complaint) => /\/api\/\w+/.exec(complaint)?.[0])).toEqual(['/api/summary', '/api/session']);
  }, 30_000);
});
