import { provideChromium } from '@troupe/backing-services';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';

/** Quiet and offline: nothing is fetched but the page it is sent to. */
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** One tab in a browser of its own, with a new profile that is thrown away at the end. */
export interface OpenBrowser {
  readonly page: Page;
  /** What the browser complained about so far: script errors, refused resources, violations of the page's own policy. */
  readonly complaints: readonly string[];
  /** How often a document was loaded. */
  readonly documentLoads: () => number;
  close(): Promise<void>;
}

/** Opens Chromium. Throws an Error that says how to get one where there is none. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<OpenBrowser> {
  const found = await provideChromium();
  if (found.binary === undefined) throw new Error(`There is no browser: ${found.reason}.`);
  const browser = await chromium.launch({ executablePath: found.binary, args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1_400, height: 900 }, locale: 'en-GB', colorScheme: 'light', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  let loads = 0;
  page.on('domcontentloaded', () => (loads += 1));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} (${message.location().url})`);
  });
  return { page, complaints, documentLoads: () => loads, close: () => browser.close() };
}
