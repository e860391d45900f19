import { greetedName, titledNames } from './names.ts';

it.each<[body: string, words: string[]]>([
  ['Hi Ana,\n\nthanks', ['ana']],
  ['Hi Ana thanks for writing', ['ana']],
  ['Dear Dr. López-Díaz,', ['lopez', 'diaz']],
  ['Hallo Frau Müller,', ['muller']],
  ['Sehr geehrter Herr Dr. Bauer,', ['bauer']],
  ['Bonjour Madame Dupont,', ['dupont']],
  ['Hola, Ana:', ['ana']],
  ['Good morning Ana Lopez!', ['ana', 'lopez']],
  ['Hi Ana and Bo,', ['ana', 'bo']],
  ['\n\n  Hello Ana', ['ana']],
])('%j greets %j', (body, words) => {
  expect(greetedName(body).flatMap(({ readings }) => readings)).toEqual(words);
});

it.each(['Hello,\n\nThanks for writing.', 'Hello, Thank you for writing.', 'Hi there,', 'Hi all,', 'Dear Sir or Madam,', 'Dear Customer,', 'Guten Tag,\n\nDanke.', 'Sehr geehrte Damen und Herren,', 'Hallo zusammen,', 'Bonjour,', 'The export works again.', 'a\nb\nc\nHi Ana,'])(
  '%j greets nobody by name',
  (body) => {
    expect(greetedName(body)).toEqual([]);
  },
);

it('knows people by their title, wherever they stand', () => {
  expect(titledNames('I spoke with Mr. Smith and Frau Müller about herr of it.').map(({ text }) => text)).toEqual(['Mr. Smith', 'Frau Müller']);
});
