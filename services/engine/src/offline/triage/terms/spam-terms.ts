/** Mass solicitation and deception. See `lexicon.ts` for how terms are written. */
export const SPAM_TERMS = {
  massPitch: String.raw`
    grow\w* your|scale to|7 figures|six.?figure|6.?figure|your pipeline|3x\b|pipeline|outbound|per hour|\$\d+/hr|
    competitive price|fast delivery|specialized in|directory|free of charge|proven system|secret|seats left|spots left|
    verified (?:emails|leads|contacts)|decision makers|deliverability|\d+ (?:developers|experts|engineers)|dedicated team|
    (?:flat|up to) \d+ ?% (?:discount|off)|schedule a call|any interest in|competitors|outrank|your traffic|
    audit your (?:site|website)|for free\b|interested\?|counts\b|converting your website|in \d+ days|family office|factory\b|
    moq\b|free samples?|whatsapp|years(?:' | of )?experience|we are a [a-z ]{0,25}(?:factory|supplier|company)|supplier\b|
    we run [a-z ]{0,12}ads|\d+\+ [a-z0-9 ]{0,12}(?:brands|companies|clients|projects|businesses|developers)|demos a month|
    quick (?:video|question)|short video|on average|boost your|packages from|aged accounts|followers|reputation|private lenders?|
    project funding|no collateral|sent via|seo\b|backlinks?|guest post|do-?follow|link exchange|link building|
    rank(?:ing)? (?:on|your|higher|#)|(?:first|1st) page of google|page 1|google ranking|domain authority|dr ?\d\d|white hat|
    web(?:site)? (?:design|development|redesign)|app development|offshore|development (?:company|team) (?:in|from|based)|
    digital marketing|lead generation|qualified (?:leads|calls|meetings)|booked calls|more (?:leads|clients|customers|sales)|
    on autopilot|done.for.you|10x|double your|grow your (?:business|revenue|traffic|followers)|attendees? list|
    email (?:list|database)|contact list|mailing list of|verified contacts|professional manufacturer|manufacturer|our factory|
    factory price|best price|catalog(?:ue)? attached|affordable (?:price|rate|cost)|share your (?:requirements|phone)|
    your amazing (?:website|site|blog)|came across your (?:website|site|blog|company|profile)|
    dear (?:sir|madam|business owner|website owner|webmaster|admin|friend|founder|team)|hello (?:sir|dear|website owner)|
    hi (?:admin|there, do you)|reply (?:stop|"?yes)|pay (?:only )?for results|no obligation|money.?back guarantee|call for papers|
    impact factor|your (?:esteemed|valuable) (?:manuscript|paper|company|organi[sz]ation)|greetings of the day|merchant cash|
    funding (?:available|approved)|explainer video|instagram followers|trustpilot reviews|google reviews|suchmaschinenoptimierung|
    seite 1 bei google|mehr (?:kunden|umsatz|reichweite|anfragen)|neukunden|kundengewinnung|unverbindlich|garantiert|
    jetzt kostenlos|leads\b|référencement|première page de google|plus de clients|générer des|sans engagement|posicionamiento|
    primera página de google|más clientes|sin compromiso|\{\{|\[first ?name\]|\[name\]|
    dear (?:purchasing|hiring|sales|marketing) manager|to whom it may concern|
    we are (?:a )?(?:leading|one of the leading|professional|indian|top.rated|certified)|india(?:n)? based|based in india|
    hire (?:dedicated|developers|our)|\d+\+? (?:developers|professionals|designers|clients|stores|sites)|packages? (?:start|from)|
    start(?:ing)? (?:from|at) (?:just |only )?[$€£]|per month only|per post\b|price per|real followers|100% safe|organic traffic|
    improve your ranking|errors (?:on|in|which)|found (?:many|some|several) (?:errors|issues)|broken links|
    not (?:showing|ranking|visible) (?:on|in)|top of (?:google|your inbox)|
    free (?:audit|consultation|proposal|quote|mockup|analysis)|skype id|phone number (?:and|so|for)|best time to (?:call|reach)|
    previous (?:email|mail|message)|awaiting your|kindly (?:share|send|let|revert|reply)|positive response|quick chat this week|
    booked? (?:meetings|demos|appointments)|you don't pay|or you don't pay|only pay (?:when|if|for)|
    \d+k (?:months?|followers|per month|\/month|mrr)|scale(?:d|s)? (?:to|your)|done-for-you|cold (?:email|outreach)|
    ai (?:agents?|sdr|employees?|chatbots?) (?:that|for|can|to)|virtual assistants? (?:from|for|at)|outsourc|bpo\b|
    sales team as a service|limited (?:slots|seats|availability)|database of|b2b (?:data|contacts|leads|list)|
    data (?:provider|list)|opt-?in (?:list|contacts)|guest (?:post|blog)|sponsored (?:post|article|link)|link insertion|
    high (?:da|dr|quality article)|casino|write for you|publish (?:an|our) article|reply "?out|reply with "?(?:yes|stop|no)|
    want (?:me to send|more info)|are you the right person|who handles|bump(?:ing)? this|just (?:floating|bumping|circling)|
    circling back|touching base|in case you missed|restposten|sonderposten|nur heute|jetzt zuschlagen|ab \d+[.,]\d\d ?€ statt|
    solange (?:der )?vorrat|mehr bewertungen|google-bewertungen|webseite erstellen|homepage (?:für|ab)|
    ihre website (?:verliert|ist)|firmenverzeichnis|branchenbuch|branchenverzeichnis|eintragung|telefonakquise|terminierte|
    fachkräfte (?:aus|vermitteln)|leadgenerierung|cher gérant|votre site perd|augmentez vos|boostez|devis gratuit sous|agence web|
    à partir de \d+ ?€|répondez oui|fichier (?:email|client)|aumente sus|posicione|agencia de marketing|primera posición|
    desde \d+ ?€ al mes|aumenta (?:le|i) (?:vendite|clienti)|prima pagina di google|agenzia web|a partire da \d+ ?€|senza impegno|
    contatti verificati|dear sir|respected sir|good day (?:sir|dear)|hope this (?:email|mail) finds you|valued (?:partner|friend)|
    hk\b[^.]{0,20}factory|factory of|fob\b|any inquiry|pls tell|good price|for (?:germany|europe|uk|usa) market|
    (?:\d+|some|few) (?:fehler|errors|fautes|errores|errori) (?:gefunden|found)|kostenlose[ns]? (?:audit|analyse|erstgespräch)|
    taucht bei google|\d+ ?% unserer kunden|platz 1|wikipedia page|approval guarantee|certified editors|\d+% upfront|influencer|
    your brand deserves|we publish|featured in (?:forbes|top)|press release distribution|paneles solares|el gobierno paga|
    quedan \d+ plazas|rellena el formulario|il reste \d+ places|isolation à 1|pompe à chaleur|photovoltaik|wärmepumpe förder|
    website is outdated|redesign (?:in|your)|can i send (?:you )?(?:a |my |our )?(?:portfolio|quote|proposal)|in wordpress|
    \$\d+ only|ohne schufa|ohne vorkosten`,
  phishing: String.raw`
    password expires|copyright infringement|appeal form|shared with you|sign in (?:with your|to (?:view|the portal))|
    secure(?:ly)? (?:document|message|portal)|fraud department|if you did not (?:place|make|authori)|payment declined|
    (?:was|is|were) not you|if this was not you, (?:please )?(?:visit|click|call)|new payee|avoid (?:legal|a|further|any)|
    legal consequences|beneficiary account|new (?:beneficiary|account details)|lucky visitor|answer \d+|only pay|
    pay (?:immediately|now)|
    (?:verify|confirm|validate|update) (?:your|the)[^.]{0,25}(?:identity|account|details|information|wallet|mailbox|payment|card|billing|password|bank|email|data)|
    unusual (?:activity|sign|login)|suspicious (?:activity|login|sign|transaction)|
    (?:has been|will be|is|was|are|have been) (?:temporarily )?(?:suspended|limited|restricted|locked|deactivated|disabled|on hold|terminated|blocked|permanently)|
    avoid (?:permanent |account )?(?:closure|suspension|interruption|deactivation|restriction)|
    within (?:24|48|12|72) ?(?:hours|hrs)|click (?:here|below|the link|on the link|the button)|log ?in (?:here|below|immediately)|
    mailbox (?:is )?(?:almost )?full|storage (?:is )?(?:almost )?full|quota|keep (?:same |your )(?:current )?password|
    password (?:expires|will expire|expiration)|
    dear (?:customer|user|client|merchant|member|account holder|valued|taxpayer|beneficiary)|customs? fee|redelivery|
    could not be delivered|delivery (?:failed|attempt)|pending (?:refund|package|parcel|message)|recovery phrase|seed phrase|
    12.word|kyc\b|failure to (?:comply|verify|respond|complete)|unauthori[sz]ed|did not authori[sz]e|
    call (?:our )?(?:helpline|support|toll)|helpline|toll.free|final (?:notice|warning)|legal action|shared (?:a )?document|
    docusign|voicemail|bank(?:ing)? details (?:have|has) changed|new bank (?:account|details)|datenabgleich|abgleichen|richtlinie|
    online-banking[^.]{0,20}gesperrt|wird[^.]{0,30}gesperrt|
    ihr (?:konto|zugang|paket|postfach)[^.]{0,40}(?:gesperrt|eingeschränkt|läuft ab|zugestellt|blockiert|deaktiviert)|
    bestätigen sie[^.]{0,30}(?:daten|identität|konto)|sehr geehrter? (?:kunde|nutzer|kundin)|klicken sie|hier klicken|
    unter folgendem link|zollgebühr|sperrung|verifizier|aktualisieren sie[^.]{0,20}(?:daten|konto|zahlung)|umgehend|andernfalls|
    avis de contravention|infraction|majoration|payez immédiatement|amende|
    votre (?:compte|colis|carte)[^.]{0,40}(?:suspendu|bloqué|limité|en attente|expir)|cliqu(?:ez|er)|cher client|chère cliente|
    sous (?:24|48) ?h|vérifi(?:ez|er) (?:vos|votre)|confirmer vos|frais de douane|carte vitale|multa\b|embargo|pague (?:ahora|en)|
    su (?:cuenta|paquete|tarjeta)[^.]{0,40}(?:suspendid|bloquead|limitad|retenid|pendiente)|haga clic|pulse aquí|
    estimado (?:cliente|usuario|contribuyente)|(?:24|48) horas|verifi(?:que|car) su|confirme su|introduzca los datos|
    verify (?:your|password|here|now)|re-?validate|re-?activate your|restore (?:full )?access|
    access (?:has been|is) (?:limited|restricted)|confirm (?:now|your identity|ownership)|secure (?:link|your account)|
    update (?:now|your payment)|avoid (?:return|deletion|losing)|returned to (?:the )?sender|
    customs (?:fee|charge|duty|clearance)|outstanding (?:fee|customs)|pay (?:the )?(?:outstanding )?(?:fee|small fee|shipping)|
    small (?:fee|payment)|reschedule (?:your )?delivery|this link (?:expires|will expire)|
    expires? (?:in|within) \d+ (?:hours|hrs)|within (?:12|24|36|48|72) ?h(?:ours|rs)?\b|(?:in|next) (?:24|48) hours|
    permanently (?:closed|deleted|disabled)|deletion of|deactivation|validate\b|sign in with your email|
    view (?:the )?(?:secure )?document|enter your (?:card|password|pin|details|recovery|seed)|card details|tax refund|refund of|
    eligible (?:to receive|for a)|unclaimed|release (?:the )?(?:funds|message|messages)|held messages|
    pending (?:messages|delivery|invoice payment)|webmail|mail ?box|it help ?desk|domain (?:owner|listing)|
    search engine (?:registration|listing|submission)|not a bill|if you did not authori[sz]e|
    call (?:our|us) (?:toll|now|immediately)|auto-?renew(?:ed|al) (?:for|of) \$|renewed for|new sign-?in|unrecogni[sz]ed|wallet\b|
    synchroni[sz]e your|fine (?:of|has)|toll (?:charge|payment)|unpaid toll|trademark (?:publication|register)|register entry|
    returning it signed|return it signed|pushtan|tan-verfahren|photo-?tan|konto (?:wird|wurde) (?:gesperrt|eingeschränkt)|
    zahlung fehlgeschlagen|aktualisieren sie ihre|hier bestätigen|bestätigung bis|innerhalb von (?:24|48|72) stunden|
    in (?:24|48) stunden|letztmalig|schufa|gerichtliches? (?:mahn|verfahren)|zollkosten|sendung (?:wartet|konnte nicht)|
    paket (?:wartet|konnte nicht|wird zurück)|über den folgenden (?:button|link)|rückerstattung beantragen|sehr geehrte/r|
    votre (?:colis|compte|carte|dossier|abonnement)[^.]{0,30}(?:attente|suspend|limit|expir|bloqu)|
    frais de (?:port|livraison|douane) de|régulariser|mettre à jour vos|remboursement (?:de|d'un montant)|sous peine|
    accéder à votre espace|(?:su|tu) (?:cuenta|paquete|envío|tarjeta)[^.]{0,30}(?:retenid|suspend|bloque|limitad|pendiente)|
    tasa de aduana|gastos de aduana|haz clic|pulsa|actualice sus|evitar (?:la|el) (?:suspensión|bloqueo|cierre)|caduque|
    (?:il suo|il tuo|suo) (?:conto|account|pacco)[^.]{0,30}(?:sospes|bloccat|limitat|in attesa|giacenza)|clicca qui|
    verifica (?:i tuoi|la tua|i suoi)|aggiorna (?:i tuoi|i dati)|entro (?:24|48) ore|spese doganali|gentile cliente|
    conferma (?:i tuoi|la tua|l'identità)|(?:fill|submit|complete) (?:the )?appeal|
    violates? (?:our )?(?:copyright|community|policy)|copyright violation|if you think it(?:'s| is) (?:a )?mistake|
    encrypted (?:file|document|message)|open file|view file|credentials needed|office credentials|duties (?:of|are)|sent back if|
    hausnummer|adresse best(?:ae|ä)tigen|moeglich|bestaetigen|(?:0|1|2)[.,]\d\d ?(?:€|eur|chf|usd|gbp|£|\$)|
    (?:€|eur|chf|£|\$) ?(?:0|1|2)[.,]\d\d(?!\d)|account (?:will be )?(?:deleted|closed|removed) (?:in|within)|konto wird gelöscht|
    paket liegt|liegt bereit`,
  scam: String.raw`
    won a|prize|draw\b|handling fee|upfront|legal fee|invest up to|winner|discreet|process a (?:bank )?transfer|cannot talk|
    can't (?:take calls|talk)|quick favou?r|hacked|trojan|malware|your contacts|browsing history|everybody will see|lucky|
    giveaway|iphone 1\d for|million (?:usd|dollars|euros?|pounds)|inheritance|next of kin|beneficiary|widow|late husband|
    barrister|lottery|lotto\b|you(?:'ve| have)? (?:won|been selected)|winning|jackpot|claim your|gift cards?|itunes card|bitcoin|
    btc\b|crypto|forex|trading bot|investment (?:opportunity|plan)|guaranteed (?:return|profit|income)|risk.free|
    100% (?:free|guaranteed|safe|legal|risk)|earn \$?\d|make money|work from home|passive income|pre-?approved|no credit check|
    loan offer|casino|free spins|viagra|cialis|pills|weight loss|replica|rolex|hot (?:girls|singles)|\bdating|xxx\b|
    adult (?:sites?|videos?)|sexy|(?:local|meet) singles|lonely|looking for fun|fun tonight|naughty|nudes?\b|telegram|usdt|
    no (?:prescription|experience needed)|lose \d+|investors? wanted|offshore account|payday|debt relief|recorded you|webcam|
    your device|ransom|wire the|western union|moneygram|keep this (?:between|confidential)|confidential(?:ly)? transaction|
    are you (?:at your desk|available\?)|congratulations|limited (?:spots|time)|act now|last chance|don't miss|once in a lifetime|
    dearest|beloved|in the lord|god bless|erbschaft|gewonnen|gewinn(?:er|benachrichtigung)|millionen euro|kredit ohne|
    sofortkredit|geld verdienen|nur noch heute|unglaublich|héritage|vous avez gagné|loterie|gagnant|argent facile|crédit rapide|
    herencia|ha(?:s)? ganado|lotería|ganador|dinero (?:fácil|rápido)|préstamo|gift card|send me the codes|codes? on the back|
    wire transfer|urgent (?:wire|transfer|payment)|process (?:an|a|this) (?:urgent )?(?:wire|payment|transfer)|
    strictly confidential|keep this (?:between|quiet|confidential|private)|between us|in a meeting|can't talk|cannot take calls|
    are you (?:at your desk|available|around|free right now|in the office)\?|late (?:client|mr|father)|fund(?:s)? transfer|
    [$€£] ?\d+(?:\.\d)? ?(?:m|million|mio)\b|\d+m usd|investor (?:in|from)|reliable partner|lucrative|50/50|% for you|
    percent of the|pump\b|\d+x (?:before|in|returns|gains)|insiders?\b|vip (?:group|channel|signals)|signals?\b|airdrop|
    token (?:sale|presale)|presale|nft\b|doubled? your|guaranteed (?:income|returns?)|daily profit|copy trading|bc1q|btc wallet|
    i (?:have )?(?:made a video|recorded|hacked|have access to your)|adult sites|private photos|serious man|i saw your profile|
    from ukraine|russian (?:women|girls)|hi dear|hello dear|my dear|you have been selected|selected (?:as|for) (?:a )?winner|
    compensation fund|unpaid (?:inheritance|fund)|funding approved|cash advance|loan (?:of|up|approved|at)|slots\b|betting|cbd\b|
    enlarg|geschenkkarten?|erben?\b|verstorbenen|vertraulich behandeln|krypto|rendite|sofort reich|kredit (?:bis|ohne|in)|
    sie wurden ausgewählt|carte(?:s)? cadeau|vous avez été (?:sélectionné|tiré)|félicitations|prêt (?:rapide|sans)|
    virement urgent|confidentiel|tarjetas? regalo|has sido seleccionad|ha sido seleccionad|felicidades|premio|
    transferencia urgente|confidencial|eres uno de|hai vinto|sei stato selezionato|eredità|carte regalo|bonifico urgente|prestito|
    at (?:ur|your|the) desk|u (?:at|around|free)|small favou?r|cant call|can't call|send [\d.]+ get|get \d+ back|\dx your|
    double your (?:eth|btc|coins)|bonus event|live event, ends|défunt|sans héritier|succession|notaire|difunto|heredero|увидела|
    фото|познаком|millions? d'euros|millones de euros`,
} as const;
