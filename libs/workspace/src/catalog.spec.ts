import { join } from 'node:path';
import { ActionCatalogue, EventCatalogue } from '@troupe/contracts';
import { services } from '@troupe/solo';
import { catalogText } from './catalog.ts';
import { isAgent } from './choreography.ts';
import { readContractDocs } from './contract-docs.ts';

const docs = await readContractDocs(join(import.meta.dirname, '../../contracts/src'));
const given = { services, events: EventCatalogue, actions: ActionCatalogue, docs, platformEvents: [] };
const text = catalogText(given);

describe('the catalog', () => {
  it('has a section for every event and every agent, and a row for every action', () => {
    const agents = services.filter(isAgent).map(({ name, version }) => `${name} ${version}`);
    expect(agents.length).toBeGreaterThan(0);
    expect([...text.matchAll(/^### (.+)$/gm)].map(([, title]) => title)).toEqual([...agents, ...EventCatalogue.map(({ type }) => type)]);
    const rows = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, type]) => type);
    expect(rows).toEqual(expect.arrayContaining(ActionCatalogue.map(({ type }) => type)));
  });

  it('tells for an event who emits it, who takes it by which handler, and what may follow', () => {
    const section = sectionOf('evt.email.received');
    expect(section).toContain('**Emitted by:** gateway\n');
    expect(section).toContain('**Taken by:** triage (`TriageAgent.sortMail`)\n');
    expect(section).toMatch(/\*\*May be followed by:\*\* .*\[evt\.email\.triaged\]\(#evtemailtriaged\)/);
    expect(section).toContain('**Does not mean:** that the sender is who they claim to be');
  });

  it('tells for an action its tier, what takes it back, and who may propose it', () => {
    expect(text).toMatch(/\| `email\.label` \| [^|]+ \| T1 \| by `email\.label` \| triage \|/);
    expect(text).toMatch(/\| `billing\.pause_collection` \| [^|]+ \| T3 \| by `billing\.resume_collection` \| dunning \|/);
  });

  it('tells for a query who asks and who answers', () => {
    expect(text).toMatch(/\| `qry\.engine\.complete` \| [^|]+ \| triage, correspondence, dunning, verifier \| engine \(/);
  });

  it('draws the way from an arrival to the effect', () => {
    for (const edge of ['gateway --> email_received', 'email_received --> triage', 'action_authorized --> connectors']) {
      expect(text).toContain(`\n  ${edge}\n`);
    }
  });

  it('links only to sections that exist', () => {
    const anchors = new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll('.', '').replaceAll(' ', '-')));
    const linked = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(linked.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});

function sectionOf(title: string): string {
  return text.split('\n### ').find((section) => section.startsWith(`${title}\n`)) ?? '';
}
