import type { Language } from '../language.ts';
import type { ReplyClass } from './reply-class.ts';

/**
 * What an acknowledgment says. No promise of an outcome or a date, no price, no name: only that the message arrived,
 * what was understood (quoted by the caller), who looks at it, and what the sender can add to speed it up.
 */
const ACKNOWLEDGMENTS: Record<Language, Record<ReplyClass, string>> = {
  en: {
    privacy: 'Thank you for your message. I have received your data protection request and will deal with it personally. You will hear from me at this address.',
    cancellation: 'Thank you for your message. I have received your cancellation request and will confirm to you in writing once it is done.',
    refund: 'Thank you for pointing this out. I have received your request and will check the payments on our side before I come back to you with the outcome.',
    invoiceCopy: 'Thank you for your message. I have received your request for the document and will look it up and send it to this address.',
    invoiceChange: 'Thank you for the details. I have received your request about the invoice and will check what has to be corrected before I come back to you.',
    paymentNotice: 'Thank you for letting me know about the payment. I will match it with our records.',
    standstill: 'Thank you for telling me, and I am sorry that this is holding you up. I have your message and treat it as urgent. If it has changed in the meantime, or if you can tell how many people it affects, just answer to this mail.',
    goods: 'Thank you for letting me know, and I am sorry about this. I have received your message and will look into it before I come back to you. Photos help, if you have not sent any yet.',
    problem: 'Thank you for reporting this, and I am sorry for the trouble. I have received your report and will look into it. If you have a screenshot or the exact steps that lead there, just answer to this mail; it helps to find the cause.',
    howTo: 'Thank you for your question. I have received it and will look into it before I answer, so that you get a correct reply rather than a quick one.',
    wish: 'Thank you for the suggestion and for taking the time to describe it. I have noted it; whether and when it can be done I cannot say yet.',
  },
  de: {
    privacy: 'vielen Dank für die Nachricht. Die Anfrage zum Datenschutz ist angekommen, ich kümmere mich persönlich darum. Die Antwort kommt an diese Adresse.',
    cancellation: 'vielen Dank für die Nachricht. Die Kündigung ist angekommen; ich bestätige sie schriftlich, sobald sie ausgeführt ist.',
    refund: 'vielen Dank für den Hinweis. Die Anfrage ist angekommen. Ich prüfe die Zahlungen auf unserer Seite und melde mich dann mit dem Ergebnis.',
    invoiceCopy: 'vielen Dank für die Nachricht. Die Bitte um das Dokument ist angekommen; ich suche es heraus und schicke es an diese Adresse.',
    invoiceChange: 'vielen Dank für die Angaben. Die Bitte zur Rechnung ist angekommen; ich prüfe, was zu korrigieren ist, und melde mich dann.',
    paymentNotice: 'vielen Dank für den Hinweis auf die Zahlung. Ich gleiche sie mit unseren Unterlagen ab.',
    standstill: 'vielen Dank für die Nachricht, und es tut mir leid, dass das gerade aufhält. Sie liegt mir vor, und ich behandle sie als dringend. Falls sich inzwischen etwas geändert hat oder klar ist, wie viele Personen betroffen sind, genügt eine Antwort auf diese Mail.',
    goods: 'vielen Dank für die Nachricht, und bitte entschuldigen Sie den Ärger. Ich sehe mir die Sache an und melde mich dann. Fotos helfen, falls noch keine dabei sind.',
    problem: 'vielen Dank für die Meldung, und bitte entschuldigen Sie die Umstände. Sie ist angekommen, und ich gehe der Sache nach. Ein Screenshot oder die genauen Schritte helfen bei der Suche; dafür genügt eine Antwort auf diese Mail.',
    howTo: 'vielen Dank für die Frage. Sie ist angekommen; ich sehe genau nach, bevor ich antworte, damit die Antwort auch stimmt.',
    wish: 'vielen Dank für den Vorschlag und die Mühe, ihn zu beschreiben. Ich habe ihn notiert; ob und wann er sich umsetzen lässt, kann ich noch nicht sagen.',
  },
  fr: {
    privacy: "merci pour votre message. J'ai bien reçu votre demande concernant vos données personnelles et je m'en occupe moi-même. La réponse arrivera à cette adresse.",
    cancellation: "merci pour votre message. J'ai bien reçu votre demande de résiliation et je vous la confirmerai par écrit dès qu'elle sera effectuée.",
    refund: "merci de me l'avoir signalé. J'ai bien reçu votre demande ; je vérifie les paiements de notre côté avant de revenir vers vous.",
    invoiceCopy: "merci pour votre message. J'ai bien reçu votre demande de document ; je le recherche et je l'enverrai à cette adresse.",
    invoiceChange: "merci pour ces précisions. J'ai bien reçu votre demande au sujet de la facture ; je vérifie ce qui doit être corrigé avant de revenir vers vous.",
    paymentNotice: "merci pour l'information concernant le paiement. Je le rapproche de nos écritures.",
    standstill: "merci de m'avoir prévenu, et je suis navré que cela vous bloque. J'ai bien votre message et je le traite comme urgent. Si la situation a changé entre-temps, ou si vous savez combien de personnes sont concernées, il suffit de répondre à ce message.",
    goods: "merci de m'avoir prévenu, et toutes mes excuses pour ce désagrément. Je regarde cela avant de revenir vers vous. Des photos m'aideraient, si vous n'en avez pas encore envoyé.",
    problem: "merci pour votre signalement, et toutes mes excuses pour la gêne. Je l'ai bien reçu et je vais examiner le problème. Une capture d'écran ou les étapes exactes m'aideraient : il suffit de répondre à ce message.",
    howTo: "merci pour votre question. Je l'ai bien reçue et je vérifie avant de répondre, afin que la réponse soit exacte.",
    wish: "merci pour cette suggestion et pour le temps pris à la décrire. Je l'ai notée ; je ne peux pas encore dire si elle sera réalisée, ni quand.",
  },
  es: {
    privacy: 'gracias por su mensaje. He recibido su solicitud sobre protección de datos y me ocuparé de ella personalmente. La respuesta llegará a esta dirección.',
    cancellation: 'gracias por avisar. He recibido su solicitud de baja y la confirmaré por escrito cuando esté hecha.',
    refund: 'gracias por avisar. He recibido su solicitud; reviso los pagos por nuestra parte y después le comunico el resultado.',
    invoiceCopy: 'gracias por su mensaje. He recibido su petición del documento; lo busco y lo envío a esta dirección.',
    invoiceChange: 'gracias por los datos. He recibido su petición sobre la factura; compruebo qué hay que corregir y le respondo.',
    paymentNotice: 'gracias por avisar del pago. Lo cotejo con nuestros registros.',
    standstill: 'gracias por avisar, y siento que esto le esté frenando. Tengo su mensaje y lo trato como urgente. Si algo ha cambiado entretanto, o si sabe a cuántas personas afecta, basta con responder a este correo.',
    goods: 'gracias por avisar, y disculpe las molestias. He recibido su mensaje y lo reviso antes de responderle. Las fotos ayudan, si aún no las ha enviado.',
    problem: 'gracias por avisar, y disculpe las molestias. He recibido su mensaje y voy a investigarlo. Una captura de pantalla o los pasos exactos ayudan a encontrar la causa: basta con responder a este correo.',
    howTo: 'gracias por su pregunta. La he recibido y la reviso antes de responder, para que la respuesta sea correcta.',
    wish: 'gracias por la sugerencia y por el tiempo dedicado a describirla. La he anotado; todavía no puedo decir si se hará ni cuándo.',
  },
};

