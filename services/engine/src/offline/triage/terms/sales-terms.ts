/** Honest approaches: somebody wants to buy, or offers their own work to this one owner. See `lexicon.ts` for how terms are written. */
export const SALES_TERMS = {
  buying: String.raw`
    would (?:it|this|yours|your) (?:suit|work|fit|handle)|suit us|what would we pay|per month|rollout|roll (?:it|this) out|
    training\b|send (?:us|me|over) (?:a|your|the) (?:proposal|quote|offer|price|rates|brochure)|commission|referrals?|affiliates?|
    agree(?:d)? (?:on )?terms|\d+ (?:users|seats|employees|people|staff|licen|carers|drivers|units|pieces|pcs)|wholesale|enquiry|
    inquiry|partner program|resale|stockists?|gift (?:set|voucher)|reduced rate|student (?:price|discount)|
    do you (?:rent|offer|sell|ship|have any availability)|dealer|distributor|minimum quantity|plans and prices|
    your (?:team|pro|business|starter|enterprise) plan|per (?:seat|user|month|year)\b|recommended (?:your|you to)|discount if|
    pricing|nonprofit (?:plan|rate|discount)|taking new clients|new clients|budget|rates?\b|price\b|prices\b|cost\b|trial\b|buy\b|
    purchas|shipping to|lead time|in stock|sales team|talk to (?:someone|sales)|sign up for|plan for|yearly price|
    price (?:list|for|per)|your prices|how much (?:would|does|do|is|for)|
    what (?:would|does|do) (?:it|that|you)[^.?]{0,25}(?:cost|charge)|cost us|quote\b|quotation|estimate\b|proposal\b|demo\b|
    free trial|trial (?:period|version|account)|volume discount|discount for|seats\b|licen[cs]es?\b|which plan|what plan|
    team plan|enterprise|upgrade to|switch to (?:the )?(?:annual|yearly)|before we (?:buy|commit|sign|decide)|
    thinking (?:of|about) (?:buying|switching|getting)|considering|evaluat|comparing|we(?:'re| are) looking for|
    i(?:'m| am) looking for|interested in (?:your|using|buying|the)|would like to (?:buy|order|purchase|book|hire)|
    want to (?:buy|order|purchase|hire)|place an order|in bulk|minimum order|resell|reseller|white.?label|availability for|
    your (?:fee|rate|rates|day rate)|hire you|are you available|contract signed|order form|rfp\b|tender\b|vendor assessment|
    acquir|konditionen|einzuführen|einführung|schulung|lösung|rückruf|beratungstermin|für \d+ mitarbeit|mitarbeitende|anfrage|
    ausschreibung|gutschein|preise?\b|kosten|verfügbar|auf der suche nach|buchen\b|noch plätze|honorar|dozent|empfohlen|
    interesse\b|zeigen und|angebot|preisliste|was kostet|was würde|kosten würde|wie viel kostet|wie teuer|lizenz|testversion|
    testphase|probemonat|mengenrabatt|wir suchen|interesse an|interessieren uns|bestellen möchte|möchten (?:gern )?bestellen|
    vorführung|devis|tarifs?\b|combien (?:coûte|cela|ça)|licences?\b|essai gratuit|nous cherchons|nous recherchons|intéressé|
    commander|démonstration|presupuesto|precios?\b|cuánto (?:cuesta|cuestan|costaría|vale)|tarifas?\b|licencias?|prueba gratuita|
    estamos buscando|buscamos|interesad|demostración|comprar|
    (?:are|would) you (?:be )?(?:free|available|taking|interested in taking)|
    do you (?:still )?(?:do|make|offer|take|have|build|cover|travel|ship|deliver|stock|supply|rent)|
    (?:is|are) (?:the|your) (?:\w+ )?(?:date|workshop|slot|place)s? (?:still )?(?:free|open|available)|what (?:are|would be) your|
    roughly (?:how|what)|rough (?:idea|price|figure|cost)|ball ?park|how (?:much|long|soon)|
    get (?:a|some) (?:quote|price|pricing|idea)|price (?:for|per|on|of)|
    for our (?:team|wedding|company|staff|shop|restaurant|clinic|school|office|event)|
    we(?:'d| would) (?:like|love|want|need) (?:to|a|an|you)|we need (?:a|an|some|new|about)|
    looking (?:for (?:a|an|some|someone)|to (?:buy|hire|book|order|move|switch))|packages?\b|half.?day|full.?day|day rate|
    turnaround|brief\b|scope\b|site visit|measure|
    start(?:ing)? in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn)|
    school licen|site licen|bulk|order \d+|pcs|samples\b|sole distributor|stock (?:your|a|some)|consignment|invoice for freelanc|
    phase \d|kick ?off|the board|our budget|shortlist|procurement|switch(?:ing)? from|migrate (?:from|our)|move (?:us|over|our)|
    free on the|available (?:on|in|for|from)|sell(?:ing)? (?:tidepool|the company|your business|the business)|
    buy (?:your|the) (?:business|company)|happy to pay|hätten sie (?:zeit|kapazität|interesse|lust)|machen sie (?:auch|so)|
    bieten sie|wir (?:möchten|brauchen|planen|benötigen|bräuchten)|
    für unser(?:e|en)? (?:hochzeit|team|firma|praxis|laden|büro|restaurant|verein)|aufmaß|kostenvoranschlag|
    was (?:nehmen|verlangen|würde|kostet)|preislich|stück\b|lieferzeit|termin frei|haben sie (?:am|im|noch)|einbauschrank|
    anfertigen|auftrag\b|unverbindliches angebot|beauftragen|händlerkonditionen|(?:faites|proposez|avez|seriez|êtes)-vous|
    faites vous|nous (?:souhait|aimerions|voudrions|avons besoin)|prix (?:pour|de|d'un)|quel (?:délai|prix|tarif|budget)|
    quels (?:sont|seraient)|disponible (?:le|en|pour)|ouvrons|j'ouvre|salon de|notre (?:mariage|entreprise|boutique|équipe)|
    remise|grossiste|chiffrage|(?:hacéis|tenéis|ofrecéis|estáis)|(?:hacen|ofrecen|tienen) (?:ustedes )?|necesitamos|queremos|
    querríamos|nos gustaría|para (?:nuestra|nuestro) (?:boda|empresa|tienda|equipo|restaurante)|disponibilidad|unidades|
    plazo de entrega|al por mayor|encargar|proyectos? concretos?|preventivo|quanto (?:costa|costerebbe|verrebbe|viene)|prezzi?\b|
    prezzario|listino|vorremmo|ci serv(?:e|ono|irebbe)|siamo interessati|disponibil|cerchiamo|stiamo cercando|all'ingrosso|sconto|
    per (?:il nostro|la nostra)|pezzi\b|matrimonio|tempi di consegna|offerte\b|prijs|wij zoeken|orçamento|gostaríamos|preço|wycen|
    cena\b|ballpark|trade (?:terms|price|account)|stockist|do (?:u|you) (?:do|travel|ship|take|make|sell|rent)|
    group (?:rate|price|booking|of \d+)|school (?:rate|price)|how much (?:is|for|wd|would)|whats it cost|what's it cost|
    what would (?:it|that|this) (?:cost|be)|cost (?:yearly|monthly|per)|switch(?:ing|ed)? from|import from|referral|\d+ to start|
    need (?:maybe|about|some|a|an|someone)|shooting|shoot\b|guest ?house|sites?,|how soon can|are u free|u free|you free|
    free (?:tonight|tomorrow|on|in|next|this)|fee \d+|gage\b|frei\?|nachbauen|anfertigung|was käme|käme das|machen sie sowas|
    hättet ihr|habt ihr (?:zeit|kapazität)|preisvorstellung|größenordnung|kannst du\?|einspringen|dans vos cordes|
    sous quelles conditions|accompagner|cherchons quelqu'un|combien\b|prix de gros|mission\b|prestation|cuánto sería|cuánto cobr|
    hacéis|haces\b|nos gustaría contratar|quanto verrebbe|fate anche|potreste|avete disponibilità|ile kosztuje|wycena|
    quanto custa|fazem\b|wat kost|hoeveel kost|offerte aanvragen|vad kostar|hvad koster|line sheet|minimums|carrying your|
    renovieren|suchen (?:jemanden|einen|eine)|liefern sie|second shooter|home stores?|launch in (?:spring|summer|autumn|winter)|
    treppe|shooter needed|[£$€] ?\d+\.?$`,
  pitching: String.raw`
    gave me your name|recommended (?:you|your)|mentioned (?:that )?you|we (?:spoke|met|talked)|nice (?:meeting|talking|chatting)|
    as promised|i(?:'d| would) be (?:happy|glad|delighted)|i(?:'d| would) love to (?:do|help|work|show)|would cost|
    fee (?:is|would|starts)|won't bother|leave you alone|either way|(?:company|companies|business|agency) of your size|glad to|
    \baudit\b|i did the sum|send (?:it|them|you) over|would cost you|just ask|take a look at (?:it|them)|
    (?:i|we) (?:supply|roast|deliver|make|bake|run a|sell|repair|tune)|drop off|try it|internship|i study|would love to do|
    (?:per|an|/) ?(?:kilo|hour|page|session|word)|the whole (?:thing|tour|job|project) would|ignore me|artist\b|sample of|
    neighbou?rhood|nearby|if you like it|
    i(?:'m| am) an? (?:freelance|independent|self-employed|copywriter|designer|developer|translator|illustrator|photographer|publicist|consultant|virtual assistant|video|student|marketer|writer|lawyer|bookkeeper)|
    freelance|portfolio|my (?:clients|rate|fee|services|work|studio|day rate)|clients of mine|
    i (?:help|write|design|build|localise|localize|translate|photograph|develop|specialise|specialize)|
    i noticed (?:that )?(?:your|you)|i saw (?:that |on )?(?:you|your)|we (?:host|offer|provide|supply|specialise|specialize)|
    work(?:ed|ing) with (?:companies|businesses|startups|teams|founders)|references|case stud|per word|short (?:call|plan|chat)|
    (?:15|20|30)[ -]min|quick call|worth a (?:chat|call|conversation)|happy to (?:send|share|show|quote|sign)|shall i send|
    would you (?:like me to|be open|be interested)|if (?:it's|this is|that's) not|no hard feelings|follow(?:ing)? up on my|
    as discussed|our offer|offer is valid|partnership|collaborat|affiliate|sponsor|apply(?:ing)? for|application for|my cv|
    my resume|introduce (?:myself|our|my)|wie versprochen|ich biete|mache ich ihnen|danke für das (?:nette )?gespräch|
    falls du magst|ich bin (?:freie|selbstständig|freiberuf|grafik|texter|über)|meine kunden|meine leistungen|unser angebot|
    wie (?:telefonisch )?besprochen|zusammenarbeit|bewerbung|bewerbe|lebenslauf|praktikum|werkstudent|
    kurzes (?:telefonat|gespräch)|ich betreue|würde ihnen gern|referenzen|kooperation|
    je suis (?:graphiste|traduct|développeu|photographe|consultant|rédact|indépendant)|mes clients|collaboration|candidature|
    partenariat|mes services|soy (?:diseñador|traductor|fotógraf|desarrollador|consultor|redactor|autónom)|colabora|mis clientes|
    porfolio|mi trabajo|candidatura|i represent|i(?:'m| am) (?:reaching out|writing because|the (?:founder|owner|maker|head))|
    i run (?:a|an|the|product|partnerships|growth)|
    i (?:edit|shoot|make|build|record|paint|teach|compose|proofread|animate|manage|represent|look after)|
    we (?:make|roast|print|build|produce|brew|sew|develop|insure|rent|host)|our customers (?:ask|have asked|want)|your customers|
    joint(?:ly)?\b|together\b|co-?(?:host|market|brand|author)|integration (?:partner|with|between)|prototype|white-?label|
    for free so you can|see (?:if|the difference)|no strings|have sketched|i (?:have )?put together|
    made (?:you )?a (?:mock|sketch|sample)|(?:two|a few|some) (?:samples|ideas|examples)|links? (?:below|attached|to my)|
    worth a (?:look|try|chat)|say so and i|won't write again|won't follow up|
    not (?:a fit|for you|interested)[^.]{0,20}(?:fine|worries|problem)|of interest|first refusal|left over|the lot\b|
    we(?:'re| are) (?:three|two|a small|a family|a tiny)|speaking fee|guest (?:post|article|teacher|lecture)|swap newsletters|
    bundle\b|cross-?promot|sponsor(?:ship)?|would you (?:try|test|be up for|consider|like to (?:try|see|test))|
    send you (?:one|a sample|some|two)|ich (?:vertrete|berate|vermittle|entwickle|gestalte|übersetze|fotografiere|suche)|
    wir (?:sind ein|stellen|produzieren|liefern|vertreiben|bieten)|gemeinsam(?:es)?\b|muster (?:schicken|senden|zukommen)|
    nachfolger von|betreue jetzt|angebot rechnen|kombi|selbständig|wäre das (?:etwas|was) für|
    je (?:propose|représente|développe|fabrique|réalise|traduis)|nous (?:fabriquons|proposons|sommes une)|vous intéresse|
    ensemble\b|échantillon|livre(?:s)? blanc|(?:ofrezco|represento|traduzco|desarrollo|hago)|somos (?:una|un)|le interesa|
    te interesa|juntos\b|muestras|me encantaría encargarme|(?:offro|traduco|sviluppo|rappresento|mi occupo)|siamo (?:una|un)|
    collaborazione|insieme\b|campioni|le interess|ti interess|i maintain|i'd fix|flat (?:fee|rate|\d+)|paid (?:integrations|work)|
    no worries if|could be yours|i keep bees|i also do|on spec|my uncle|we grow|we import|our honey|our coffee|if you want\b|
    fancy (?:trying|a|working)|trade (?:links|shelf)|ich (?:mache|baue|imkere|röste|schreibe|könnte)|probe (?:schicken|vorbei)|
    je (?:fais|fabrique|peux)|hago\b|faccio\b`,
} as const;
