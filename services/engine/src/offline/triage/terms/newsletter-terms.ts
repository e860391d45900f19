/** Mail written once for many. See `lexicon.ts` for how terms are written. */
export const NEWSLETTER_TERMS = {
  listTalk: String.raw`
    unsubscribe|opt.?out|(?:view|read|open) (?:this )?(?:in|online|email in)[^.]{0,12}(?:browser|online)|view online|
    you(?:'re| are) (?:receiving|getting) this|you (?:receive|get|got|received) this|
    because you (?:subscribed|signed up|have an account|are a|attended|opted)|subscribed to|
    manage (?:your )?(?:preferences|notifications|subscription)|(?:update|email|communication) preferences|stop receiving|
    no longer wish to receive|newsletter|mailing list|abbestellen|abmelden|im browser (?:ansehen|öffnen|anzeigen)|verteiler|
    sie erhalten diese|austragen|désinscri|désabonn|version en ligne|vous recevez c|lettre d'information|infolettre|darse de baja|
    date de baja|cancelar (?:la|tu) suscripción|ver en (?:el|tu) navegador|recibes este|boletín|to unsubscribe|if you no longer|
    don't want (?:these|to receive)|hit unsubscribe|preferences|was this forwarded|forwarded (?:to you|by a friend)|
    subscribe here|view in browser|read (?:it )?on the web|read online|web version|sent to [^ ]+@|sent to you because|
    you signed up|as a (?:member|subscriber|customer) of|you have an account|our mailing address|all rights reserved|
    privacy policy|zum abbestellen|keine (?:e-mails|mails) mehr|als (?:mitglied|abonnent)|weil sie (?:sich|unseren)|se désabonner|
    vous êtes inscrit|ne plus recevoir|si no (?:deseas|quieres) recibir|has recibido este|per cancellarti|disiscri|
    annulla l'iscrizione|ricevi questa|uitschrijven|afmelden|meld deg av|avregistrera|avmeld|
    benachrichtigungen (?:ändern|abbestellen)|notification settings|turn off (?:these )?(?:emails|notifications)|email settings|
    wypisz`,
  news: String.raw`
    issue #?\d|edition|this week|weekly|monthly|digest|round-?up|bulletin|what's new|new (?:feature|features|in)|now available|
    introducing|announc|we(?:'ve| have) (?:just )?(?:released|launched|shipped|added|updated)|release notes?|changelog|released\b|
    maintenance|no action (?:is )?(?:required|needed)|webinar|register (?:now|here|today|for)|
    save (?:your|the) (?:seat|date|spot)|early bird|tickets|speakers|agenda|conference|meetup|community|subscribers|readers|
    sponsored|podcast episode|in this (?:issue|episode|edition)|top stories|read more|learn more|read the|watch the|shop now|
    sale\b|% off|\d+ ?%|discount code|use code|promo|coupon|free shipping|deal(?:s)? of|collection|spring|summer sale|
    black friday|only until|terms of service|our terms|privacy policy|policy update|takes? effect|hi all|hello everyone|
    dear (?:members|readers|subscribers|customers|all|friends|neighbours)|monthly report|your week|ausgabe|neuigkeiten|neues aus|
    aktuelles|rabatt|angebote der|nur bis|gewinnspiel|jetzt (?:entdecken|shoppen|sichern|anmelden)|
    liebe (?:kund|leser|mitglied|abonnent|alle)|hallo zusammen|veranstaltung|wartungsarbeiten|mehr erfahren|weiterlesen|
    themen (?:der|dieser)|nouveautés|actualités|promotion|soldes|découvrez|à ne pas manquer|bonjour à tous|
    chers (?:abonnés|adhérents|membres|clients)|inscrivez-vous|en savoir plus|novedades|ofertas|rebajas|descuento|descubre|
    inscríbete|queridos (?:socios|lectores|clientes|amigos)|leer más|hola a todos|#\d{1,4}:|issue \d+|vol(?:ume)?\. ?\d+|
    no\. ?\d+|today's|yesterday's top|top (?:five|ten|\d+)|
    (?:this|last) (?:week|month|sunday|friday)(?:'s)? (?:post|issue|letter|episode|picks|edition)|
    the (?:sunday|friday|weekly|monthly|daily) (?:letter|brief|digest|edition|read)|here(?:'s| is) (?:what|everything|how)|
    here are (?:the|our|a)|plus:|also:|ps:|tl;dr|deep dive|
    we (?:shipped|tested|asked|interviewed|wrote|built|redesigned|compared)|i interviewed|what i(?:'d| have)? learn|
    lessons? (?:from|i)|show hn|ask hn|points\)|trending|popular (?:topics|posts|this)|
    new (?:posts|topics|comments|replies|events|followers|episode|arrivals|article|guide|blog|course)|summary of|
    since your last visit|recommended for you|because you|based on your|near you|people (?:you may|also)|appeared in|see who|
    see what's|see all|see our|explore|discover|get (?:started|your store|ready|inspired)|learn how|find out|check out|
    download (?:the|our|now)|ebook|white ?paper|case study|guide to|tips|trends|report 20\d\d|survey results|on-demand|recording|
    free (?:webinar|workshop|event|course|masterclass)|rsvp|doors open|line-?up|program(?:me)? (?:is|for)|call for|season\b|cyber|
    lowest prices|sitewide|new collection|back in stock|gift guide|faster builds|
    (?:is|are) now (?:default|available|live|here|out|supported|in beta)|beta\b|version \d[^.]{0,15}(?:is|out)|roadmap update|
    we're updating|you don't need to do anything|(?:chapter|club|member|alumni|parish|company) news|minutes of|kammer|rundbrief|
    rundmail|newsletter|in dieser ausgabe|unser(?:e)? (?:kurse|termine|neue[snr]?|programm|angebote|highlights)|frühbucher|
    das neue programm|seminar|sprechtag|wir laden|laden wir|einladung:|anmeldung (?:unter|auf|bis)|termine (?:20|der|im)|messe\b|
    stadtfest|tipps|online-seminar|à la une|l'essentiel|cette semaine|les titres|notre (?:nouvelle|sélection|programme)|
    inscriptions|lettre|esta semana|lo más|las claves|nuestro (?:programa|curso)|inscripciones|novedad|novità|questa settimana|
    la rassegna|leggi|scopri|iscriviti|programma|offerte|saldi|sconti|nieuwsbrief|deze week|nieuws|novidades|
    links (?:worth|for|of)|\d+ links|upvotes|\d+ comments|also trending|neue (?:antworten|beiträge|kommentare) (?:auf|in|zu)|
    schrieb:|zum thema|(?:miss(?:es)? you|been a while)|pick up where you left|new templates|try one of|appel à candidatures|
    candidatures|règlement et dossier|standplan|aufbau ab|beschicker|cortes de tráfico|se cerrarán|consulta el|web municipal|
    denne måneden|les mer|läs mer|lees (?:meer|verder)|leia mais|czytaj|wijzigingen|dit verandert|
    (?:rules|sync|search|editor) (?:now|v\d)|\d+ fixes|for everyone\b|no\. \d+:|essays?\b|one poem|this is (?:letter|issue)|
    that's it, bye|bye\b|straßensperrung|öffnungszeiten|sperrung der|umleitung|spielplan|kulturprogramm`,
  manyReaders: String.raw`
    (?:hi|hello|hey|dear|good morning|morning|greetings)[ ,]+(?:all|everyone|everybody|folks|friends|team|members|readers|subscribers|creators|makers|founders|customers|neighbou?rs|parents|families|guests|supporters|alumni|community|colleagues|runners|there)\b|
    (?:friends|folks|readers|members|creators|makers),|
    (?:\d[\d,.]*|thousands|hundreds) (?:of )?(?:you|readers|members|subscribers|creators|customers|people read)|many of you|
    some of you|all of you|each of you|those of you|our (?:members|readers|subscribers|community|customers)|
    see you next (?:week|sunday|month|time|issue)|until next (?:week|time|month)|
    liebe (?:mitglieder|leser|leserinnen|kolleg|kund|freund|eltern|alle|abonnent|gäste|nachbarn|community)|ihr lieben|
    hallo (?:zusammen|ihr|alle)|sehr geehrte (?:mitglieder|damen und herren, (?:am|wir laden))|mitgliedsbetriebe|eure?\b|euch\b|
    chers (?:tous|amis|adhérents|membres|lecteurs|clients|parents|collègues)|bonjour à (?:tous|toutes)|queridos|hola a todos|
    estimados (?:socios|clientes|padres|miembros|colegas)|cari (?:amici|soci|lettori|clienti|tutti|genitori)|ciao a tutti|
    gentili (?:clienti|soci)|beste (?:leden|lezers|allemaal)|
    (?:moin|hallo|hi|hej|ciao|salut) (?:an )?(?:alle|allemaal|alla|tutti|à tous)\b|an alle\b|für alle\b|à tous\b|autour de vous|
    allemaal|wszystkich|drodzy`,
} as const;