const YOU_WROTE: Record<Language, string> = { en: 'You wrote:', de: 'Zur Nachricht:', fr: 'Vous avez écrit :', es: 'Usted escribió:' };
const ON_RECORD: Record<Language, string> = { en: 'What I have on record:', de: 'Dazu liegt mir vor:', fr: "Ce que j'ai dans mes dossiers :", es: 'Lo que consta en mis registros:' };

const REGRET: Record<Language, string> = {
  en: 'I am sorry that it came to this.',
  de: 'Es tut mir leid, dass es so weit gekommen ist.',
  fr: "Je suis navré que l'on en soit arrivé là.",
  es: 'Siento mucho que se haya llegado a esto.',
};

/** For someone who is angry: the one sentence before which nothing else is heard. */
export const regret = (language: Language) => REGRET[language];

export function acknowledgment(language: Language, replyClass: ReplyClass): string {
  const text = ACKNOWLEDGMENTS[language][replyClass];
  // After "Hallo ...," German and French go on in lower case; the templates of the others start a sentence.
  return language === 'es' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** What was asked, in the sender's own words, marked as a quotation. */
export function quoted(language: Language, asks: readonly string[]): string {
  return asks.length === 0 ? '' : [YOU_WROTE[language], ...asks.map((ask) => `> ${ask}`)].join('\n');
}

export function onRecord(language: Language, claims: readonly string[]): string {
  return claims.length === 0 ? '' : [ON_RECORD[language], ...claims.map((claim) => `- ${claim}`)].join('\n');
}
