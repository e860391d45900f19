/**
 * Words and phrases by topic, in English, German, French and Spanish. They are general vocabulary of the topic, chosen
 * from what people write, not from the sample. A term matches at the start of a word, so `kündig` also finds `kündigen`;
 * terms that must end there say so with `\b`.
 */
export type Topic = keyof typeof TERMS;

const TERMS = {
  trouble: String.raw`
    error|bug\b|bugs\b|crash|glitch|broken|not working|isn't working|(?:does|do|did)(?:n't| not) (?:work|load|open|show|save|sync|appear|arrive|let|respond|connect|update|send|print|match|play)|won't (?:load|open|start|play|save|let|sync|connect|print|accept|work)|stopped working|no longer works?|keeps? (?:crashing|failing|freezing|saying|logging|asking|spinning|showing|getting)|stuck\b|freez|frozen|blank (?:page|screen)|white screen|spins\b|spinning|times? ?out|timeout|offline\b|outage|is down\b|went down|\bdown:|unreachable|50[0-4]\b|404\b|fails?\b|failing|failed (?:to|with|import|upload|sync)|can(?:'t|not|not even|t) (?:log|sign|get|access|open|see|find|use|connect|upload|download|export|import|add|change|reset|save|edit|delete|check|book|submit|send)|unable to|something went wrong|disappear|vanish|gone missing|lost (?:all|my|our)|is missing|are missing|wrong (?:total|number|language|time|date|result|data)|incorrect|duplicate|double.?book|problem|issue with|trouble|strange|weird|corrupt|garbled|locked out|since the (?:last )?update|after (?:the|your|updating|upgrading|last)[^.]{0,25}update|
    fehler|funktionier|geht nicht|klappt nicht|läuft nicht|kaputt|abgestürzt|stürzt|hängt\b|verschwunden|lädt nicht|öffnet (?:sich )?nicht|kann (?:mich )?nicht|können (?:uns )?nicht|komme nicht|kommen nicht|lässt sich nicht|störung|ausfall|seit dem update|meldung|nicht mehr möglich|falsch angezeigt|
    erreur|bogue|ne fonctionne|ne marche|marche pas|fonctionne plus|plante\b|bloqué|impossible de|problème|panne|n'arrive pas|n'arrive plus|ne s'affiche|ne reçois|dysfonction|depuis la mise à jour|
    no funciona|no me deja|no puedo|no podemos|no carga|no aparece|no me llega|no recib|se cierra|se ha caído|fallo\b|falla\b|error al|problema|bloquead|desde la actualización`,
  howTo: String.raw`
    how (?:do|can|would|should|does) (?:i|we|one)|how to\b|where (?:do|can|would) (?:i|we)|is there (?:a|any) (?:way|option|setting|possibility)|is it possible to|am i (?:doing|missing)|can i (?:change|set|turn|add|move|rename|export|import|invite|give|use|have)|(?:could|can) you (?:show|explain|walk)|help (?:page|article|center|centre|me|us|with)|documentation|docs\b|tutorial|step by step|supposed to (?:work|be)|is (?:it|this) (?:normal|known)|turn (?:on|off|that off|it off)|
    wie (?:kann|können|mache|stelle|bekomme|füge|lege|ändere|richte)|wo (?:finde|kann|können|stelle)|gibt es (?:eine|die) (?:möglichkeit|option|einstellung)|anleitung|hilfeseite|ist es möglich|
    comment (?:faire|puis|peut|je|on)|où (?:puis|peut|se trouve|trouver|est)|est-il possible|y a-t-il (?:un|une)|mode d'emploi|
    cómo (?:puedo|se|podemos|hago|hacer)|dónde (?:puedo|está|se|encuentro)|hay (?:alguna|una) (?:forma|manera|opción)|es posible`,
  account: String.raw`
    password|log(?:ging)? ?in\b|sign(?:ing)? ?in\b|two-factor|2fa\b|authenticator|verification (?:code|mail|email)|activation|activate|my account|our account|user ?name|permissions?\b|access to (?:my|our|the)|locked\b|reset\b|backup codes|invite (?:link|my|a)|team member|admin (?:role|rights|account)|api key|token\b|
    passwort|anmelde|anmeldung|einloggen|zugang|zugriff|benutzerkonto|mein konto|freischalt|aktivierung|
    mot de passe|connexion|connecter|mon compte|notre compte|identifiant|activation|
    contraseña|iniciar sesión|mi cuenta|nuestra cuenta|acceder|activar|usuario`,
  product: String.raw`
    app\b|the software|your (?:software|tool|product|app|plugin|platform|service|system|site|website|api|course|integration)|dashboard|calendar sync|two-way|export|import|csv\b|pdf export|upload|download|browser|chrome\b|firefox|safari\b|android|iphone|ipad\b|windows 1|macos|plugin|plug-in|wordpress|webhook|api\b|sdk\b|endpoint|version \d|v\d\.|update to|settings|feature|notification|integration|template|report\b|screenshot|log file|button|menu|tab\b|screen\b|page (?:loads|shows|reloads)|mobile|sync\b|zapier|
    die app|eurer app|ihrer app|software|programm|einstellung|schaltfläche|knopf|bildschirm|funktion\b|
    l'application|l'appli|logiciel|bouton|paramètres|fonctionnalité|écran|mise à jour|
    la aplicación|la app|el programa|botón|ajustes|pantalla|actualización`,
  wish: String.raw`
    feature request|suggestion|feature idea|an? (?:small |little )?(?:idea|wish|thought)\b|would be (?:great|nice|handy|useful|lovely|awesome|cool|helpful|amazing|fantastic|super)|would love (?:to see|it if|to have|an? )|wish(?:list)? |roadmap|any plans? (?:to|for)|have you (?:considered|thought)|please (?:add|consider)|vote for|could you add|feedback|missing (?:feature|option)|nice to have|
    vorschlag|wunsch|wünsch|wäre (?:schön|toll|super|klasse|praktisch|hilfreich|cool)|anregung|verbesserungs|feedback|
    suggestion|idée|ce serait (?:bien|super|pratique|génial|top)|amélioration|serait-il envisageable|
    sugerencia|sería (?:genial|útil|ideal|estupendo|bueno|práctico)|estaría bien|una idea|mejora`,
  privacy: String.raw`
    gdpr|personal data|data protection|privacy (?:request|policy question|officer)|(?:delete|erase|remove)[^.]{0,25}(?:data|account|profile|information)|right to (?:erasure|access|be forgotten)|subject access|data processing agreement|dpa\b|sub-?processors?|where (?:is|are) (?:my|our|the) data|ccpa|data breach|hipaa|copy of (?:all )?(?:my|the|our) data|
    dsgvo|datenschutz|personenbezogen|auskunft|lösch(?:ung|en|t)|auftragsverarbeitung|avv\b|art\. ?1[57]|
    rgpd|données personnelles|droit d'accès|supprimer (?:mon|mes|nos)|suppression (?:de|du)|effacement|
    protección de datos|datos personales|eliminar mi|borrar mi|derecho de (?:acceso|supresión)`,
  cancel: String.raw`
    cancel (?:my|our|the|this) (?:account|subscription|plan|membership|contract)|cancel it|close (?:my|our|the) account|want to cancel|(?:please|pls) cancel|cancell?ation|moving to another|switching to (?:another|a different)|we are leaving|terminate (?:my|our|the)|
    kündig|vertrag (?:beenden|auflösen)|konto schließen|abo beenden|
    résili|clôturer|fermer mon compte|annuler mon abonnement|
    dar de baja (?:mi|la|nuestra)|cancelar (?:mi|la|nuestra)|cancelación|cerrar mi cuenta`,
  paper: String.raw`
    invoice|receipts?\b|bill\b|bills\b|billing|credit note|account statement|statement of account|bank statement|your statement|statement is ready|vat\b|tax id|tax invoice|sales tax|po number|purchase order|fee note|remittance|pro ?forma|payslip|expense report|
    rechnung|quittung|beleg|gutschrift|kontoauszug|umsatzsteuer|mwst|ust-|uid-nummer|abrechnung|zahlungsavis|mahnung|zahlungserinnerung|beitragsrechnung|lieferschein|
    facture|reçu\b|justificatif|avoir\b|relevé|tva\b|bon de commande|note d'honoraires|
    factura|recibo|justificante|iva\b|extracto|nota de crédito|albarán`,
  payment: String.raw`
    paid\b|payment|overdue|past due|due (?:date|on|by)|outstanding|unpaid|owed?\b|charged|charge on|double charge|refund|money back|reimburs|direct debit|bank transfer|wire transfer|iban\b|sort code|sepa\b|credit card|card (?:was |is |got |has been )?(?:declined|expired|rejected)|new card|renewal|renews|auto-renew|payout|deposit|instal?lments?|late fee|chargeback|dispute|subscription (?:fee|price|cost)|price (?:increase|went up|gone up|change)|balance\b|reconcil|net 30|30 days|
    bezahl|zahlung|überwies|überweis|fällig|offene (?:posten|rechnung|betrag|beträge)|abgebucht|abbuchung|lastschrift|erstatt|rückzahlung|geld zurück|kreditkarte|bankverbindung|dauerauftrag|mandat|betrag|verlängert|mieterhöhung|miete|
    paiement|payé|payer|réglé|règlement|échéance|impayé|prélev|rembours|virement|carte bancaire|rib\b|montant|relance|loyer|
    pago\b|pagos\b|pagar|pagad|cobro|cobrado|cobrar|cargo\b|reembols|devolución|transferencia|vencid|vencimiento|tarjeta|domiciliación|importe`,
  bookkeeping: String.raw`
    accountant|bookkeep|accounting|year.?end|tax return|tax office|tax authority|quarter closes|quarterly|ledger|audit\b|payroll|deductible|depreciation|hmrc|irs\b|
    steuerberat|buchhalt|voranmeldung|finanzamt|jahresabschluss|steuererklärung|einkommensteuer|gewerbesteuer|datev|lohnabrechnung|
    comptab|expert-comptable|déclaration|urssaf|impôts|bilan\b|
    gestor[ií]a|contab|declaración|hacienda|trimestre|asesor[ií]a`,
  buying: String.raw`
    pricing|price (?:list|for|per)|your prices|how much (?:would|does|do|is|for)|what (?:would|does|do) (?:it|that|you)[^.?]{0,25}(?:cost|charge)|cost us|quote\b|quotation|estimate\b|proposal\b|demo\b|free trial|trial (?:period|version|account)|volume discount|discount for|seats\b|licen[cs]es?\b|which plan|what plan|team plan|enterprise|upgrade to|switch to (?:the )?(?:annual|yearly)|before we (?:buy|commit|sign|decide)|thinking (?:of|about) (?:buying|switching|getting)|considering|evaluat|comparing|we(?:'re| are) looking for|i(?:'m| am) looking for|interested in (?:your|using|buying|the)|would like to (?:buy|order|purchase|book|hire)|want to (?:buy|order|purchase|hire)|place an order|in bulk|wholesale|minimum order|resell|reseller|white.?label|availability for|your (?:fee|rate|rates|day rate)|hire you|are you available|contract signed|order form|rfp\b|tender\b|vendor assessment|acquir|
    angebot|preisliste|was kostet|was würde|kosten würde|wie viel kostet|wie teuer|lizenz|testversion|testphase|probemonat|mengenrabatt|wir suchen|interesse an|interessieren uns|bestellen möchte|möchten (?:gern )?bestellen|vorführung|
    devis|tarifs?\b|combien (?:coûte|cela|ça)|licences?\b|essai gratuit|nous cherchons|nous recherchons|intéressé|commander|démonstration|
    presupuesto|precios?\b|cuánto (?:cuesta|cuestan|costaría|vale)|tarifas?\b|licencias?|prueba gratuita|estamos buscando|buscamos|interesad|demostración|comprar`,
  pitching: String.raw`
    i(?:'m| am) an? (?:freelance|independent|self-employed|copywriter|designer|developer|translator|illustrator|photographer|publicist|consultant|virtual assistant|video|student|marketer|writer|lawyer|bookkeeper)|freelance|portfolio|my (?:clients|rate|fee|services|work|studio|day rate)|clients of mine|i (?:help|write|design|build|localise|localize|translate|photograph|develop|specialise|specialize)|i noticed (?:that )?(?:your|you)|i saw (?:that |on )?(?:you|your)|we (?:host|offer|provide|supply|specialise|specialize)|work(?:ed|ing) with (?:companies|businesses|startups|teams|founders)|references|case stud|per word|short (?:call|plan|chat)|(?:15|20|30)[ -]min|quick call|worth a (?:chat|call|conversation)|happy to (?:send|share|show|quote|sign)|shall i send|would you (?:like me to|be open|be interested)|if (?:it's|this is|that's) not|no hard feelings|follow(?:ing)? up on my|as discussed|our offer|offer is valid|partnership|collaborat|affiliate|sponsor|apply(?:ing)? for|application for|my cv|my resume|internship|introduce (?:myself|our|my)|
    ich bin (?:freie|selbstständig|freiberuf|grafik|texter|über)|meine kunden|meine leistungen|unser angebot|wie (?:telefonisch )?besprochen|zusammenarbeit|bewerbung|bewerbe|lebenslauf|praktikum|werkstudent|kurzes (?:telefonat|gespräch)|ich betreue|würde ihnen gern|referenzen|kooperation|
    je suis (?:graphiste|traduct|développeu|photographe|consultant|rédact|indépendant)|mes clients|collaboration|candidature|partenariat|mes services|
    soy (?:diseñador|traductor|fotógraf|desarrollador|consultor|redactor|autónom)|colabora|mis clientes|porfolio|mi trabajo|candidatura`,
  massPitch: String.raw`
    seo\b|backlinks?|guest post|do-?follow|link exchange|link building|rank(?:ing)? (?:on|your|higher|#)|(?:first|1st) page of google|page 1|google ranking|domain authority|dr ?\d\d|white hat|web(?:site)? (?:design|development|redesign)|app development|offshore|development (?:company|team) (?:in|from|based)|digital marketing|lead generation|qualified (?:leads|calls|meetings)|booked calls|more (?:leads|clients|customers|sales)|on autopilot|done.for.you|10x|double your|grow your (?:business|revenue|traffic|followers)|attendees? list|email (?:list|database)|contact list|mailing list of|verified contacts|professional manufacturer|manufacturer|our factory|factory price|best price|catalog(?:ue)? attached|affordable (?:price|rate|cost)|share your (?:requirements|phone)|your amazing (?:website|site|blog)|came across your (?:website|site|blog|company|profile)|dear (?:sir|madam|business owner|website owner|webmaster|admin|friend|founder|team)|hello (?:sir|dear|website owner)|hi (?:admin|there, do you)|reply (?:stop|"?yes)|pay (?:only )?for results|no obligation|money.?back guarantee|call for papers|impact factor|your (?:esteemed|valuable) (?:manuscript|paper|company|organi[sz]ation)|greetings of the day|merchant cash|funding (?:available|approved)|explainer video|instagram followers|trustpilot reviews|google reviews|
    suchmaschinenoptimierung|seite 1 bei google|mehr (?:kunden|umsatz|reichweite|anfragen)|neukunden|kundengewinnung|unverbindlich|garantiert|jetzt kostenlos|leads\b|
    référencement|première page de google|plus de clients|générer des|sans engagement|
    posicionamiento|primera página de google|más clientes|sin compromiso`,
  phishing: String.raw`
    (?:verify|confirm|validate|update) (?:your|the)[^.]{0,25}(?:identity|account|details|information|wallet|mailbox|payment|card|billing|password|bank|email|data)|unusual (?:activity|sign|login)|suspicious (?:activity|login|sign|transaction)|(?:has been|will be|is|was|are|have been) (?:temporarily )?(?:suspended|limited|restricted|locked|deactivated|disabled|on hold|terminated|blocked|permanently)|avoid (?:permanent |account )?(?:closure|suspension|interruption|deactivation|restriction)|within (?:24|48|12|72) ?(?:hours|hrs)|click (?:here|below|the link|on the link|the button)|log ?in (?:here|below|immediately)|mailbox (?:is )?(?:almost )?full|storage (?:is )?(?:almost )?full|quota|keep (?:same |your )(?:current )?password|password (?:expires|will expire|expiration)|dear (?:customer|user|client|merchant|member|account holder|valued|taxpayer|beneficiary)|customs? fee|redelivery|could not be delivered|delivery (?:failed|attempt)|pending (?:refund|package|parcel|message)|recovery phrase|seed phrase|12.word|kyc\b|failure to (?:comply|verify|respond|complete)|unauthori[sz]ed|did not authori[sz]e|call (?:our )?(?:helpline|support|toll)|helpline|toll.free|final (?:notice|warning)|legal action|shared (?:a )?document|docusign|voicemail|bank(?:ing)? details (?:have|has) changed|new bank (?:account|details)|
    ihr (?:konto|zugang|paket|postfach)[^.]{0,40}(?:gesperrt|eingeschränkt|läuft ab|zugestellt|blockiert|deaktiviert)|bestätigen sie[^.]{0,30}(?:daten|identität|konto)|sehr geehrter? (?:kunde|nutzer|kundin)|klicken sie|hier klicken|unter folgendem link|zollgebühr|sperrung|verifizier|aktualisieren sie[^.]{0,20}(?:daten|konto|zahlung)|umgehend|andernfalls|
    votre (?:compte|colis|carte)[^.]{0,40}(?:suspendu|bloqué|limité|en attente|expir)|cliqu(?:ez|er)|cher client|chère cliente|sous (?:24|48) ?h|vérifi(?:ez|er) (?:vos|votre)|confirmer vos|frais de douane|carte vitale|
    su (?:cuenta|paquete|tarjeta)[^.]{0,40}(?:suspendid|bloquead|limitad|retenid|pendiente)|haga clic|pulse aquí|estimado (?:cliente|usuario|contribuyente)|(?:24|48) horas|verifi(?:que|car) su|confirme su|introduzca los datos`,
  scam: String.raw`
    million (?:usd|dollars|euros?|pounds)|inheritance|next of kin|beneficiary|widow|late husband|barrister|lottery|lotto\b|you(?:'ve| have)? (?:won|been selected)|winner|winning|jackpot|claim your|gift cards?|itunes card|bitcoin|btc\b|crypto|forex|trading bot|investment (?:opportunity|plan)|guaranteed (?:return|profit|income)|risk.free|100% (?:free|guaranteed|safe|legal|risk)|earn \$?\d|make money|work from home|passive income|pre-?approved|no credit check|loan offer|casino|free spins|viagra|cialis|pills|weight loss|replica|rolex|hot (?:girls|singles)|dating|xxx\b|adult (?:sites?|videos?)|recorded you|webcam|your device|ransom|wire the|western union|moneygram|keep this (?:between|confidential)|confidential(?:ly)? transaction|are you (?:at your desk|available\?)|congratulations|limited (?:spots|time)|act now|last chance|don't miss|once in a lifetime|dearest|beloved|in the lord|god bless|
    erbschaft|gewonnen|gewinn(?:er|benachrichtigung)|millionen euro|kredit ohne|sofortkredit|geld verdienen|nur noch heute|unglaublich|
    héritage|vous avez gagné|loterie|gagnant|argent facile|crédit rapide|
    herencia|ha(?:s)? ganado|lotería|ganador|dinero (?:fácil|rápido)|préstamo`,
  listTalk: String.raw`
    unsubscribe|opt.?out|(?:view|read|open) (?:this )?(?:in|online|email in)[^.]{0,12}(?:browser|online)|view online|you(?:'re| are) (?:receiving|getting) this|you (?:receive|get|got|received) this|because you (?:subscribed|signed up|have an account|are a|attended|opted)|subscribed to|manage (?:your )?(?:preferences|notifications|subscription)|(?:update|email|communication) preferences|stop receiving|no longer wish to receive|newsletter|mailing list|
    abbestellen|abmelden|im browser (?:ansehen|öffnen|anzeigen)|verteiler|sie erhalten diese|newsletter|austragen|
    désinscri|désabonn|version en ligne|vous recevez c|lettre d'information|infolettre|
    darse de baja|date de baja|cancelar (?:la|tu) suscripción|ver en (?:el|tu) navegador|recibes este|boletín`,
  news: String.raw`
    issue #?\d|edition|this week|weekly|monthly|digest|round-?up|bulletin|what's new|new (?:feature|features|in)|now available|introducing|announc|we(?:'ve| have) (?:just )?(?:released|launched|shipped|added|updated)|release notes?|changelog|released\b|maintenance|no action (?:is )?(?:required|needed)|webinar|register (?:now|here|today|for)|save (?:your|the) (?:seat|date|spot)|early bird|tickets|speakers|agenda|conference|meetup|community|subscribers|readers|sponsored|podcast episode|in this (?:issue|episode|edition)|top stories|read more|learn more|read the|watch the|shop now|sale\b|% off|\d+ ?%|discount code|use code|promo|coupon|free shipping|deal(?:s)? of|collection|spring|summer sale|black friday|only until|terms of service|our terms|privacy policy|policy update|takes? effect|hi all|hello everyone|dear (?:members|readers|subscribers|customers|all|friends|neighbours)|monthly report|your week|
    ausgabe|neuigkeiten|neues aus|aktuelles|rabatt|angebote der|nur bis|gewinnspiel|jetzt (?:entdecken|shoppen|sichern|anmelden)|liebe (?:kund|leser|mitglied|abonnent|alle)|hallo zusammen|veranstaltung|wartungsarbeiten|mehr erfahren|weiterlesen|themen (?:der|dieser)|
    nouveautés|actualités|promotion|soldes|découvrez|à ne pas manquer|bonjour à tous|chers (?:abonnés|adhérents|membres|clients)|inscrivez-vous|en savoir plus|
    novedades|ofertas|rebajas|descuento|descubre|inscríbete|queridos (?:socios|lectores|clientes|amigos)|leer más|hola a todos`,
  family: String.raw`
    mum\b|mom\b|mummy|dad\b|daddy|grandma|grandpa|granny|nan\b|auntie?|uncle|sister|brother|cousin|husband|wife\b|kids\b|the (?:kids|boys|girls|cat|dog|baby)|love you|lots of love|love,|hugs?\b|kiss|xx+\b|xo+\b|sweetheart|darling|honey\b|mate\b|buddy|dude|birthday|wedding|christmas|easter|baby\b|dinner|lunch\b|beers?\b|pub\b|pizza|bbq|barbecue|party|weekend|holiday|vacation|trip\b|concert|hiking|football|match on|game night|movie|book club|coffee|catch up|long time|miss you|see you (?:there|soon|at|on)|come (?:over|round|by)|are you (?:free|around|in for|coming)|house ?warming|moving house|parcel for you|neighbou?r|haha|lol\b|
    mama\b|papa\b|oma\b|opa\b|tante|onkel|schwester|bruder|kuss|küsschen|liebes\b|geburtstag|hochzeit|ostern|weihnachten|taufe|abendessen|grillen|bier\b|feier|party|wochenende|urlaub|konzert|hab dich lieb|bussi|kommt ihr|kommst du|hast du (?:lust|zeit)|treffen wir|nachbar|umzug|
    maman|mamie|papi|tata|tonton|soeur|frère|bisous|bises|gros bisous|coucou|anniversaire|mariage|vacances|week-end|dîner|apéro|tu (?:es|viens|fais|veux)|ma belle|mon chéri|
    mamá|papá|abuel|tía\b|tío\b|hermano|hermana|besos|beso\b|abrazo|cumpleaños|boda|vacaciones|fin de semana|cena\b|cañas|guap[oa]|cariño|¿(?:te|os) apetece|nos vemos|quedamos`,
  privateLife: String.raw`
    school|teacher|kindergarten|nursery|daycare|parents?(?:'|’)? evening|class \d|pupil|homework|field trip|doctor|surgery|dentist|clinic|patient|appointment|check-?up|vaccin|blood test|prescription|hospital|vet\b|physio|optician|midwife|hairdresser|haircut|gym\b|yoga class|choir|running club|tennis|club\b|church|parish|christening|landlord|tenant|your (?:flat|apartment)|caretaker|library|overdue book|passport|driving licen[cs]e|council tax|jury|volunteer|bake|cake|football team|scouts|
    schule|lehrer|kita\b|kindergarten|elternabend|klasse \d|schüler|praxis|arzt|ärztin|zahnarzt|termin (?:am|zur|bei)|ihren termin|impfung|vorsorge|krankenhaus|tierarzt|friseur|verein|chor\b|pfarr|vermieter|hausverwaltung|ihre wohnung|wohnung|bücherei|ausweis|ehrenamt|sommerfest|kuchen|
    école|maîtresse|crèche|réunion (?:des )?parents|classe de|médecin|dentiste|cabinet|rendez-vous|vaccin|hôpital|vétérinaire|coiffeur|propriétaire|appartement|association sportive|
    colegio|escuela|profesora?|guardería|reunión de padres|médico|dentista|clínica|cita (?:con|el|para)|vacuna|hospital|veterinari|peluquer|piso\b|comunidad de vecinos|mudanza`,
  toThePerson: String.raw`
    your (?:profile|background|experience|cv|career)|role (?:in|at|as|with)|position (?:in|at|as|with)|job (?:opening|opportunity|offer)|hiring (?:a|an|for)|recruit|talent (?:partner|acquisition)|confidential (?:chat|conversation|call)|salary|career|new opportunit|speak at|give a (?:talk|keynote)|keynote|panel(?:ist)?\b|your (?:talk|essay|book|blog post|article)|interview(?:ing)?\b|be (?:a guest|our guest)|guest on|my podcast|our podcast|portrait|journalist|alumni|class reunion|mentor|pick your brain|advice|recommendation letter|reference for me|congrat(?:s|ulations) on|thinking of you|condolence|sorry (?:for your loss|to hear)|thank you for (?:last|the lovely|yesterday|coming)|
    ihr profil|stelle als|position als|festanstellung|karriere|vortrag|interview|porträt|podcast|klassentreffen|glückwunsch|beileid|einladung zu(?:m|r)|sprecherin|
    votre profil|poste de|intervenir|conférence|entretien|interview|félicitations|invitation à|
    tu perfil|su perfil|puesto de|ponencia|charla|entrevista|felicidades|enhorabuena|invitación`,
  urgent: String.raw`
    urgent|asap|a\.s\.a\.p|immediately|right (?:now|away)|at once|emergency|critical|as soon as (?:possible|you see)|by (?:end of (?:day|today|business)|eod|tonight|noon|today|\d{1,2} ?(?:am|pm))|today\b|this (?:morning|afternoon|evening)|tonight|within the hour|in an hour|call me\b|losing (?:orders|money|customers|sales)|(?:customers|clients|people|patients|guests|everyone|nobody|no one)[^.]{0,30}(?:can't|cannot|waiting|stuck|locked|gets|able)|production|down\b|outage|data breach|security (?:hole|incident|issue)|blocked|can't work|cannot work|deadline|final notice|last day|suspension today|
    dringend|sofort|umgehend|eilig|eilt|heute noch|heute\b|schnellstmöglich|so schnell wie möglich|notfall|jetzt gleich|bis \d{1,2} uhr|ruf mich|rufen sie mich|
    urgence|urgent|immédiatement|tout de suite|au plus vite|dès que possible|aujourd'hui|ce soir|
    urgente|inmediat|ahora mismo|cuanto antes|hoy\b|lo antes posible|emergencia`,
  unhurried: String.raw`
    no (?:hurry|rush|panic|pressure|need to (?:reply|answer|respond))|not urgent|whenever|when you (?:have|get) (?:a )?(?:time|minute|moment|chance)|just (?:wanted|a thought|so you know|to say|to let you)|fyi\b|for your (?:information|records)|no action|nothing (?:to do|needed|urgent)|thanks again|thank you so much|just saying|low priority|some ?day|at some point|if you ever|may be of interest|will be charged automatically|automatically|out of (?:the )?office|on (?:annual |parental )?leave|
    keine eile|nicht dringend|eilt nicht|irgendwann|bei gelegenheit|nur (?:damit|zur info|sagen|kurz sagen)|zur info|kein handlungsbedarf|zur kenntnis|abwesend|nicht im büro|automatische antwort|vielen dank für (?:die schnelle|ihre schnelle)|
    pas (?:pressé|urgent)|quand vous (?:aurez|avez) (?:le temps|un moment)|pour (?:votre )?information|absent|rien d'urgent|
    sin prisa|no (?:es|corre) (?:urgente|prisa)|cuando (?:puedas|pueda|tengas)|para tu información|fuera de la oficina|solo quería`,
} as const;

export const TOPICS = Object.keys(TERMS) as Topic[];

const PATTERNS = Object.fromEntries(TOPICS.map((topic) => [topic, compile(TERMS[topic])])) as Record<Topic, RegExp>;

function compile(terms: string): RegExp {
  const alternatives = terms.replace(/\s*\n\s*/g, '').replace(/\|$/, '');
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${alternatives})`, 'gu');
}

/** The different terms of a topic in a text that is already lower-cased. */
export function termsOf(topic: Topic, lowerText: string): string[] {
  return [...new Set([...lowerText.matchAll(PATTERNS[topic])].map(([term]) => term))];
}
