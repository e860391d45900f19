/** Money owed or paid, and its papers. See `lexicon.ts` for how terms are written. */
export const BILLING_TERMS = {
  paper: String.raw`
    invoice|receipts?\b|bill\b|bills\b|billing|credit note|account statement|statement of account|bank statement|your statement|
    statement is ready|vat\b|tax id|tax invoice|sales tax|po number|purchase order|fee note|remittance|pro ?forma|payslip|
    expense report|steuer|bescheinigung|bescheid\b|spendenquittung|anzahlung|abschlag|vertragsnummer|\p{L}*rechnung|quittung|
    \p{L}*beleg|\p{L}*gutschrift|kontoauszug|umsatzsteuer|mwst|ust-|uid-nummer|\p{L}*abrechnung|zahlungsavis|\p{L}*mahnung|
    zahlungserinnerung|beitragsrechnung|lieferschein|facture|reçu\b|justificatif|avoir\b|relevé|tva\b|bon de commande|
    note d'honoraires|factura|recibo|justificante|iva\b|extracto|nota de crédito|albarán|fatture|fattura|ricevuta|scontrino|
    nota di credito|parcella|documento contabile|po\b|p\.o\.|quote \d|purchase orders?|credit memo|cost (?:cent(?:er|re)|code)|
    billing (?:address|details|contact|statement)|vat (?:id|number|rate|invoice|return)|
    tax (?:bill|assessment|demand|details|documents?)|line items?|proof of payment|w-?8ben|1099|statement for|order summary|
    your (?:october|november|december|january|february|march|april|may|june|july|august|september) (?:invoice|statement|bill)|
    annual accounts|draft accounts|zahlungsbeleg|sammelrechnung|stornorechnung|rechnungskorrektur|rechnungsadresse|
    leistungszeitraum|kassenbon|steuernummer|ust\.?-?id|mahnbescheid|note de frais|attestation fiscale|bon d'achat|numéro de tva|
    facturation|facturación|número de factura|nif\b|cif\b|datos fiscales|presentar el modelo|modelo \d{3}|factuur|btw\b|fatura|
    faktura|nota fiscal|vendor (?:form|setup|registration)|supplier (?:form|registration)|withholding|certificate of residence|
    form \d+\b|royalt(?:y|ies)|registergebühr|handelsregister|überweisungsträger|aktenzeichen|\baz\.|bescheinigung über|
    zuwendungsbestätigung|btw[- ]?(?:nummer|nr)|op naam van|fakturę|kvittering|kvitto|rachunek`,
  payment: String.raw`
    settlement|by (?:bank )?transfer|yearly fee|never ordered|still open|line item|commission invoice|remittance|instalment|
    dispute|settled?\b|transferred|wire\b|fee\b|fees\b|deposit|invoice is|top.?up|paid\b|payment|overdue|past due|
    due (?:date|on|by)|outstanding|unpaid|owed?\b|charged|charge on|double charge|refund|money back|reimburs|direct debit|
    bank transfer|wire transfer|iban\b|sort code|sepa\b|credit card|
    card (?:was |is |got |has been )?(?:declined|expired|rejected)|new card|renewal|renews|auto-renew|payout|instal?lments?|
    late fee|chargeback|subscription (?:fee|price|cost)|price (?:increase|went up|gone up|change)|balance\b|reconcil|net 30|
    30 days|rückstand|ausgleich|noch offen|begleichen|nachzahlung|\p{L}*beitrag|rate\b|leasingrate|guthaben|einzug|eingezogen|
    \p{L}*gebühr|kosten(?:voranschlag|stelle)|preis(?:e|erhöhung|anpassung)?\b|zahlungserinnerung|skonto|inkasso|verzug|bezahl|
    \p{L}*zahlung|überwies|überweis|fällig|offene (?:posten|rechnung|betrag|beträge)|abgebucht|abbuchung|lastschrift|erstatt|
    rückzahlung|geld zurück|kreditkarte|bankverbindung|dauerauftrag|mandat|betrag|verlängert|mieterhöhung|\p{L}*miete|acompte|
    impayée?s?|débité|somme|paiement|payé|payer|réglé|règlement|échéance|impayé|prélev|rembours|virement|carte bancaire|rib\b|
    montant|relance|loyer|devuelv|dólares|euros|domicilia|pago\b|pagos\b|pagar|pagad|cobro|cobrado|cobrar|cargo\b|reembols|
    devolución|transferencia|vencid|vencimiento|tarjeta|domiciliación|importe|pagamento|pagare|pagato|bonifico|addebito|addebitat|
    rimborso|scadenza|scadut|saldo\b|insoluto|sollecito|anticipo|acconto|importo|carta di credito|
    charged (?:me|us|twice|again|for)|billed (?:me|us|twice|for)|pay (?:you|by|via|for|the|this|in|it)|will (?:be )?pa(?:y|id)|
    has been paid|haven't (?:been )?paid|paying\b|is (?:now )?due|(?:is|was|remains) (?:still )?(?:open|unpaid|outstanding)|
    days (?:past|over)|amount (?:of|due)|total (?:due|amount|of)|balance (?:due|of)|payable|
    payment (?:run|terms|method|plan|link|reference)|remind(?:er)?[^.]{0,25}(?:invoice|payment)|bank (?:details|account)|swift|
    bic\b|account number|proration|prorated|credited|credit (?:back|the rest|balance)|funding|
    discount (?:code )?(?:didn't|did not|not|wasn't|didnt)|full price|overcharg|undercharg|wrong amount|
    price (?:change|difference)|payouts?\b|billing (?:error|period|cycle|question|issue)|card ending|visa ending|mastercard|
    debited|deducted|quarter|annual(?:ly)? (?:or|vs|instead)|monthly (?:or|vs|to) (?:annual|yearly)|mahngebühr|zahlungsziel|
    zahlungseingang|zahlungsverzug|ratenzahlung|überwiesen|konto ausgeglichen|stunden(?:satz|zettel)|pauschal|nachforderung|
    offener betrag|noch nicht eingegangen|in rechnung|berechnet|abgerechnet|zu viel|à payer|somme due|solde\b|facturé|versement|
    avoir été (?:débité|prélevé)|échelonn|cobrad[oa]s?|me habéis cobrado|abonar|abonad[oa]|ingreso|pendiente de pago|
    plazo de pago|recargo|betaling|betalen|betaald|pagament|płatno|sent (?:you|over) (?:the )?(?:money|\d+|[$€£])|sent u\b|
    why (?:\d+|is it|did (?:you|it) charge|am i)|\d+ (?:and )?not \d+|this month|last month|slipped through|booth hire|
    account on the invoice|prepaid|credits?\b|ran out|used up|rücklastschrift|deckung|sammelüberweisung|löhne|zahlungsfrist|
    wird (?:eine )?gebühr|überweisungsfrist|put the new (?:one|card)|new one\?|changed by (?:the )?bank|
    release (?:ak|your invoice|payment)|pay by|by (?:check|cheque)|betaal|overgemaakt|betalt|betala|zapłac|płatnoś|przelew|
    transferi|paguei`,
  receipt: String.raw`
    (?:payment|order|purchase) (?:received|confirmed|confirmation|successful)|thank(?:s| you) for your (?:payment|order|purchase)|
    thanks for (?:riding|your payment)|has been (?:processed|paid|charged|debited|credited|sent to your bank|renewed)|
    we(?:'ve| have)? (?:received|processed|charged)|you (?:received|paid|sent|were charged)|
    your (?:receipt|invoice|statement|payout|bill|order|payment) (?:from|is|for|of|has|#|no|number|[a-z]*\d)|
    invoice (?:is )?(?:available|ready|attached|enclosed)|receipt (?:for|from|attached)|
    payout[^.]{0,30}(?:sent|on (?:the|its) way|initiated|scheduled|arrive)|will be (?:charged|debited|collected)|
    automatically (?:charged|debited|renew)|e-?ticket|trip (?:with|fare)|booking (?:confirmed|confirmation|reference)|
    zahlung (?:erhalten|eingegangen|bestätigt)|zahlungsbestätigung|bestellbestätigung|auftragsbestätigung|
    vielen dank für ihre (?:zahlung|bestellung|buchung)|rechnung (?:ist|steht|im anhang|anbei)|ihre rechnung|
    sie haben (?:eine zahlung|\d)|wird (?:abgebucht|eingezogen|belastet)|buchungsbestätigung|
    (?:votre|vos) (?:facture|reçu|commande|paiement)[^.]{0,30}(?:disponible|confirm|reçu|jointe)|
    merci pour votre (?:commande|paiement|achat)|sera (?:débité|prélevé)|
    (?:su|tu) (?:factura|recibo|pago|pedido)[^.]{0,30}(?:disponible|confirmad|recibid|adjunt)|
    gracias por (?:su|tu) (?:compra|pago|pedido)|hemos recibido (?:su|tu) pago|se cargará|la (?:sua|tua) (?:fattura|ricevuta)|
    grazie per (?:il|l'|la) (?:pagamento|acquisto|ordine|sua)|pagamento ricevuto|ricevuta di pagamento|
    bill (?:has been|is) issued|collected by sepa|october usage|usage: [€$£]|sent (?:you )?the \d+|just (?:paid|sent|transferred)|
    gerade überwiesen|habe (?:gerade |heute )?überwiesen|je viens de (?:payer|virer)|acabo de (?:pagar|transferir)|
    ho appena (?:pagato|fatto il bonifico)`,
  bookkeeping: String.raw`
    gst\b|tax (?:number|form|deadline|advis)|file your|filing|1099|w-?8|w-?9|cpa\b|expenses\b|deduct|fiscal|accountant|bookkeep|
    accounting|year.?end|tax return|tax office|tax authority|quarter closes|quarterly|ledger|audit\b|payroll|deductible|
    depreciation|hmrc|irs\b|fibu|zusammenfassende meldung|abgegeben|buchungsbeleg|gewinnermittlung|vorsteuer|kanzlei|krankenkasse|
    beitragsnachweis|lohnbüro|lohn\b|umsatzsteuer|quartal|steuerberat|buchhalt|voranmeldung|finanzamt|jahresabschluss|
    steuererklärung|einkommensteuer|gewerbesteuer|datev|lohnabrechnung|comptab|expert-comptable|déclaration|urssaf|impôts|bilan\b|
    gestor[ií]a|contab|declaración|hacienda|trimestre|asesor[ií]a|year end|
    tax (?:season|year|bill|refund form|residency|filing|estimate)|corporation tax|vat return|self.?assessment|companies house|
    sole trader|receipts? for (?:the|q[1-4])|bank (?:feed|statements? for)|missing (?:receipts|invoices|documents)|q[1-4]\b|
    belege (?:für|fehlen|bitte)|unterlagen (?:für|zur|fehlen)|betriebsprüfung|lohnsteuer|einnahmen|umsatzsteuervoranmeldung|
    steuerbüro|steuerbescheid|vorauszahlung|cfe\b|déclarer|cotisations|justificatifs|pièces comptables|expert comptable|
    modelo \d{3}|irpf|autónomos|renta\b|cuota|asesoría fiscal|seguridad social|commercialist|dichiarazione|f24\b|partita iva|
    contabil|fatture elettroniche|agenzia delle entrate|boekhoud|belasting`,
  paymentMethod: String.raw`
    (?:card|payment)[^.?!]{0,20}(?:expired|declined|rejected|failed|bounced|did not go through|didn't go through)|
    (?:update|change|enter|replace|use)[^.?!]{0,25}(?:card|payment (?:method|details)|bank details|billing (?:details|address))|
    new (?:card|bank account)|changed banks|(?:karte|zahlung)[^.?!]{0,25}(?:abgelaufen|abgelehnt|fehlgeschlagen)|zahlungsart|
    zahlungsdaten|neue (?:karte|bankverbindung)|carte[^.?!]{0,20}(?:expirée|refusée)|moyen de paiement|coordonnées bancaires|
    tarjeta[^.?!]{0,20}(?:caducad|rechazad|vencid)|datos de pago|método de pago|
    (?:couldn't|could not|unable to|failed to) (?:charge|collect|process)|card on file|renewal failed|
    payment (?:method )?(?:needs|required|issue)|carta[^.?!]{0,20}(?:scadut|rifiutat)|metodo di pagamento|
    (?:card|bank)[^.?!]{0,30}(?:changed|stolen|replaced|cancelled|new)|
    where (?:do i |can i |to )?(?:put|enter|add|change)[^.?!]{0,20}(?:card|one|iban)`,
} as const;
