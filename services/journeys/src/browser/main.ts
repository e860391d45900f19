import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OPERATOR_TOKEN, startWorld } from '../harness/world.ts';
import { InboxPage } from './inbox-page.ts';
import { openBrowser } from './open-browser.ts';
import { README_PICTURE, showcase } from './showcase.ts';

/** `npm run screenshot --workspace @troupe/journeys [-- <file> [<width> <height> [dark]]]`: takes the README's picture anew. */
const [file = README_PICTURE, width = '1400', height = '900', colorScheme = 'light'] = process.argv.slice(2);

const world = await startWorld();
const browser = await openBrowser({
  viewport: { width: Number(width), height: Number(height) },
  colorScheme: colorScheme === 'dark' ? 'dark' : 'light',
});
try {
  const inbox = new InboxPage(browser.page);
  await browser.page.goto(world.inboxUrl);
  await inbox.enterToken(OPERATOR_TOKEN);
  await showcase(world, inbox);
  await mkdir(dirname(file), { recursive: true });
  await browser.page.screenshot({ path: file });
  process.stdout.write(`The inbox, ${width} by ${height}: ${file}\n`);
} finally {
  await browser.close();
  await world.stop();
}
