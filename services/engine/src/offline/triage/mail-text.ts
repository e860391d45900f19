/** Text of a mail as a reader sees it: tags and entities gone, link targets kept, line ends normal. */
export function readableText(text: string): string {
  const plain = looksLikeHtml(text) ? withoutTags(text) : text;
  return plain
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b-\u200d\ufeff\u00ad]/g, '')
    .replace(/[\u00a0\t]+/g, ' ')
    .trim();
}

const looksLikeHtml = (text: string) => /<(?:html|body|div|p|br|table|td|span|a|img|h[1-6]|li)\b[^>]*>/i.test(text);

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', euro: '€', pound: '£', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', ntilde: 'ñ', rsquo: '’', ndash: '–', mdash: '—', hellip: '…' };

function withoutTags(html: string): string {
  return html
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<a\b[^>]*\bhref\s*=\s*["']?([^"'\s>]+)[^>]*>([\s\S]*?)<\/a\s*>/gi, (_, href: string, label: string) => ` ${label} (${href}) `)
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&#(\d{2,6});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&([a-z]+);/gi, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/[ \t]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n');
}

const QUOTE_STARTS = [
  /^(?:on|am|le|el|il|op)\b.{5,120}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef)\b.{0,60}:?\s*$/i,
  /^-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)\s*-{2,}/i,
  /^_{10,}$/,
];
const FORWARD_START = /^-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado)\s*-{2,}|^begin forwarded message:/i;
const FORWARD_HEADER = /^(?:from|von|de|to|an|à|para|subject|betreff|objet|asunto|date|datum|fecha|sent|gesendet|cc)\s*:/i;

/**
 * What the sender wrote: quoted earlier mails and the signature block are left out.
 * A forwarded mail is kept, it is what the sender wants to be read; its header lines are not.
 */
export function ownWords(text: string): string {
  const lines = readableText(text).split('\n');
  const kept: string[] = [];
  let forwarded = false;
  for (const line of lines) {
    if (FORWARD_START.test(line.trim())) forwarded = true;
    else if (!forwarded && QUOTE_STARTS.some((start) => start.test(line.trim()))) break;
    else if (/^-- ?$/.test(line)) break;
    else if (!/^\s*>/.test(line) && !(forwarded && FORWARD_HEADER.test(line))) kept.push(line);
  }
  return kept.join('\n').trim();
}

/** Where those who write all in lower case end a sentence; short words before the stop are abbreviations. */
const CASUAL_STOP = /(?<=[^\s.]{5}\.|[?!])\s+(?=\p{Ll})/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences of a text, word for word except that wrapped lines are joined by a space. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)|(?<=[.!?:,])\n/)
    .flatMap((block) => segmentsOf(block.replace(/\s+/g, ' ').trim()))
    .flatMap((segment) => segment.split(CASUAL_STOP))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}

const ABBREVIATION_AT_END = /(?<![\p{L}\d])(?:incl|excl|approx|art|abs|nr|no|dr|mr|mrs|ms|prof|st|vs|bzw|ca|inkl|zzgl|evtl|ggf|tel|str|z\. ?b|e\.g|i\.e|núm|av|p\.ej)\.\s*$/iu;

/** What the segmenter takes for sentences, those joined again that it parted at an abbreviation. */
function segmentsOf(block: string): string[] {
  const joined: string[] = [];
  for (const { segment } of segmenter.segment(block)) {
    const open = joined.at(-1);
    if (open !== undefined && ABBREVIATION_AT_END.test(open)) joined[joined.length - 1] = open + segment;
    else joined.push(segment);
  }
  return joined;
}

/** Opens a mail and says nothing else: at most four words follow. */
const GREETING = /^(?:hi|hey|hello|hallo|moin|dear|sehr geehrte|liebe|lieber|guten (?:tag|morgen|abend)|good (?:day|morning|afternoon|evening)|bonjour|cher|chère|hola|estimad|buenos|coucou|servus|ciao|buongiorno|gentile)(?![\p{L}])[,.]?(?:\s+[^\s,.!?]+\.?){0,4}\s*[,!.:]*$/iu;
const CLOSING = /^(?:best|kind|warm|many|with)?\s*(?:regards|wishes|thanks|thank you|cheers|sincerely|yours|greetings|ta)\b.{0,40}$|^(?:mit )?(?:freundlichen|besten|herzlichen|liebe|lieben|viele|beste|schöne) (?:grüße|grüßen|gruß|wünsche)\b.{0,60}$|^(?:lg|vg|mfg|danke|merci|gracias|gruß|cordialement|bien à vous|saludos|un saludo|bises)\b.{0,40}$/i;

/** Whether a sentence only opens or closes a mail. */
export function isCourtesy(sentence: string): boolean {
  const bare = sentence.trim();
  return GREETING.test(bare) || CLOSING.test(bare);
}
