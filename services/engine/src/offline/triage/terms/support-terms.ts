/** What makes a mail a matter of support: something must work, be explained, be wished for, be let go. See `lexicon.ts` for how terms are written. */
export const SUPPORT_TERMS = {
  trouble: String.raw`
    vanished|logs? me out|logged out|shows? (?:no|nothing|an empty|the wrong|blank)|empty (?:list|page|file|screen)|no luck|
    keeps logging|can't see|cannot see|doesn't match|does not match|rejected by|invalid|not accepted|broken on arrival|damaged|
    haven't (?:heard|received)|has(?:n't| not) (?:arrived|shipped)|never (?:arrived|came|received)|replacement|xss|vulnerab|
    security (?:hole|issue)|slow\b|laggy|hangs\b|loses?\b|
    (?:has|have|is|are|was|were) (?:still )?not (?:yet )?(?:arrived|come|shipped|received|showing|working|there|in it)|
    (?:hasn't|haven't|isn't|aren't|wasn't) (?:come|been|showing|there|working)|
    still (?:not|no|doesn't|isn't|can't|waiting|the same|shows?)|fix (?:this|it|that)\b|look into|take it down|
    wrong (?:name|photo|order|item|size|address|amount|customer)|another (?:customer|company|couple|user)'s|where is my|
    my (?:order|parcel|delivery|package)|greyed out|returns? (?:40\d|an error)|40[0-9]\b|not happy|messed up|broke\b|anymore\b|
    no longer\b|arrived (?:dead|broken|damaged|late|empty|completely)|send (?:another|a new one)|limit reached|what is happening|
    aren't being|isn't being|not (?:being|registering|recorded|saving|sending|responding|available|recogni[sz]ed)|twice (?:in|on)|
    undo\b|reset it|resolve|error|bug\b|bugs\b|crash|glitch|broken|not working|isn't working|
    (?:does|do|did)(?:n't| not) (?:work|load|open|show|save|sync|appear|arrive|let|respond|connect|update|send|print|match|play)|
    won't (?:load|open|start|play|save|let|sync|connect|print|accept|work)|stopped working|no longer works?|
    keeps? (?:crashing|failing|freezing|saying|logging|asking|spinning|showing|getting)|stuck\b|freez|frozen|
    blank (?:page|screen)|white screen|spins\b|spinning|times? ?out|timeout|offline\b|outage|is down\b|went down|\bdown:|
    unreachable|50[0-4]\b|404\b|fails?\b|failing|failed (?:to|with|import|upload|sync)|
    can(?:'t|not|not even|t) (?:log|sign|get|access|open|see|find|use|connect|upload|download|export|import|add|change|reset|save|edit|delete|check|book|submit|send)|
    unable to|something went wrong|disappear|vanish|gone missing|lost (?:all|my|our)|is missing|are missing|
    wrong (?:total|number|language|time|date|result|data)|incorrect|duplicate|double.?book|problem|issue with|trouble|strange|
    weird|corrupt|garbled|locked out|since the (?:last )?update|after (?:the|your|updating|upgrading|last)[^.]{0,25}update|hängt|
    synchronisiert nicht|stimmt nicht|nicht angekommen|beschädigt|defekt|keine mail|kommt keine|leer\b|absturz|ausgegraut|
    ist (?:bei mir )?grau|nicht mehr|noch (?:immer )?nicht (?:da|angekommen|erhalten)|reklamation|umtausch|\p{L}*fehler|
    funktionier|geht nicht|klappt nicht|läuft nicht|kaputt|abgestürzt|stürzt|hängt\b|verschwunden|lädt nicht|
    öffnet (?:sich )?nicht|kann (?:mich )?nicht|können (?:uns )?nicht|komme nicht|kommen nicht|lässt sich nicht|störung|ausfall|
    seit dem update|meldung|nicht mehr möglich|falsch angezeigt|n'est (?:pas|toujours pas) arrivé|pas reçu|toujours pas|erreur|
    bogue|ne fonctionne|ne marche|marche pas|fonctionne plus|plante\b|bloqué|impossible de|problème|panne|n'arrive pas|
    n'arrive plus|ne s'affiche|ne reçois|dysfonction|depuis la mise à jour|no ha llegado|todavía no|sale un error|no funciona|
    no me deja|no puedo|no podemos|no carga|no aparece|no me llega|no recib|se cierra|se ha caído|fallo\b|falla\b|error al|
    problema|bloquead|desde la actualización|cracked|chipped|scratched|leak(?:s|ing|ed)?\b|came (?:off|loose|apart|out)|
    won't (?:close|fit|turn)|wobbl|squeak|peel(?:s|ing)|doesn't (?:do|fit|seem|exist|export|recogni)|does nothing|nothing happens|
    buffering|wont\b|doesnt\b|isnt\b|cant (?:log|sign|get|open|see|find|use|do)|
    keeps (?:stopping|closing|jumping|resetting|sending)|closes by itself|(?:an hour|one hour|hours?) (?:off|late|early)|
    out of sync|mis(?:match|spelled|printed)|spelled? wrong|wrong (?:way|colou?r|version|currency|vat|day|hour|time ?zone)|
    bounc(?:es|ed|ing)|goes to spam|got (?:two|the wrong|a different)|half of (?:it|them)|zero results|deprecated|retires?\b|
    will stop working|rate limit|403\b|429\b|401\b|insufficient|regression|not as described|disappointed|never (?:got|get)|
    didn't (?:get|come|receive)|stops? (?:at|after|working|playing)|fell (?:off|apart)|wasted|expired\b|unusable|klemmt|wackelt|
    undicht|tropft|gerissen|sprung\b|zerbrochen|verkratzt|falsche (?:farbe|größe|adresse)|falsch geliefert|fehlt\b|fehlen\b|
    schon wieder|wieder nicht|kommt nicht|startet nicht|reagiert nicht|speichert nicht|druckt nicht|verschickt nicht|weg\b|
    doppelt|ruckelt|bleibt hängen|friert|abgelaufen|hat nicht geklappt|enttäuscht|cassé|abîmé|fissur|endommag|ne réagit|
    rien ne se passe|ne charge|ne répond|introuvable|disparu|manquant|il manque|en double|ne parviens|je n'ai (?:pas|rien) reçu|
    lent\b|page blanche|déçu|roto\b|rota\b|dañad|
    no (?:responde|abre|guarda|sincroniza|encuentro|coincide|imprime|llegó|ha llegado|reproduce)|ha desaparecido|duplicad|
    pantalla en blanco|va muy lent|decepcionad|falta (?:una?|el|la)|
    non (?:funziona|riesco|carica|si apre|arriva|è arrivat|ricevo|trovo|parte|salva|va|mi fa|risponde)|errore|bloccat|rotto|rotta|
    danneggiat|sparit|in ritardo|guasto|difettos|da giorni|werkt niet|lukt niet|kapot|foutmelding|
    não (?:funciona|consigo|abre|carrega)|erro\b|nie działa|błąd|
    (?:won't|wont|doesn't|doesnt|can't|cant|refuses to) (?:take|do|go|show|read|count|charge|ring|scan|connect|find|work|download|upload|turn|stop)|
    deleted? everything|typo\b|flicker|spam(?:s|med|ming)? (?:my|our|us)|crashed\b|chokes?\b|kicked (?:me |us |everyone )?out|
    throws? (?:me|us|everyone) out|never (?:worked|loads?)|dead link|link (?:is )?(?:dead|broken)|
    no (?:access|confirmation|download|reply mail)|still charged|device limit|nothing (?:came|arrived)|cut off|mixed up|
    off by (?:one|a)|differs? from|inconsistent|hate(?:s)? it|keeps? sending|where do i (?:kill|stop|turn)|
    how do i (?:stop|kill|turn off)|wirft (?:alle|mich|uns)|flackert|locker\b|lose\b|verzogen|hakt\b|quietscht|
    keine (?:bestätigung|rückmeldung|verbindung)|kein (?:zugriff|zugang|empfang)|nicht auffindbar|weicht ab|clignote|coupe\b|
    saute\b|ne tient|décalé|pas accès|aucun (?:mail|accès)|faux\b|parpadea|me faltan|falta(?:n)? (?:las|los|el|la|una?)|
    no me (?:carga|abre|entra)|se apaga|no arranca|está mal|salen mal|sfasat|spostat|escono|esce (?:vuoto|sbagliato)|
    manca(?:no)?\b|non (?:vedo|compare|stampa|scarica|entra)|sbagliat|doet het niet|kan niet|krijg geen|kwijt\b|
    niet (?:ontvangen|aangekomen|gelukt)|nog niet (?:binnen|ontvangen)|vast\b|não (?:recebi|chegou|abre|entra|aparece)|deixou de|
    virker ikke|fungerar inte|funkar inte|får inte|ikke kommet|nie (?:mogę|dotarła|przyszł|dziala|otwiera)|jeszcze nie|zepsut`,
  howTo: String.raw`
    how (?:do|can|would|should|does) (?:i|we|one)|how to\b|where (?:do|can|would) (?:i|we)|
    is there (?:a|any) (?:way|option|setting|possibility)|is it possible to|am i (?:doing|missing)|
    can i (?:change|set|turn|add|move|rename|export|import|invite|give|use|have)|(?:could|can) you (?:show|explain|walk)|
    help (?:page|article|center|centre|me|us|with)|documentation|docs\b|tutorial|step by step|supposed to (?:work|be)|
    is (?:it|this) (?:normal|known)|turn (?:on|off|that off|it off)|
    wie (?:kann|können|mache|stelle|bekomme|füge|lege|ändere|richte)|wo (?:finde|kann|können|stelle)|
    gibt es (?:eine|die) (?:möglichkeit|option|einstellung)|anleitung|hilfeseite|ist es möglich|comment (?:faire|puis|peut|je|on)|
    où (?:puis|peut|se trouve|trouver|est)|est-il possible|y a-t-il (?:un|une)|mode d'emploi|cómo (?:puedo|se|podemos|hago|hacer)|
    dónde (?:puedo|está|se|encuentro)|hay (?:alguna|una) (?:forma|manera|opción)|es posible|
    how (?:is|are|to|long|many)[^.?]{0,30}(?:set|change|export|import|work)|what's the (?:best|right|easiest) way|any way to|
    do you (?:support|know (?:how|if|where))|
    does (?:it|the app|this|your \w+|\w+) (?:support|work (?:with|offline|on)|allow|handle)|
    can (?:it|the app|you|my|our|someone|we|people) (?:be|do|also|still|both|share|sync|track)|is there a setting|point me to|
    what do i (?:need|have) to|where (?:is|are|can)|which (?:setting|button|file|format|plan do i need)|are we allowed|
    what are my options|how should|can't (?:figure|work) out|step-by-step|walk me through|
    wie (?:geht|funktioniert|lässt|komme|lade|kann man|muss|bekommt man)|kann man|könnt ihr mir (?:helfen|sagen)|
    wo (?:sehe|steht|ist|finden|stellt)|geht das|was muss ich|comment (?:ça|se|dois|mettre|changer|ajouter)|
    est-ce (?:que je peux|possible)|peut-on|pourriez-vous m'expliquer|je ne trouve pas|
    cómo (?:cambio|añado|configuro|exporto|funciona)|se puede|hay que|me podéis (?:ayudar|decir)|no encuentro|
    come (?:posso|faccio|si|devo|procedere|funziona)|dove (?:trovo|posso|si trova|è)|è possibile|si può|potete aiutarmi|
    hoe (?:kan|moet|werkt)|como (?:posso|faço)|which (?:ips?|domains?|ports?|settings?)|whitelist|firewall|proxy|
    what (?:setting|file|format)|where (?:to|does|did)|anyone know|do i have to|can u\b|could u\b|how come|
    hoe (?:zet|krijg|wijzig|voeg|maak)|waar (?:kan|vind|staat)|kan ik|jak (?:mogę|zmienić|dodać)|gdzie\b|onde (?:está|posso|fica)|
    hur (?:gör|kan)|hvordan|come si (?:corregge|cambia|imposta)|dove si|anything i should|
    kann man[^.?]{0,40}(?:hinterlegen|einstellen|ändern|anlegen)|trage ich[^.?]{0,20}von hand|by hand\b|manually|à la main|
    a mano\b`,
  account: String.raw`
    password|log(?:ging)? ?in\b|sign(?:ing)? ?in\b|two-factor|2fa\b|authenticator|verification (?:code|mail|email)|activation|
    activate|my account|our account|user ?name|permissions?\b|access to (?:my|our|the)|locked\b|reset\b|backup codes|
    invite (?:link|my|a)|team member|admin (?:role|rights|account)|api key|token\b|zugangsdaten|neuer mitarbeiter|benutzer|
    konto\b|passwort|anmelde|anmeldung|einloggen|zugang|zugriff|benutzerkonto|mein konto|freischalt|aktivierung|mot de passe|
    connexion|connecter|mon compte|notre compte|identifiant|contraseña|iniciar sesión|mi cuenta|nuestra cuenta|acceder|activar|
    usuario|locked out|lock(?:ed)? my account|sign-?in (?:code|link|page)|log-?in (?:link|page|screen)|magic link|sms code|
    one-time (?:code|password)|recovery code|new (?:phone|device)|transfer (?:the )?(?:ownership|workspace|account)|account owner|
    workspace|invit(?:e|ation) (?:link|email|mail|my|a|never)|change (?:my|the|our) (?:email|e-mail|address|name)|seat\b|sso\b|
    profile\b|credentials|gesperrt|entsperren|login\b|2fa|zweitgerät|neues handy|einladungslink|benutzername|se connecter|
    mon espace|mes identifiants|nouveau téléphone|añadir usuarios|invitar a|mi usuario|entrar en|accesso|accedere|
    password dimenticata|il mio account|credenziali|utente|wachtwoord|inloggen|senha|hasł[oa]`,
  product: String.raw`
    preview\b|editor\b|order number|your shop|your store|survey|booking page|logo to|starter plan|shortcuts?|setup\b|account page|
    app\b|the software|your (?:software|tool|product|app|plugin|platform|service|system|site|website|api|course|integration)|
    dashboard|calendar sync|two-way|export|import|csv\b|pdf export|upload|download|browser|chrome\b|firefox|safari\b|android|
    iphone|ipad\b|windows 1|macos|plugin|plug-in|wordpress|webhook|api\b|sdk\b|endpoint|version \d|v\d\.|update to|settings|
    feature|notification|integration|template|report\b|screenshot|log file|button|menu|tab\b|screen\b|
    page (?:loads|shows|reloads)|mobile|sync\b|zapier|die app|eurer app|ihrer app|software|programm|einstellung|schaltfläche|
    knopf|bildschirm|funktion\b|l'application|l'appli|logiciel|bouton|paramètres|fonctionnalité|écran|mise à jour|la aplicación|
    la app|el programa|botón|ajustes|pantalla|actualización|module \d|lesson \d|lecture\b|workbook|
    the (?:course|video|quiz|certificate|gallery|download|portal|checkout|cart|timer|editor)|log files?|release \d|macbook|
    laptop\b|printer|edge\b|pixel \d|ios\b|your (?:editor|dashboard|gallery|portal|newsletter form|checkout|documentation)|
    time ?sheets?|time zone|google calendar|outlook calendar|quickbooks|workflows?|automation|smtp\b|oauth|html\b|css\b|backup|
    galerie|kursbereich|modul \d|lektion|zertifikat|kalender|erinnerungsmail|buchungsseite|datenbank|drucker|le bouton|le cours|
    la galerie|la vidéo|le calendrier|el curso|el módulo|la galería|el calendario|los informes|el botón|l'app\b|il corso|
    la galleria|il calendario|pulsante|schermata|aggiornamento|de app\b|o aplicativo|websocket|desktop client|curl\b|ui\b|/v\d/|
    time clock|clock(?:ing)? (?:in|out)|stempel|einstempeln|einloggt|zip\b|descarga|uitdraai|rapport(?:er)?\b|impostazioni|
    instellingen|definições|ustawien|entries\b|importer`,
  aftercare: String.raw`
    order (?:#|no|number|\d)|my order|(?:parcel|package|shipment) (?:arrived|came|is|has|was|still)|
    tracking (?:says|number|shows|link|hasn't)|label created|return (?:it|them|this|the|an|my)|returns (?:policy|label|form)|
    exchange (?:it|them|this|for)|swap (?:it|them)|replacement|spare part|warrant(?:y|ies)|guarantee\b|repair\b|
    you (?:built|installed|made|fitted|delivered|shot|sold) (?:us|me|for|our|my|the)|we bought (?:from|the)|
    i (?:bought|ordered) (?:a|an|the|two|three|from|this|your|it)|under guarantee|
    come (?:by|and|round)[^.]{0,20}(?:look|fix|adjust)|adjust(?:ment|ed)?\b|reprint|wrong (?:item|size|colou?r)|
    size (?:exchange|up|down)|gift (?:note|wrap|receipt)|delivery address|bestellung|bestellnummer|lieferung|sendung|
    paket (?:ist|kam|war)|zurückschicken|zurücksenden|rücksendung|retoure|umtauschen|ersatz(?:teil|lieferung)?|garantie|
    gewährleistung|reparier|reparatur|nachbesser|nachjustier|vorbeischauen|vorbeikommen|eingebaut|geliefert|lieferadresse|
    sendungsnummer|ma commande|la commande|colis (?:est|n'est)|livraison|retourner|échange[r]?\b|réparer|réparation|remplacement|
    numéro de suivi|mi pedido|el pedido|el paquete|devolver (?:el|la|un|lo)|cambiarlo|garantía|reparar|reparación|
    número de seguimiento|envío|mio ordine|ordine (?:n|\d)|reso\b|restituire|cambio taglia|spedizione|pacco|garanzia|riparazione|
    sostituzione|consegna|bestelling|pakket|encomenda|(?:still )?(?:in|under|covered by) (?:the )?guarantee|
    bought (?:it|the|your|this)[^.]{0,20}ago|you made (?:us|me|for)|
    the (?:table|chair|lamp|vase|bowl|mug|door|drawer|shelf|cupboard|print|album|frame)s? (?:you|from|is|has|came|wobbl)|
    sous garantie|achetée?s? (?:en|chez|le)|comprad[oa] en|zamówieni|paczk|przesyłk|pakje|garantie\b|levering|leverans|
    beställning|encomend`,
  wish: String.raw`
    feature request|suggestion|feature idea|an? (?:small |little )?(?:idea|wish|thought)\b|
    would be (?:great|nice|handy|useful|lovely|awesome|cool|helpful|amazing|fantastic|super)|
    would love (?:to see|it if|to have|an? )|wish ?list|i wish\b|roadmap|any plans? (?:to|for)|have you (?:considered|thought)|
    please (?:add|consider)|vote for|could you add|feedback|missing (?:feature|option)|nice to have|vorschlag|wunsch|wünsch|
    wäre (?:schön|toll|super|klasse|praktisch|hilfreich|cool)|anregung|verbesserungs|idée|
    ce serait (?:bien|super|pratique|génial|top)|amélioration|serait-il envisageable|sugerencia|
    sería (?:genial|útil|ideal|estupendo|bueno|práctico)|estaría bien|una idea|mejora|idea:|
    would be (?:neat|sweet|good|ideal|perfect|fab)|would (?:it )?be possible to (?:add|have|get)|
    (?:it'd|it would|that would|'d) be (?:neat|great|nice|handy|lovely|cool|sweet|good|ideal|perfect)|would save (?:me|us)|
    i wish (?:there|it|the|you)|please make|one (?:small |little )?(?:request|wish|suggestion|thing)|on your radar|
    dark (?:mode|theme)|upvote|request for|are you planning|is (?:it|this|that) (?:planned|coming|on the roadmap)|missing for us|
    wäre (?:es )?(?:möglich|cool|fein|hilfreich)|idee\b|könntet ihr (?:noch|vielleicht)|fände ich|hätte ich gern|wunschliste|
    il serait|j'aimerais (?:bien )?(?:pouvoir|avoir)|pourriez-vous ajouter|ça serait|me encantaría (?:que|poder)|podríais añadir|
    estaría genial|propuesta de mejora|sarebbe (?:bello|utile|comodo|fantastico)|suggerimento|proposta|
    mi piacerebbe (?:che|poter)|zou (?:fijn|handig|mooi)|love[ds]? (?:the new|that you|it)|marry them|nit\b|carry on`,
  privacy: String.raw`
    gdpr|personal data|data protection|privacy (?:request|policy question|officer)|
    (?:delete|erase|remove)[^.]{0,25}(?:data|account|profile|information)|right to (?:erasure|access|be forgotten)|subject access|
    data processing agreement|dpa\b|sub-?processors?|where (?:is|are) (?:my|our|the) data|ccpa|data breach|hipaa|
    copy of (?:all )?(?:my|the|our) data|dsgvo|datenschutz|personenbezogen|auskunft|lösch(?:ung|en|t)|auftragsverarbeitung|avv\b|
    art\. ?1[57]|rgpd|données personnelles|droit d'accès|supprimer (?:mon|mes|nos)|suppression (?:de|du)|effacement|
    protección de datos|datos personales|eliminar mi|borrar mi|derecho de (?:acceso|supresión)|erasure|data subject|article 1[57]|
    article 20|portability|consent\b|controller\b|data processing|processor|security (?:questionnaire|review|assessment)|
    vendor review|soc ?2|iso 27001|penetration test|opt out of (?:the )?(?:sale|tracking)|forget me|what data (?:do )?you|
    betroffenen|löschung meiner|daten (?:löschen|löscht)|auskunftsersuchen|widerrufe? (?:meine )?einwilligung|
    auftragsverarbeitungsvertrag|mes données|mon droit|registre des traitements|sous-traitan|artículo 1[57]|mis datos|
    derecho al olvido|supresión|dati personali|i miei dati|cancellazione dei|privacy|diritto di accesso|titolare del trattamento|
    persoonsgegevens`,
  cancel: String.raw`
    cancel (?:my|our|the|this) (?:account|subscription|plan|membership|contract)|cancel it|close (?:my|our|the) account|
    want to cancel|(?:please|pls) cancel|cancell?ation|moving to another|switching to (?:another|a different)|we are leaving|
    terminate (?:my|our|the)|kündig|vertrag (?:beenden|auflösen)|konto schließen|abo beenden|résili|clôturer|fermer mon compte|
    annuler mon abonnement|dar de baja (?:mi|la|nuestra)|cancelar (?:mi|la|nuestra)|cancelación|cerrar mi cuenta|
    cancel (?:everything|immediately|at the end|before|as of|effective|membership|please)|end my (?:subscription|membership|plan)|
    don't (?:want to )?renew|stop my (?:subscription|membership)|delete my account|leaving you|abbestellen möchte|mein abo|
    abonnement (?:beenden|kündigen)|mitgliedschaft (?:beenden|kündigen)|nicht verlängern|mettre fin|arrêter mon abonnement|
    ne pas renouveler|darme de baja|anular (?:mi|la)|no renovar|disdire|disdetta|annullare (?:il mio|l'abbonamento|la mia)|
    cancellare (?:il mio|l'abbonamento)|recesso|opzeggen`,
} as const;
