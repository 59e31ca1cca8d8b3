page-overview = Overzicht
page-programs = Programma's
page-category = Wat er te zien is
page-timeline = Tijdlijn
page-unseen = Niet bekeken
page-settings = Instellingen
page-about = Over Inzage
frame-menu = Menu
frame-close-menu = Menu sluiten
frame-pages = Pagina's
frame-back = Terug
frame-save = Opslaan
frame-save-page = Deze pagina opslaan
frame-on = Aan
frame-off = Uit
frame-saved = Opgeslagen in { $path }. Jouw naam en die van deze computer zijn erin verborgen. Je kunt het afdrukken vanuit je browser. Delen kan iets in gang zetten: een ondernemingsraad die van een systeem hoort, heeft een maand om bezwaar te maken. Regels van je werk kunnen kopieën verbieden.
frame-not-saved = Opslaan lukte niet: { $why }
frame-open = Openen
first-title = Welkom
first-what = Inzage bekijkt welke programma's en instellingen op deze computer kunnen zien wat je doet. Het verandert niets en verstuurt niets.
first-record = Met een logboek kun je later zien sinds wanneer iets er is, en wat er veranderde. Er worden alleen dagen bewaard, en hoe het met programma's en instellingen staat, op deze computer: geen uren, en niets van wat je doet. Wie deze computer beheert, kan het lezen.
first-keep = Bekijken, en een logboek bijhouden
first-only-look = Alleen bekijken
first-stop = Stoppen, en het venster sluiten
first-answer = Je antwoord wordt op deze computer bewaard. Bij Instellingen kun je het veranderen en alles verwijderen.
looking-title = Deze computer wordt bekeken…
looking-text = Dit duurt meestal een paar seconden.
looking-progress = { $done } van { $all } plekken
look-failed = Deze computer kon niet worden bekeken
look-again = Opnieuw kijken
looked-at = Bekeken op { $moment }.
see-unseen = Bekijk wat we niet konden zien
overview-categories = Wat er van je te zien is
categories-screen = Je scherm en wat je daarop doet
categories-communication = Je contacten en berichten
categories-files_and_device = Je bestanden en je computer
categories-evaluation = Hoe je wordt beoordeeld
categories-fallback = Nog niet bekend
tile-by = door { $names }
foot-unseen = { $count ->
        [one] 1 plek kon niet of niet helemaal worden bekeken
       *[other] { $count } plekken konden niet of niet helemaal worden bekeken
    }
group-monitoring-none = Niets gevonden dat wij kennen. Dat betekent niet dat niemand kan meekijken.
group-management-none = Niets gevonden dat wij kennen.
group-own-none = Niets gevonden dat wij kennen.
observations-none = Niets gevonden.
times-found = { $count ->
        [one] 1 keer gevonden
       *[other] { $count } keer gevonden
    }
since = sinds { $day }
program-gone = Dit is niet meer op deze computer.
program-remains = Er is alleen een rest van over. Het ziet dus nu niets.
program-can-see = Wat het kan zien
program-evidence = Hoe we dat weten
program-evidence-explained = Je kunt dit zelf nakijken. Kijk alleen, en verander niets.
program-sources = Deze pagina's beschrijven de sporen:
program-innocent = Waarom het hier kan staan
program-ask = Wat je kunt vragen
program-steps = Wat je kunt doen
program-wrong = Klopt dit niet?
program-wrong-explained = Je kunt een bestand opslaan waar dat in staat, en het aan je vakbond of aan ons geven. Jouw naam en die van deze computer zijn erin verborgen. Er wordt niets verstuurd.
program-wrong-save = ‘Dit klopt niet’ opslaan
wrong-saved = Opgeslagen in { $path }. Er is niets verstuurd.
evidence-place = in { $place }
fact-maker = Maker
fact-class = Wat het is
fact-state = Nu
fact-sure = Hoe zeker
fact-since = Hier sinds
fact-since-value = { $date } of eerder ({ $source })
fact-seen = Door ons gezien
fact-seen-value = van { $first } tot en met { $last }
fact-visible = Zichtbaar?
fact-level = Niveau
observation-concerns = Waar het over kan gaan
category-means = Wat hiermee bedoeld wordt: ‘{ $text }’ Of dat hier gebeurt, staat hieronder.
category-who = Wie of wat het hier kan zien
category-nobody = We vonden op deze computer niets dat dit doet.
category-others = Deze zijn niet gemaakt om mensen te volgen, maar kunnen er ook iets van zien:
category-sight = Hoe goed we dit kunnen zien
category-blind = Deze plekken zouden meer vertellen, maar konden niet helemaal worden bekeken:
category-rules = Wat de regels vragen
category-ask = Wat je kunt vragen
unseen-lead = Wat we niet kunnen bekijken, kunnen we niet vinden. Hier staat elke plek, hoe goed die is bekeken, en wat er nodig zou zijn.
unseen-none = { $count ->
        [one] 1 plek niet bekeken
       *[other] { $count } plekken niet bekeken
    }
