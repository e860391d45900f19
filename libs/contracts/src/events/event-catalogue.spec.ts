import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvelopeSchema } from '../envelope.ts';
import { schemaUrn } from '../event-contract.ts';
import { Streams } from '../streams.ts';
import { EventCatalogue, findEvent } from './event-catalogue.ts';

const folder = import.meta.dirname;
const files = readdirSync(folder).filter((name) => name.endsWith('.event.ts'));

describe('the event catalogue', () => {
  it('has every event file, each type once', () => {
    expect(EventCatalogue).toHaveLength(files.length);
    expect(new Set(EventCatalogue.map(({ type }) => type)).size).toBe(files.length);
  });

  it.each(files)('%s says when it is emitted, what it guarantees and what it does not mean', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const part of ['Emitted when:', 'Guarantees:', 'Does not mean:']) expect(text).toContain(` * ${part} `);
  });

  it('names past-tense subjects that the event stream stores', () => {
    for (const { type } of EventCatalogue) {
      expect(type).toMatch(/^evt\.[a-z_]+\.[a-z_]+$/);
      expect(Streams.events.subjects.some((subject) => type.startsWith(subject.slice(0, -1)))).toBe(true);
    }
  });

  /** Events as an earlier version wrote them; they stay readable, or their contract gets a new version and an upcaster. */
  it('still reads recorded histories', () => {
    const lines = readFileSync(join(folder, '..', 'histories', 'story-one.v1.jsonl'), 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const event = EnvelopeSchema.parse(JSON.parse(line));
      const contract = findEvent(event.type);
      expect(event.dataschema).toBe(contract && schemaUrn(contract));
      expect(() => contract?.schema.parse(event.data)).not.toThrow();
    }
  });
});
