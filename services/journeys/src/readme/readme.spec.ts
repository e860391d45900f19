import { givenMemory } from '@troupe/agent-kit/testing';
import { ChargeRefunded } from '@troupe/contracts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefundWatch, refundWatch } from './refund-watch.agent.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the agent in the README', () => {
  it('is this file, word for word', () => {
    expect(readme).toContain(readFileSync(join(import.meta.dirname, 'refund-watch.agent.ts'), 'utf8'));
  });

  it('does what the README says, by the test the README shows', async () => {
    const refund = {
      provider: { name: 'stripe' as const, eventId: 'evt_1', livemode: false },
      chargeId: 'ch_1',
      amount: { amountMinor: 4_900, currency: 'eur' },
      amountRefunded: { amountMinor: 4_900, currency: 'eur' },
    };
    const { proposals } = await givenMemory().when(RefundWatch, ChargeRefunded, refund);
    expect(readme).toContain('const { proposals } = await givenMemory().when(RefundWatch, ChargeRefunded, refund);');
    expect(proposals).toMatchObject([{ action: { type: 'owner.ask', args: { question: 'Why was 49.00 EUR refunded?' } } }]);
  });

  it('is a service by itself', () => {
    expect(refundWatch).toMatchObject({ name: 'refund-watch', version: '1.0.0' });
  });
});

describe('the README', () => {
  it('names only files and scripts that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    for (const [, script] of readme.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(script);
  });
});
