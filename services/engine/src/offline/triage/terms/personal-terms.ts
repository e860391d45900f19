/** The owner as a person: family, private life, career, appearances. See `lexicon.ts` for how terms are written. */
export const PERSONAL_TERMS = {
  family: String.raw`
    grandmother|grandfather|save the date|getting married|baby shower|drinks\b|cheers mate|proud of you|hiya|see you\b|
    the other night|our place|my place|sleepover|beach|swim\b|where are you\b|pick up your phone|ceremony|rings\b|
    hen (?:do|night)|stag (?:do|night)|ladies\b|who's in|the usual place|receta|mum\b|mom\b|mummy|dad\b|daddy|grandma|grandpa|
    granny|nan\b|auntie?|uncle|sister|brother|cousin|husband|wife\b|kids\b|the (?:kids|boys|girls|cat|dog|baby)|love you|
    lots of love|love,|hugs?\b|kiss|xx+\b|xo+\b|sweetheart|darling|honey\b|mate\b|buddy|dude|birthday|wedding|christmas|easter|
    baby\b|dinner|lunch\b|beers?\b|pub\b|pizza|bbq|barbecue|party|weekend|holiday|vacation|trip\b|concert|hiking|football|
    match on|game night|movie|book club|coffee|catch up|long time|miss you|see you (?:there|soon|at|on)|come (?:over|round|by)|
    are you (?:free|around|in for|coming)|house ?warming|moving house|parcel for you|neighbou?r|haha|lol\b|mama\b|papa\b|oma\b|
    opa\b|tante|onkel|schwester|bruder|kuss|küsschen|liebes\b|geburtstag|hochzeit|ostern|weihnachten|taufe|abendessen|grillen|
    bier\b|feier|wochenende|urlaub|konzert|hab dich lieb|bussi|kommt ihr|kommst du|hast du (?:lust|zeit)|treffen wir|nachbar|
    umzug|maman|mamie|papi|tata|tonton|soeur|frère|bisous|bises|gros bisous|coucou|anniversaire|mariage|vacances|week-end|dîner|
    apéro|tu (?:es|viens|fais|veux)|ma belle|mon chéri|mamá|papá|abuel|tía\b|tío\b|hermano|hermana|besos|beso\b|abrazo|cumpleaños|
    boda|vacaciones|fin de semana|cena\b|cañas|guap[oa]|cariño|¿(?:te|os) apetece|nos vemos|quedamos|bday|b-day|granddad|grampa|
    nana\b|niece|nephew|godson|goddaughter|in-laws|
    my (?:mum|dad|sister|brother|wife|husband|son|daughter|parents|boyfriend|girlfriend|mother|father)|babysit|sleep over|couch\b|
    guest room|spare room|road trip|camping|festival|dance\b|turn(?:ing|s)? (?:30|40|50|60|70|80)|anniversary|newborn|pregnant|
    engaged\b|proud to know|catch-up|pint\b|cuppa|brunch|potluck|picnic|ski(?:ing)?\b|five-a-side|kick-?off|practice\b|
    remember me|old classmate|how have you been|how are things|no need to (?:bring|answer)|you're coming|
    are you (?:and|two|guys|coming|up for|in\b)|let me know if you(?:'re| are) (?:in|coming)|lift (?:for|to|home)|borrow|
    your (?:mum|dad|parents|sister|brother)|funny\b|opas?\b|omas?\b|mami\b|papi\b|mutti|vati|cousine?|neffe|nichte|patenkind|
    kinder\b|junge\b|schatz|liebling|grüß (?:mir|die)|kuchen|spieleabend|kneipe|stammtisch|sonntag bei|weihnachtsessen|
    geschenk für|bis bald|gute besserung|mein lieber|meine liebe|hast du mein|zelten|wandern|parrain|neveu|chambre d'amis|
    ton train|resto\b|verre\b|tu viens|tu es libre|je t'embrasse|à bientôt|primo|prima\b|sobrin|cañita|finde\b|¿vienes|¿te vienes|
    échame una mano|me echas una mano|un abrazo|barbacoa|mamma|papà|nonn[ao]|zi[ao]\b|sorella|fratello|cugin|baci\b|abbracci|
    compleanno|vieni\b|calcetto|partita|fine settimana|ci vediamo|fammi sapere|verjaardag|feestje|groetjes|kusjes|festa|beijos|
    sauna|padel|plants\b|wine\b|reunion|album\b|gig\b|bike ride|climbing|lake\b|allotment|dog\b|cat\b|wedding anniversary|
    silberhochzeit|goldene hochzeit|feiern wir|gib uns (?:bis|bescheid)|hätt(?:e)? (?:ab|am)|luft\b|passt dir|falta uno|jueves|
    viernes|sábado|domingo|giovedì|venerdì|sabato|domenica|le chiavi|la macchina|bien arrivée?|la maison|bisou|pics\b|you look|
    ring(?:ing)? the bell|u up for|hast lust|kommste|gezellig|zin in|zondag|zaterdag|sobota|niedziela|lördag|lørdag`,
  privateLife: String.raw`
    meter reading|water (?:is )?(?:leak|running|dripping)|dripping|permission slip|swimming|lesson\b|class trip|recital|ballet|
    piano|rehearsal|plumber|mri\b|results are|our practice|school|teacher|kindergarten|nursery|daycare|parents?(?:'|’)? evening|
    class \d|pupil|homework|field trip|doctor|surgery|dentist|clinic|patient|appointment|check-?up|vaccin|blood test|prescription|
    hospital|vet\b|physio|optician|midwife|hairdresser|haircut|gym\b|yoga class|choir|running club|tennis|club\b|church|parish|
    christening|landlord|tenant|your (?:flat|apartment)|caretaker|library|overdue book|passport|driving licen[cs]e|council tax|
    jury|volunteer|bake|cake|football team|scouts|ablesung|zähler|mieter|tropft|schlüssel|heizung|klassenfahrt|liebe eltern|
    gymnasium|befund|mrt\b|leihfrist|mieterinnen|gesundheit|fieber|abholen|schule|lehrer|kita\b|elternabend|klasse \d|schüler|
    praxis|arzt|ärztin|zahnarzt|termin (?:am|zur|bei)|ihren termin|impfung|vorsorge|krankenhaus|tierarzt|friseur|verein|chor\b|
    pfarr|vermieter|hausverwaltung|ihre wohnung|wohnung|bücherei|ausweis|ehrenamt|sommerfest|kuchen|sortie scolaire|
    autorisation signée|chers parents|pique-nique|école|maîtresse|crèche|réunion (?:des )?parents|classe de|médecin|dentiste|
    cabinet|rendez-vous|hôpital|vétérinaire|coiffeur|propriétaire|appartement|association sportive|colegio|escuela|profesora?|
    guardería|reunión de padres|médico|dentista|clínica|cita (?:con|el|para)|vacuna|veterinari|peluquer|piso\b|
    comunidad de vecinos|mudanza|dental|six-monthly|reception\b|gp\b|specialist|results?\b[^.]{0,20}(?:ready|back)|boiler|
    gas check|your (?:flat|house|apartment|tenancy|lease|rent|hold|child|son|daughter)|rent (?:increase|review)|hedge|fence|
    bins\b|parking (?:space|spot)|street party|residents|school (?:closes|closing|trip|play|office)|teachers?\b|
    collect (?:your|him|her)|pick ?up (?:your|him|her)|fever|a&e|operat(?:e|ion)|treasurer|committee|away game|coach\b|scout|
    hold is ready|loan\b[^.]{0,15}(?:book|library)|pickup|thesis|dissertation|bachelor|master's|lodging|your stay|check-?in|
    key with|host\b|baggage|boarding pass|itinerary|flight\b|elternbeirat|elternbrief|lernfortschritte|gespräch über|nüchtern|
    versichertenkarte|rezept\b|hecke|treppenhaus|hausordnung|nebenkosten|eigentümer|vollmacht|heizkosten|kassenwart|kasse machen|
    vorstand|probe\b|noten (?:für|fürs)|training\b|turnier|abholschein|reise nach|ihr ticket|hinfahrt|bachelorarbeit|masterarbeit|
    ordonnance|résultats d'analyse|copropriété|syndic|voisin|cantine|sortie|receta médica|revisión|análisis|
    comunidad de propietarios|vecin|entrenamiento|extraescolar|scuola|maestra|medico|appuntamento|visita medica|condomini|affitto|
    padrone di casa|palestra|vicin[oi]|ceiling|your bathroom|through the (?:wall|ceiling|floor)|
    leak(?:ing)? (?:from|into|through)|smoke (?:alarm|detector)|rauchmelder|für zugang|terminverschiebung|verschieben|fortbildung|
    hallenzeit|trainer\b|training ist|kirche|kirchenbank|gemeinde\b|segen\b|mieterservice|hausmeister|rang the bell|verhindert|
    sprechstunde`,
  jobOffer: String.raw`
    c[teof]o\b|vp (?:of )?[a-z]+|retained by|compensation|equity\b|in confidence|your name came up|scale-up looking|
    series [a-d]\b|your (?:profile|background|experience|cv)|(?:role|position) (?:in|at|as|with)|
    job (?:opening|opportunity|offer)|hiring (?:a|an|for)\b|recruit|headhunt|talent (?:partner|acquisition)|candidate|
    confidential (?:chat|conversation|call)|salary|up to \d+k|career|new opportunit|fractional|one of my clients|
    (?:open|interested) (?:to|in) (?:hearing|a (?:new|confidential|chat))|happy where you are|
    (?:product|engineering|design|marketing) lead\b|head of [a-z]+ (?:role|position)|ihr profil|stelle als|position als|
    festanstellung|karriere|gehalt|neue herausforderung|votre profil|poste de|opportunité professionnelle|tu perfil|su perfil|
    puesto de|oferta de trabajo|(?:would|are) you (?:be )?open to (?:a |new )?(?:role|opportunit|conversation about)|
    new (?:role|challenge)|full-?time (?:role|position)|your (?:linkedin )?profile|relocat|wechsel (?:für dich|für sie|denkbar)|
    suche für|recruiter|personalberat|poste à pourvoir|nuova opportunità|posizione|il tuo profilo|selezione del personale|
    (?:ceo|coo|cto|cfo|managing director|geschäftsführ\p{L}*)[^.]{0,20}(?:role|position|stelle)|managing director|your path|
    fits? remarkably|looking for a (?:managing|head|ceo|director|lead)`,
  appearance: String.raw`
    on stage|have you on|tedx?|honou?red to|speak at|(?:come and|you) speak|give a (?:talk|keynote)|keynote|panel(?:ist)?\b|
    your (?:talk|essay|book|story)|interview(?:ing)?\b|(?:be|as) (?:a|our) guest|guest on|podcast|portrait|journalist|i write for|
    for (?:an|my) article|quote you|alumni|class reunion|mentor|mentee|volunteer|jury|judge at|award\b|pick your brain|advice|
    recommendation letter|congrat(?:s|ulations)|thinking of you|condolence|sorry (?:for your loss|to hear)|
    thank you for (?:last|the lovely|yesterday|coming|sunday)|proud of you|an hour for me|vortrag|interview|porträt|reportage|
    redaktion|klassentreffen|glückwunsch|gratulier|beileid|einladung zu(?:m|r)|sprecherin|mentoring|jurymitglied|schreibe für|
    intervenir|conférence|entretien|félicitations|invitation à|ponencia|charla|entrevista|felicidades|enhorabuena|
    antiguos alumnos|on the show|come on (?:the|my|our)|listeners?\b|remote recording|minutes, remote|guest (?:speaker|lecture)|
    mentor(?:ing)?|ask me anything|ama\b|panel|opening words|fireside|our students|school (?:visit|project)|interviewed\b|
    my (?:thesis|book|documentary|article)|anonymous|saw (?:the article|you in|you on)|congrats|well done|your post about|
    read your (?:essay|piece|article|post|book)|intervista|relatore|relatrice|invito a`,
} as const;
