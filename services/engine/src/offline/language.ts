/** Languages the templates are written in. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Frequent small words; the last four only so that a mail in another language is not taken for one of the first. */
const FREQUENT: Record<string, string> = {
  en: 'the and you to is of for that it this have with are not be on can my your we was please hi hello thanks from in how what do would could when at but our will',
  de: 'der die das und ich sie nicht ist mit für wir zu ein eine auf den von dem haben bitte hallo danke wie kann noch mir uns es auch bei guten sehr geehrte im am werden wurde seit',
  fr: 'le la les et je vous nous est pas de des une un pour que qui avec mon votre bonjour merci en sur dans ce mais depuis plus pouvez du au ne suis ma',
  es: 'el la los las y que no de un una para por con mi su es en hola gracias se me lo puedo quiero como pero muy más desde del al está',
  it: 'il che non di è per con una sono mi ho grazie buongiorno ciao vorrei della anche questo posso come ma nel gli alla',
  nl: 'het een ik niet van en dat is op met voor mijn wij u je bedankt hoi graag kan maar ook naar wordt bij deze',
  pt: 'o que não de um uma para com eu obrigado olá meu minha você por está mas os dos da em no seu foi',
  pl: 'nie się na jest że dzień dobry proszę mam czy dla jak mogę dziękuję od moje do',
};
const WORDS = Object.entries(FREQUENT).map(([language, words]) => ({ language, words: new Set(words.split(' ')) }));

/** The language of a text if it is one we can write, else undefined. Too little text to tell counts as English when it is plain ASCII. */
export function languageOf(text: string): Language | undefined {
  const tokens = text.toLowerCase().match(/\p{L}+/gu)?.slice(0, 200) ?? [];
  if (tokens.length === 0 || /[\u0400-\u04ff\u0590-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(text)) return undefined;
  const scores = WORDS.map(({ language, words }) => ({ language, hits: tokens.filter((token) => words.has(token)).length }));
  const best = scores.reduce((top, next) => (next.hits > top.hits ? next : top));
  if (best.hits === 0) return isAscii(text) ? 'en' : undefined;
  return LANGUAGES.find((language) => language === best.language);
}

const isAscii = (text: string) => [...text].every((character) => character.codePointAt(0)! < 128 || character === '’');
