import { termsOf } from '../triage/lexicon.ts';
import type { TriageAnswer } from '@troupe/contracts';

/** Requests that an honest acknowledgment serves: what was asked is clear, and what comes next needs no knowledge. */
export const REPLY_CLASSES = ['privacy', 'cancellation', 'refund', 'invoiceCopy', 'invoiceChange', 'paymentNotice', 'standstill', 'goods', 'problem', 'howTo', 'wish'] as const;
export type ReplyClass = (typeof REPLY_CLASSES)[number];

const REFUND = /refund|money back|reimburs|charged? (?:me |us |my card )?(?:twice|double|again)|double charge|still (?:being )?charged|erstatt|geld zurück|rückzahlung|doppelt (?:abgebucht|belastet)|rembours|reembols|devolución|cobrado dos veces/;
const COPY = /(?:send|resend|copy|forward|download|find|need|get|schicken|senden|zusenden|brauche|finde|envoyer|renvoyer|transmettre|enviar|mandar|reenviar)[^.?!]{0,60}(?:invoice|receipt|rechnung|quittung|beleg|facture|reçu|factura|recibo)|(?:invoice|receipt|rechnung|quittung|facture|factura)[^.?!]{0,60}(?:copy|again|pdf|noch einmal|nochmal|erneut|schicken|zusenden|à nouveau|de nuevo|otra vez)/;
const CHANGE = /(?:correct|change|reissue|amend|wrong|update|missing|does not show|split|ändern|korrigier|falsch|corrig|rectifi|cambiar|modificar)[^.?!]{0,80}(?:invoice|vat|tax|po number|purchase order|address|rechnung|ust|adresse|facture|tva|factura|iva)|(?:invoice|vat|rechnung|facture|factura)[^.?!]{0,80}(?:correct|wrong|reissue|amend|falsch|korrig|ändern|corrig|rectifi|discount|not applied)/;
const PAID = /\b(?:paid|transferred|sent the (?:money|payment))\b[^.?!]{0,40}(?:this morning|today|yesterday|by|via|bank|already|just|on)|(?:just|already|have) paid|payment (?:is|was|has been) (?:sent|made|on its way)|überwiesen|bezahlt habe|zahlung ist raus|virement (?:effectué|est parti)|ai (?:payé|réglé)|he (?:pagado|transferido)|transferencia hecha/;

/** What kind of answer the mail calls for, or undefined when an acknowledgment would be empty or presumptuous. */
export function replyClassOf(triage: Pick<TriageAnswer, 'category' | 'urgency'>, text: string): ReplyClass | undefined {
  const lower = text.toLowerCase().replace(/[’`´]/g, "'");
  const has = (topic: Parameters<typeof termsOf>[0]) => termsOf(topic, lower).length > 0;
  if (triage.category === 'billing') return billingClassOf(lower);
  if (triage.category !== 'support') return undefined;
  if (has('privacy')) return 'privacy';
  if (has('cancel')) return 'cancellation';
  if (REFUND.test(lower)) return 'refund';
  if (triage.urgency === 'high' && (has('standstill') || has('trouble'))) return 'standstill';
  if (has('trouble')) return has('aftercare') && !has('product') ? 'goods' : 'problem';
  if (has('wish')) return 'wish';
  if (has('howTo') || has('account')) return 'howTo';
  return undefined;
}

function billingClassOf(lower: string): ReplyClass | undefined {
  if (REFUND.test(lower)) return 'refund';
  if (PAID.test(lower)) return 'paymentNotice';
  if (CHANGE.test(lower)) return 'invoiceChange';
  if (COPY.test(lower)) return 'invoiceCopy';
  return undefined;
}
