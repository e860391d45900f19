import type { Locator, Page } from 'playwright-core';

/** On a busy machine a mail may take its time to become a card. */
const ARRIVAL_TIMEOUT_MS = 30_000;

/** The web inbox as the owner sees it: everything is found by its role and its words, nothing by its markup. */
export class InboxPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Gives a token at the door. */
  async enterToken(token: string): Promise<void> {
    await this.#page.getByLabel('Operator token').fill(token);
    await this.#page.getByRole('button', { name: 'Open the inbox' }).click();
  }

  /** What the door says about a token it refuses. */
  async refusal(): Promise<string> {
    return (await this.#page.getByRole('alert').textContent()) ?? '';
  }

  /** Resolves once these words are on the page. */
  async says(words: string | RegExp): Promise<void> {
    await this.#page.getByText(words).first().waitFor();
  }

  /** A line of the queue. */
  item(headline: string): Locator {
    return this.#page.getByRole('region', { name: 'Queue' }).getByRole('link', { name: headline });
  }

  /** Resolves once a line is in the queue by itself. */
  async arrived(headline: string): Promise<void> {
    await this.item(headline).waitFor({ timeout: ARRIVAL_TIMEOUT_MS });
  }

  /** The open card. */
  card(headline: string): Locator {
    return this.#page.getByRole('article', { name: headline });
  }

  /** Resolves once the open card is this one and carries this badge: `Waits for you`, `Approved`, `Done`, ... */
  async cardIs(headline: string, badge: string): Promise<void> {
    await this.card(headline).locator('header').getByText(badge, { exact: true }).waitFor({ timeout: ARRIVAL_TIMEOUT_MS });
  }

  async open(headline: string): Promise<void> {
    await this.item(headline).click();
    await this.card(headline).waitFor();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Shows another pile: `Needs you`, `In progress`, `Done`. */
  async showPile(name: string): Promise<void> {
    await this.#page.getByRole('group', { name: 'Filter' }).getByRole('button', { name }).click();
  }
}
