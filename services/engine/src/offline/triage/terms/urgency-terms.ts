/** How long a mail can wait, whatever it is about. See `lexicon.ts` for how terms are written. */
export const URGENCY_TERMS = {
  urgent: String.raw`
    (?<!(?:not|nothing|isn't|too) )urgent|now\b(?=!| *$|\.)|midnight|in the next (?:few |two |couple of )?(?:hours?|minutes?)|
    (?:are|is|people) waiting|before we (?:start|open|leave)|still sending|stranded|every minute|
    since \d{1,2}(?::\d\d)? ?(?:am|this)|instantly|without delay|top priority|in \d+ ?min|starts in|goes live|
    standing (?:outside|in)|pick up your phone|overflow|flood|dripping|asap|a\.s\.a\.p|immediately|right (?:now|away)|at once|
    emergency|critical|as soon as (?:possible|you (?:see|can))|need (?:someone|an answer|this) (?:on this )?now|right this minute|
    (?:broken|hurt|injured|fever|accident|ambulance|fallen)\b|call (?:us|back)\b|every (?:minute|hour) counts|stop it\b|
    by (?:end of (?:day|today|business)|eod|tonight|noon|today|\d{1,2} ?(?:am|pm))|within the hour|in an hour|call me\b|
    losing (?:orders|money|customers|sales)|
    (?:customers|clients|people|patients|guests|everyone|nobody|no one)[^.]{0,30}(?:can't|cannot|waiting|stuck|locked|gets|able)|
    down\b|outage|data breach|security (?:hole|incident|issue)|can't work|cannot work|suspension today|(?<!nicht )dringend|
    warten (?:schon|alle|gerade)|alle termine|eilige|brennt|unverzüglich|tropft|läuft (?:aus|heute)|schnell kommen|
    heute (?:abgegeben|raus|fällig)|fieber|verletzt|gestürzt|abholen|frist heute|sofort|umgehend|eilig|eilt|schnellstmöglich|
    so schnell wie möglich|notfall|jetzt gleich|bis \d{1,2} uhr|ruf mich|rufen sie mich|urgence|(?<!(?:pas|rien d') ?)urgent|
    immédiatement|tout de suite|au plus vite|dès que possible|urgente|inmediat|ahora mismo|cuanto antes|lo antes posible|
    emergencia|urgentissim|urgente\b|subito|immediatamente|il prima possibile|quanto prima|dringlich|so bald wie möglich|
    so schnell es geht|eilt\b|en urgence|dès aujourd'hui|lo antes|pls fix|please hurry|time.?sensitive|quickly please|
    need (?:this|it|an answer|help|to know)[^.]{0,25}(?:now|today|by (?:noon|\d)|immediately)|hurry|action required today|help!|
    hilfe!|sos\b|ring me|call me|bitte (?:kurz )?anrufen|rufen sie|pick up\b|pls call|appelez|rappelez|llám[ae]|chiamami|richiam|
    bel me|wer ist[^.]{0,20}erreichbar|who can i call|phone (?:me|number)|dringen|please (?:ring|call) (?:us|me)|
    fix (?:it|this) quickly|ruf (?:mich|uns)|bitte (?:kurz )?(?:rückruf|melden)`,
  standstill: String.raw`
    (?:is|are|went|goes|app|site|everything|server|system|api|checkout|shop|booking|login|dashboard)(?: is| are)? (?:completely |totally |all )?down\b|
    down\?+|is down|outage|nothing (?:loads|works|opens)|
    (?:nobody|no one|none of us|noone|not one of)[^.]{0,30}(?:can|could|gets?|is able|past|works)|
    (?:customers|clients|people|patients|guests|drivers|users|students|staff|everyone|everybody|team|crew|all of us)[^.]{0,25}(?:can't|cant|cannot|can not|waiting|stuck|locked|standing|unable)|
    all (?:our|the|my) [^.]{0,25}(?:gone|vanished|disappeared|deleted|empty|lost|missing)|
    can(?:'t|not|t) (?:take (?:payments|orders|bookings)|open the shop|work\b|clock|check anyone|invoice)|50[0234]\b|server error|
    bad gateway|right now (?:and|it|we|the)|double.?book|losing (?:orders|money|customers|sales|bookings)|at a standstill|
    production|every minute|stopped completely|payouts? (?:are |have been )?(?:paused|stopped|suspended)|
    will be (?:cut off|disconnected)|nichts geht|geht (?:gar )?nichts mehr|steht (?:alles|der betrieb|still)|
    komplett (?:ausgefallen|leer|weg|lahm)|alle (?:\p{L}+ )?(?:weg|verschwunden|gelöscht)|
    sämtliche [^.]{0,30}(?:weg|verschwunden|gelöscht)|niemand (?:kann|kommt)|keiner (?:kann|kommt)|totalausfall|
    (?:kunden|patienten|gäste|mitarbeiter)[^.]{0,25}(?:warten|stehen|können nicht)|ausgefallen|tout est (?:bloqué|en panne|perdu)|
    plus rien ne|(?:personne|aucun client) ne (?:peut|arrive)|clients? (?:attendent|ne peuvent)|
    site (?:est )?(?:en panne|inaccessible|hors ligne)|nadie puede|todo (?:caído|parado|perdido)|se ha caído|
    (?:clientes|pacientes)[^.]{0,20}(?:esperando|no pueden)|está caíd|(?:è|sito|tutto) (?:giù|fermo|bloccato|offline)|
    nessuno (?:riesce|può)|(?:clienti|pazienti)[^.]{0,20}(?:aspettano|non possono|in attesa)|sparit[oi] tutt|
    (?:kicks?|throws?|logs?) (?:all|everyone|everybody|us all) out|wirft alle raus|queue (?:out|of|is)|line out the door|
    for (?:the last )?\d+ (?:mins|minutes|hours)|since \d+ (?:mins?|minutes|hours)|seit \d+ (?:minuten|stunden)|
    depuis \d+ (?:minutes|heures)|desde hace \d+ (?:minutos|horas)|deleted? everything|
    everything(?: is|'s)? (?:gone|deleted|lost)|(?:months?|years?|weeks?) of [^.]{0,25}(?:gone|lost|deleted)|wont take any|
    won't take any|(?:can't|cant|cannot|kann sich nicht|können sich nicht) (?:clock|einstempeln)|coming through (?:my|the)|
    through my ceiling|flooded|on fire|no power|shut down|make it stop|showing up at|at (?:my|the|our) (?:door|desk|counter)|
    stops? receiving|cannot submit|can't submit|bricht (?:mit|immer|jedes mal)? ?[^.]{0,15}ab|toute l'équipe|todo el equipo|
    tutto il team|tutta la squadra|das ganze team|stuck in\b|bumped (?:her|his) head|fell (?:off|down|and)|big lump|
    collect (?:her|him|your (?:child|son|daughter))|schlaganfall|herzinfarkt|unfall|krankenhaus|hôpital|accidente|ospedale|
    infortun|seit \d+ min|(?:for|since) (?:twenty|thirty|ten|fifteen|forty) minutes|antwortet nicht|zeitüberschreitung|
    nicht (?:abrufbar|erreichbar)|(?:blank|white|empty) screen|fällt aus|erkrankt|einspringen|broke (?:his|her|my) (?:leg|arm)|
    fell ill|are complaining|come down|where are you|wo bist du|kannst du mich|pick (?:him|her|me) up|hospital|emergency room|
    ambulance|surgery tonight`,
  deadline: String.raw`
    (?:by|before|until|till|due|deadline|expires?|starts?|closes?|flies|leaves?|ends?|pay|needed?|latest|is) (?:\w+ ){0,2}(?:today|tonight|tomorrow|this (?:afternoon|evening)|noon|midnight|eod|cob|close of business|end of (?:the )?(?:day|business))|
    (?:by|before|until|till) \d{1,2}(?:[:.]\d\d)? ?(?:am|pm|h\b|uhr|o'clock|utc)|today (?:by|before|until|at|latest)|
    (?:today|tonight|tomorrow)(?:'s)? (?:at|from|by|before|morning|workshop|event|meeting|shoot|wedding|launch|deadline)|today\?|
    tomorrow\?|tonight\?|in (?:an|one|two|three|half an|\d+) ?(?:hours?|h|hrs?|minutes|mins?)\b|cut-?off|closes? (?:at|today)|
    (?:need|want|send|call|answer|reply|confirm|fix|reach)[^.?!]{0,40}(?:today|tonight|tomorrow|within the hour)|
    before (?:noon|lunch)|bis (?:heute|morgen|spätestens|mittag|\d{1,2}(?:[.:]\d\d)? ?uhr)|
    heute (?:noch|bis|ab|um|abend|mittag|frei|fällig)|morgen (?:früh|um|vormittag|ist|läuft|fällig|\d)|morgigen?|
    (?:noch|spätestens|am) heute|in (?:einer|zwei|\d+) stunden?|in \d+ minuten|frist (?:heute|läuft)|fristablauf|
    (?:avant|d'ici|pour|dès) (?:ce soir|demain|midi|aujourd'hui|\d{1,2} ?h)|dans (?:une|deux|\d+) heures?|demain (?:matin|à|soir)|
    aujourd'hui (?:même|avant|à)|ce soir (?:à|même)|expire (?:ce jour|aujourd'hui|demain)|
    (?:antes de|para) (?:hoy|mañana|las \d+|mediodía)|hoy mismo|mañana (?:por|a las|mismo|tengo|tenemos|es)|
    en (?:una|dos|\d+) horas?|esta (?:tarde|noche) (?:a|tenemos|es)|entro (?:oggi|stasera|domani|le \d+|mezzogiorno)|
    oggi (?:stesso|entro|alle)|domani (?:mattina|alle|abbiamo|ho)|(?:tra|fra) (?:un'ora|\d+ ore)|vóór vanavond|voor morgen|
    binnen een uur`,
  dayWord: String.raw`
    today\b|tonight|tomorrow|this (?:morning|afternoon|evening)|heute\b|übermorgen|morgen\b|aujourd'hui|ce (?:soir|matin|midi)|
    cet après-midi|demain|hoy\b|esta (?:tarde|noche|mañana)|oggi\b|stasera|stamattina|domani|vandaag|vanavond|hoje\b|amanhã|i dag|
    idag|ikväll|dziś|dzisiaj|jutro`,
  breach: String.raw`
    (?:someone|somebody|stranger) (?:else )?(?:is|was|has|got|logged|changed|accessed)|not me\b|
    i did(?:n't| not) do (?:that|this)|hacked|compromised|leaked|data leak|breach|exposed|personal data of (?:other|another)|
    see (?:other|another|somebody else's) (?:\w+ )?(?:customer|client|user|company|people|patient)|
    public(?:ly)? (?:visible|accessible)|api key (?:was|is|has|on)|token[^.]{0,30}(?:found|public|revoked|leaked)|stolen|
    fraudulent|unauthori[sz]ed (?:access|login|charge|transaction)|phished|ransomware|vulnerabilit|
    new (?:device|login|sign-?in)[^.]{0,25}(?:from|in)|lock (?:it|my account|the account)|gehackt|datenleck|
    fremde(?:r)? (?:zugriff|person|gerät|login)|jemand (?:anderes )?(?:ist|hat sich)|unbefugt|gestohlen|kompromittiert|piraté|
    fuite de données|quelqu'un (?:s'est|a accédé)|volé|usurp|hackead|filtrad|alguien (?:ha entrado|ha accedido)|robad|hackerat|
    violat|qualcuno (?:è entrato|ha)|rubat|fremde[nrs]? (?:\p{L}+ )?(?:kunden|daten|namen)\p{L}*|daten (?:eines|von) andere[nr]?|
    another (?:office|company|customer|client)'s (?:data|names|clients)|names (?:that|which) are(?:n't| not) ours|other people's|
    vulnerable|exploit|readable (?:without|by)|without (?:being (?:signed|logged) in|login|logging in|a password)|
    (?:download|see|read|open)[^.]{0,25}of other (?:customers|users|people|clients)|withdrawal[^.]{0,20}requested|schwachstelle|
    sicherheitslücke|faille|vulnerabilidad|vulnerabilità`,
  anger: String.raw`
    (?:third|second|fourth|3rd|2nd|4th) (?:time|mail|email|message|reminder)|again and again|unacceptable|ridiculous|outrageous|
    furious|fed up|done with you|sick of|lawyer|solicitor|legal (?:action|steps)|small claims|consumer protection|chargeback|
    trustpilot|worst|disgrace|nobody (?:answers|has|replies|responds|bothers)|no (?:answer|reply|response) (?:for|since|from|to)|
    still (?:no|nothing|waiting)|demand\b|last (?:chance|warning)|never again|scammers|unverschämt|frechheit|anwalt|
    zum (?:dritten|zweiten|vierten|wiederholten) mal|inakzeptabel|unzumutbar|rechtliche schritte|
    letzte (?:chance|mahnung|aufforderung)|ultimatum|sauer\b|verbraucherschutz|inadmissible|inacceptable|scandaleux|avocat|
    troisième (?:fois|relance|mail)|mise en demeure|honteux|dernier (?:rappel|avertissement)|inaceptable|abogado|tercera vez|
    vergüenza|denuncia|último aviso|indignante|inaccettabile|avvocato|terza volta|vergogn|diffida|ultimo (?:avviso|sollecito)`,
  demand: String.raw`
    action (?:is )?(?:required|needed)|please (?:update|review|submit|confirm|respond|reply by|call)|
    update your (?:payment|card|billing|tax|settings)|
    (?:you have|respond|reply|submit|complete|file|return)[^.]{0,30}(?:until|by|before|within)|to (?:resume|avoid|keep|restore)|
    (?:couldn't|could not|unable to|failed to) (?:charge|verify|collect|deliver|process)|
    missing (?:information|documents|details|receipts)|will (?:stop|expire|be (?:suspended|paused|removed|turned off|disabled))|
    (?:is|are|has been|have been|was) (?:paused|revoked|declined|disputed|rejected|suspended)|expires (?:in|on|tomorrow|today)|
    deadline|we need (?:it|the|your|you)|required by|bitte (?:bis|um|reichen|senden|prüfen|überweisen|melden)|
    wir bitten (?:sie )?um|fehlen (?:uns )?noch|bis zum \d|innerhalb von \d+ (?:tagen|wochen)|fällig|frist\b|fordern (?:wir )?sie|
    ablehnung|abgelehnt|merci de|veuillez|avant le \d|sous \d+ jours|il nous manque|à régulariser|date limite|échéance|
    antes del? (?:día )?\d|necesito|necesitamos|envíe|enviad|fecha límite|faltan?\b|plazo\b|entro il \d|si prega di|ci servono|
    mancano|scadenza`,
  gratitude: String.raw`
    thank you (?:so|very) much|
    thanks (?:so much|a lot|again|a million|for (?:the (?:quick|fast|great|lovely)|your (?:help|quick|patience)|sticking|sorting|fixing|everything))|
    just (?:wanted|a quick|a short) (?:to )?(?:say |thank|note)|works (?:now|again|perfectly|like a charm)|it works|
    that (?:worked|did it|fixed it|solved)|all (?:good|sorted|set) now|sorted now|you can close|close (?:the|this) ticket|
    brilliant(?:ly)?[,!.]|you(?:'re| are) (?:the best|a star|a legend|amazing)|much appreciated|made my day|how wonderful|
    no need to (?:answer|reply|respond)|great work|keep (?:it )?up|vielen (?:lieben )?dank für (?:die|deine|ihre|eure|das)|
    danke (?:dir|euch|ihnen)|danke für|funktioniert (?:jetzt|wieder)|hat geklappt|klappt (?:jetzt|wieder)|läuft (?:jetzt|wieder)|
    super (?:schnelle|hilfe)|wollte nur (?:kurz )?(?:danke|sagen)|merci (?:beaucoup|encore|infiniment|mille|pour)|ça marche|
    c'est (?:bon|réglé|parfait)|tout fonctionne|muchas gracias (?:por|de)|mil gracias|ya (?:funciona|está|va)|
    todo (?:bien|perfecto|solucionado)|grazie (?:mille|ancora|di tutto|per)|ora funziona|tutto (?:ok|risolto|a posto)|loved? the|
    bless\b|vergesse ich dir nicht|ein segen|danke nochmals|merci pour|bien arrivée?|carry on|no reply needed|takk for|tack för|
    bedankt voor|dziękuję za|obrigad[oa] por`,
  unhurried: String.raw`
    no (?:hurry|rush|panic|pressure|need to (?:reply|answer|respond))|not urgent|whenever|
    when you (?:have|get) (?:a )?(?:time|minute|moment|chance)|just (?:wanted|a thought|so you know|to say|to let you)|fyi\b|
    for your (?:information|records)|no action|nothing (?:to do|needed|urgent)|thanks again|thank you so much|just saying|
    low priority|some ?day|at some point|if you ever|may be of interest|will be charged automatically|automatically|
    out of (?:the )?office|on (?:annual |parental )?leave|keine eile|nicht dringend|eilt nicht|irgendwann|bei gelegenheit|
    nur (?:damit|zur info|sagen|kurz sagen)|zur info|kein handlungsbedarf|zur kenntnis|abwesend|nicht im büro|
    automatische antwort|vielen dank für (?:die schnelle|ihre schnelle)|pas (?:pressé|urgent)|
    quand vous (?:aurez|avez) (?:le temps|un moment)|pour (?:votre )?information|absent|rien d'urgent|sin prisa|
    no (?:es|corre) (?:urgente|prisa)|cuando (?:puedas|pueda|tengas)|para tu información|fuera de la oficina|solo quería`,
} as const;