unseen-partial = { $count ->
        [one] 1 plek voor een deel bekeken
       *[other] { $count } plekken voor een deel bekeken
    }
unseen-full = { $count ->
        [one] 1 plek helemaal bekeken
       *[other] { $count } plekken helemaal bekeken
    }
timeline-none = Er wordt geen logboek bijgehouden, dus is er geen geschiedenis.
timeline-quiet = In deze dagen veranderde er niets.
timeline-export = De hele geschiedenis opslaan
chart-label = Wanneer programma's en instellingen hier waren. Met plus en min kijk je van dichterbij of verder weg, met de pijlen ga je heen en weer, met 0 zie je alles. In de lijst hieronder staat hetzelfde.
chart-told = { $count ->
        [one] 1 programma of instelling sinds { $first }. Een dikke balk betekent dat het draaide.
       *[other] { $count } programma's en instellingen sinds { $first }. Een dikke balk betekent dat het draaide.
    }
chart-closer = Dichterbij
chart-farther = Verder weg
chart-earlier = Eerder
chart-later = Later
chart-whole = Alles
month-1 = jan
month-2 = feb
month-3 = mrt
month-4 = apr
month-5 = mei
month-6 = jun
month-7 = jul
month-8 = aug
month-9 = sep
month-10 = okt
month-11 = nov
month-12 = dec
settings-language = Taal
settings-text-size = Grootte van de tekst
settings-record = Een logboek bijhouden
settings-record-explained = Alleen dagen, en hoe het met programma's en instellingen staat, op deze computer.
settings-login = Starten als je inlogt
settings-login-explained = Dan blijft Inzage als icoon staan, en kijkt opnieuw als er iets verandert. Wie deze computer beheert, kan dat zien.
settings-notices = Meldingen zeggen wat er veranderde
settings-notices-explained = Uit: ze zeggen alleen dat er iets veranderde, want anderen kunnen je scherm zien.
settings-forget = Alles verwijderen
settings-forget-explained = Verwijdert het logboek, deze instellingen en al het andere dat Inzage hier maakte.
settings-about = Over Inzage
settings-about-explained = Versie, licenties, en waar het van gemaakt is.
setting-failed = Dat kon niet worden veranderd: { $why }
forget-text = Dit verwijdert alles in { $path }, ook het logboek. Dat kan niet ongedaan worden gemaakt. Kopieën die je zelf maakte blijven, net als notities van het systeem of van programma's van je werkgever.
forget-keep = Alles bewaren
forget-do = Alles verwijderen, en sluiten
about-lead = Inzage laat zien wat er op je eigen computer van je te zien is. Het stopt geen programma's die meekijken, verbergt zich niet, leest geen inhoud en verstuurt niets.
about-version = Versie
about-list = Lijst van producten
about-list-value = { $version }, { $products } producten
about-licence = Licentie
about-licence-value = GPL-3.0-or-later; de lijst van producten CC-BY-4.0. Gemaakt met Slint. Letters: Inter, onder de SIL Open Font License 1.1.
about-parts = Gemaakt met
cli-window = Het venster openen
window-absent = het venster is er niet: inzage-window moet in dezelfde map staan als inzage
window-no-screen = hier kan geen venster worden geopend
open-failed = Dat kon niet worden geopend: { $why }
saved-foot = Gemaakt met Inzage { $version } op { $day }. Namen van mensen en van deze computer zijn verborgen. "Niet gevonden" betekent niet dat niemand meekijkt. Dit is geen juridisch oordeel.
