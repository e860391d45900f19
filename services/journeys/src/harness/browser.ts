import { findChromium } from '@troupe/backing-services';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Quiet and offline: nothing but the page it is sent to. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenPage {
  readonly page: Page;
  /** What the page complained about: script errors and violations of its content security policy. */
  readonly complaints: readonly string[];
  /** How often a document was loaded. */
  loads(): number;
  close(): Promise<void>;
}

/** A page in a browser of its own, with a profile that is thrown away. */
export async function openPage(size: { width: number; height: number }): Promise<OpenPage> {
  const found = findChromium();
  if (found.binary === undefined) throw new Error(found.reason);
  const browser: Browser = await chromium.launch({ executablePath: found.binary, args: FLAGS });
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', locale: 'en-GB' });
  const page = await context.newPage();
  const complaints: string[] = [];
  let loads = 0;
  page.on('domcontentloaded', () => (loads += 1));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return { page, complaints, loads: () => loads, close: () => browser.close() };
}
