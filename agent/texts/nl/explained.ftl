# Rules: as read in public sources up to 21 November 2026, not yet checked by a lawyer. Read them again every six months.

level-seen-explained = Er is op deze computer gezien dat het gebeurde. Waarvoor, en wie er iets mee doet, is niet te zien.
level-on-explained = Een instelling, een regel of een programma dat nu draait, zet dit aan. Of er ook iemand naar kijkt, is niet te zien.
level-possible-explained = Op deze computer staat iets waarmee dit kan. Of het ook gebruikt wordt, weten we niet.
level-not_found-explained = We hebben alle plekken bekeken die we hiervoor nodig hebben, en niets gevonden. Dat betekent niet dat het niet gebeurt: het kan ook op een server, of met iets wat we niet kennen.
level-unknown-explained = Een plek die we hiervoor nodig hebben, konden we niet bekijken. Daarom weten we niet of het gebeurt.

visible-mostly = Hier is vaak een programma op de computer zelf voor nodig. Daarom kan Inzage het vaak vinden, maar niet altijd.
visible-partly = Dit kan op je computer gebeuren, maar ook op een server of in het netwerk. Inzage ziet alleen wat er op je computer is.
visible-rarely = Dit gebeurt bijna altijd op een server, en daar kan Inzage niet kijken. Vragen is dan vaak de enige manier om het te weten.

needed-absent = Er is niets voor nodig: het bestaat hier niet, dus er is niets te bekijken.
needed-permission_denied = Alleen een beheerder van deze computer kan dit zien. Jij hoeft niets te doen. Wil je het weten, dan kun je de beheerder of de ondernemingsraad vragen wat daar staat.
needed-malformed = Het is beschadigd, het werd net veranderd, of deze versie van Inzage begrijpt het niet. Misschien lukt het een volgende keer of met een nieuwere versie.
needed-too_large = Inzage leest nooit meer dan een vaste hoeveelheid, zodat je computer snel blijft. Jij hoeft niets te doen. Een beheerder kan zeggen wat erin staat.
needed-not_a_file = Hier ligt iets wat geen gewoon bestand of gewone map is. Inzage opent zoiets nooit. Een beheerder kan zeggen wat het is.
needed-link_loop = Hier wijzen verwijzingen naar elkaar, dus er is geen eind aan. Jij hoeft niets te doen. Een beheerder kan zien wat er mis is.
needed-too_many = Inzage stopt na een vast aantal, zodat je computer snel blijft. Wat daarna komt, hebben we niet bekeken. Jij hoeft niets te doen.
needed-timed_out = Er was meer tijd voor nodig. Je kunt opnieuw kijken als je computer het minder druk heeft.
needed-read_error = Het lezen ging mis. Je kunt later opnieuw kijken. Gaat het steeds mis, dan kan de helpdesk zien of er iets kapot is.
needed-not_live = Dit is alleen te zien als Inzage op de computer zelf draait. Nu is een map of een schijf bekeken.
needed-no_home = Inzage weet niet welke map van jou is. Op je eigen computer kun je Inzage starten met je eigen account. Bekijk je een map of schijf, dan kun je met --user een naam kiezen.
needed-hidden_processes = Op deze computer mag alleen een beheerder zien wat anderen en het systeem draaien. Zo'n instelling is gewoon, en jij hoeft niets te doen. Wil je het weten, dan kun je de beheerder vragen wat er draait.
needed-unsupported_format = Deze versie van Inzage kan dit niet lezen. Een nieuwere versie kan het misschien wel.
needed-unsettled_hive = Deze schijf hoort bij een Windows die niet was afgesloten. Na gewoon afsluiten zijn de laatste wijzigingen wel te lezen.
needed-needs_full_disk_access = Daar is "Volledige schijftoegang" voor nodig, en dat geeft toegang tot veel meer. Daarom vraagt Inzage er niet om. Jij hoeft niets te doen. Wil je het weten, dan kun je het de beheerder vragen.
needed-would_ask = macOS zou je dan eerst om toestemming vragen. Inzage wil zulke vragen niet oproepen, en kijkt daar dus niet. Jij hoeft niets te doen.
needed-not_shown_by_system = Het systeem vertelt dit aan geen enkel programma, ook niet aan Inzage. Je kunt het alleen vragen aan wie de computer beheert.
needed-not_on_this_computer = Dit staat ergens anders, bijvoorbeeld op een server of in het netwerk. Inzage kan daar nooit kijken. Je kunt je werkgever, of wie het beheert, vragen wat daar bewaard wordt.
needed-internal_error = Dit is een fout in Inzage, niet van jou. Als je het meldt, kunnen de makers de fout herstellen.
needed-unknown = De reden komt van een nieuwere versie van Inzage. Met die versie kun je lezen wat er nodig is.

moment-nothing-explained = We hebben niets gevonden wat we kennen. Dat betekent niet dat niemand meekijkt. Veel gebeurt op servers, in de cloud of in het netwerk, en is hier niet te zien. Wil je het weten, dan kun je het vragen.
moment-found-explained = Er staat een programma dat mensen kan volgen. Dat het er staat, betekent nog niet dat iemand het gebruikt of naar jou kijkt. Je kunt eerst rustig lezen wat het kan, en opschrijven wat je ziet. Je hoeft nu niets te doen. Verander niets en zet niets uit. Je kunt erover praten met iemand die je vertrouwt, je werkgever, de ondernemingsraad of je vakbond.

steps-1 = Je kunt eerst rustig kijken. Schrijf op wat je ziet en wanneer, liefst op papier, en verander niets. De stappen hierna kun je allemaal overslaan.
steps-2 = Je kunt met je werkgever praten. Vraag wat er wordt bekeken, waarom, wie het ziet en hoe lang het bewaard blijft.
steps-3 = Je kunt naar de ondernemingsraad (OR), de vertrouwenspersoon, de functionaris gegevensbescherming (FG) of je vakbond gaan, als die er is. Vraag eerst advies voordat je de OR een rapport geeft. Weet de OR van een systeem, dan heeft die misschien maar een maand om iets te doen.
steps-4 = Je kunt het melden bij de Autoriteit Persoonsgegevens (AP). Een klacht is op naam, en de AP wil dat je eerst zelf contact hebt met je werkgever. Een tip kan zonder naam, maar aan de inhoud is soms te zien wie je bent.
steps-5 = In het uiterste geval kun je naar de rechter gaan. Vraag eerst juridisch advies, want er zijn verschillende rechters en soms is er weinig tijd.

rules-general = In Nederland gelden thuis dezelfde regels als op kantoor. Een werkgever mag werknemers soms controleren, maar niet zomaar de hele dag volgen. Het moet echt nodig zijn en niet op een mildere manier kunnen, en de reden moet zwaarder wegen dan jouw privacy. Werknemers horen vooraf te weten dat er gecontroleerd kan worden, en hoe. Is er een ondernemingsraad (OR), dan moet die meestal vooraf instemmen. Stiekem controleren mag alleen in uitzonderlijke gevallen, en achteraf moet het verteld worden.
rules-who-checked = Dit is geen juridisch oordeel: de teksten komen uit openbare bronnen (21 november 2026) en zijn nog niet door een jurist nagekeken.

category-rules-login_times = Een systeem dat kan bijhouden wanneer je er bent, valt onder de regels voor het volgen van personeel. Is er een ondernemingsraad, dan moet die daar meestal vooraf mee instemmen. Inloggen wordt ook vaak bewaard voor de beveiliging.
category-ask-login_times = Wordt bijgehouden hoe laat ik in- en uitlog? Waarom, wie ziet het en hoe lang blijft het bewaard?
category-rules-source-login_times = Wet op de ondernemingsraden, artikel 27: https://wetten.overheid.nl/BWBR0002747

category-rules-app_time = De Europese privacytoezichthouders gaven in 2017 een advies over thuiswerken (WP249); dat is geen wet. Bijhouden welke programma's je gebruikt en hoe lang, gaat volgens hen te ver. Ze vonden het heel onwaarschijnlijk dat een werkgever daar een geldige reden voor heeft.
category-ask-app_time = Wordt bijgehouden welke programma's ik gebruik en hoe lang? Waarom is dat nodig, en word ik ermee beoordeeld?
category-rules-source-app_time = Europese privacytoezichthouders, advies 2/2017 over gegevens op het werk (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-input_activity = De Europese privacytoezichthouders gaven in 2017 een advies over thuiswerken (WP249); dat is geen wet. Het vastleggen van toetsen en muis gaat volgens hen te ver. Ze vonden het heel onwaarschijnlijk dat een werkgever daar een geldige reden voor heeft.
category-ask-input_activity = Wordt geteld hoe vaak ik typ, klik of mijn muis beweeg? Waarom is dat nodig, en welke andere manier is bekeken?
category-rules-source-input_activity = Europese privacytoezichthouders, advies 2/2017 over gegevens op het werk (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-websites = Voor grootschalige of stelselmatige controle van internetgebruik is vooraf een onderzoek naar de risico's nodig (een DPIA). Bezochte sites kunnen ook iets zeggen over je gezondheid of je vakbond. Zulke gegevens zijn in de privacywet (AVG) extra beschermd.
category-ask-websites = Wordt bewaard welke sites ik bezoek? Wie kan dat zien, en geldt het ook in mijn pauze en buiten werktijd?
category-rules-source-websites = Autoriteit Persoonsgegevens, lijst van verplichte onderzoeken vooraf (DPIA), nummer 11: https://wetten.overheid.nl/BWBR0042812

category-rules-idle_time = In 2024 kreeg een Frans bedrijf een boete over software die stilstand van muis en toetsenbord mat en schermfoto's maakte. Bij een ander bedrijf vond de hoogste Franse bestuursrechter in 2025 dat stilstand meten soms kan. Het hangt dus af van hoe en waarvoor het gebeurt.
category-ask-idle_time = Wordt gemeten hoe lang ik niet actief ben? Hoe telt het als ik lees, nadenk of bel?
category-rules-source-idle_time = CNIL, de Franse privacytoezichthouder, besluit van 19 december 2024 (in het Frans): https://cnil.fr/fr/surveillance-excessive-des-salaries-sanction-de-40-000-euros-entreprise-secteur-immobilier

category-rules-screenshots = De Europese privacytoezichthouders gaven in 2017 een advies over thuiswerken (WP249); dat is geen wet. Foto's maken van het scherm gaat volgens hen te ver. Ze vonden het heel onwaarschijnlijk dat een werkgever daar een geldige reden voor heeft.
category-ask-screenshots = Worden er foto's van mijn scherm gemaakt, en hoe vaak? Wie kan ze zien, en wanneer worden ze gewist?
category-rules-source-screenshots = Europese privacytoezichthouders, advies 2/2017 over gegevens op het werk (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-screen_live = We kennen hiervoor geen aparte regel, dus de algemene regels gelden. Kan een systeem gedrag of prestaties volgen, dan moet de ondernemingsraad, als die er is, meestal vooraf instemmen. Meekijken om je te helpen is iets anders dan meekijken om je te controleren.
category-ask-screen_live = Kan iemand meekijken op mijn scherm zonder dat ik het merk? Wie mag dat, en wanneer?
category-rules-source-screen_live = Wet op de ondernemingsraden, artikel 27: https://wetten.overheid.nl/BWBR0002747

category-rules-typed_text = De Europese privacytoezichthouders schreven in 2017 dat vastleggen wat thuiswerkers typen te ver gaat (WP249); dat is geen wet. Ze vonden het heel onwaarschijnlijk dat een werkgever daar een geldige reden voor heeft. In Duitsland vond een rechter zulke gegevens onbruikbaar zonder concrete verdenking; een Nederlandse rechter kan anders oordelen.
category-ask-typed_text = Wordt bewaard wat ik typ, ook mijn wachtwoorden en privéberichten? Waarom is dat nodig, en wie kan het lezen?
category-rules-source-typed_text = Europese privacytoezichthouders, advies 2/2017 over gegevens op het werk (WP249): https://ec.europa.eu/newsroom/article29/items/610169

category-rules-clipboard = We kennen hiervoor geen aparte regel, dus de algemene regels gelden. Een werkgever moet kunnen uitleggen waarom het nodig is, en het vooraf vertellen. Vaak is het doel dat er geen gegevens weglekken; je kunt vragen of dat zo is.
category-ask-clipboard = Wordt bewaard wat ik kopieer en plak? Is dat alleen voor de beveiliging, of ook voor iets anders?
category-rules-source-clipboard = Minister van Sociale Zaken, antwoord aan de Tweede Kamer, 31 mei 2021: https://zoek.officielebekendmakingen.nl/ah-tk-20202021-2966.html

category-rules-webcam = In 2022 oordeelde de rechter in Tilburg over een thuiswerker die de camera de hele werkdag aan moest laten. Die opdracht was in strijd met het recht op een privéleven, en het ontslag was niet geldig. Dit was één zaak; het betekent niet dat een camera op het werk nooit mag.
category-ask-webcam = Kan mijn camera aangezet worden zonder dat ik het doe? Wanneer gebeurt dat, en worden er beelden bewaard?
category-rules-source-webcam = Rechtbank Zeeland-West-Brabant, 28 september 2022, uitgelegd door een advocatenkantoor: https://www.boelszanders.nl/cameracontrole-thuiswerker/

category-rules-microphone = Wie werknemers controleert, moet rekening houden met vertrouwelijke gesprekken, schrijft de Autoriteit Persoonsgegevens. Thuis kan een microfoon ook anderen horen, zoals je gezin. In Frankrijk was voortdurend filmen met geluid in 2024 een van de redenen voor een boete.
category-ask-microphone = Kan er geluid opgenomen worden via mijn computer? Wanneer gebeurt dat, en wie kan het horen?
category-rules-source-microphone = Autoriteit Persoonsgegevens, controle van personeel: https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-uitkering/controle-van-personeel

category-rules-contacts = Met wie je contact hebt, kan ook laten zien dat je lid bent van een vakbond. Lidmaatschap van een vakbond is in de privacywet (AVG) extra beschermd. Een werkgever mag zulke gegevens alleen gebruiken als de wet een uitzondering maakt.
category-ask-contacts = Wordt bijgehouden met wie ik mail, chat of bel? Geldt dat ook voor contact met de vakbond, de ondernemingsraad of de bedrijfsarts?
category-rules-source-contacts = Privacywet (AVG), artikel 9: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-message_content = Het Europees Hof voor de Rechten van de Mens noemde in 2017 waar een rechter naar kijkt. Is vooraf duidelijk verteld dat de werkgever kan meelezen, en kon het met minder? Voor de inhoud van berichten zijn zwaardere redenen nodig dan voor alleen met wie en wanneer.
category-ask-message_content = Kan iemand mijn mails en chats lezen? Wanneer mag dat, wie beslist erover en hoor ik het dan?
category-rules-source-message_content = Europees Hof voor de Rechten van de Mens, Bărbulescu, 5 september 2017, uitgelegd door een advocatenkantoor (in het Engels): http://ellulschranz.com/employment/recent-ruling-barbulescu-v-romania-mean-employers-monitoring-employees-communications-future/

category-rules-calls_meetings = We kennen hiervoor geen aparte regel, dus de algemene regels gelden. Wie werknemers controleert, moet rekening houden met vertrouwelijke gesprekken, schrijft de Autoriteit Persoonsgegevens. Opnemen gaat verder dan alleen tellen.
category-ask-calls_meetings = Worden mijn gesprekken of vergaderingen geteld, opgenomen of omgezet in tekst? Hoor ik dat vooraf, en wie kan het terugkijken?
category-rules-source-calls_meetings = Autoriteit Persoonsgegevens, controle van personeel: https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-uitkering/controle-van-personeel

category-rules-network_traffic = Vaak is het doel beveiliging: aanvallen tegenhouden. Is het systeem ook geschikt om gedrag te volgen, dan moet de ondernemingsraad, als die er is, meestal vooraf instemmen. Je kunt vragen waar het nog meer voor gebruikt wordt.
category-ask-network_traffic = Worden beveiligde pagina's die ik bezoek opengemaakt en gelezen? Is dat alleen voor de beveiliging, en welke sites slaat het over?
category-rules-source-network_traffic = Wet op de ondernemingsraden, artikel 27: https://wetten.overheid.nl/BWBR0002747

category-rules-files = We kennen hiervoor geen aparte regel, dus de algemene regels van de privacywet (AVG) gelden. Er moet een duidelijk doel zijn, en niet meer gegevens dan nodig. Gegevens die voor de beveiliging bewaard zijn, mogen niet zomaar voor iets anders gebruikt worden.
category-ask-files = Wordt bijgehouden welke bestanden ik open, verander of verstuur? Waarvoor, en wordt het ook gebruikt om mij te beoordelen?
category-rules-source-files = Privacywet (AVG), artikel 5: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-usb_print = Vaak is het doel dat er geen gegevens van het werk weglekken. De privacywet (AVG) vraagt een duidelijk doel, en niet meer gegevens dan nodig. Je kunt ook kijken wat de regels van je werk zeggen over kopiëren en printen.
category-ask-usb_print = Wordt bijgehouden wat ik op een USB-stick zet of print? Wordt ook de inhoud bewaard, en wie kan dat zien?
category-rules-source-usb_print = Privacywet (AVG), artikel 5: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-device_inventory = Wie computers beheert, houdt dit meestal bij; dat is op het werk gewoon. De privacywet (AVG) vraagt wel een duidelijk doel, en niet meer gegevens dan nodig. Je kunt vragen waar de lijst nog meer voor gebruikt wordt.
category-ask-device_inventory = Welke gegevens van mijn computer worden bijgehouden? Waar worden ze nog meer voor gebruikt dan voor het beheer?
category-rules-source-device_inventory = Privacywet (AVG), artikel 5: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-security_log = Het doel is beveiliging, en de privacywet (AVG) vraagt organisaties om gegevens goed te beveiligen. Dat is iets anders dan bijhouden hoe goed je werkt. Zulke gegevens mogen niet zomaar voor iets anders gebruikt worden; je kunt vragen waar ze nog meer voor dienen.
category-ask-security_log = Wat bewaart de beveiliging over mij, en hoe lang? Mag een leidinggevende daarin kijken, en waarvoor?
category-rules-source-security_log = Privacywet (AVG), artikelen 5 en 32: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-remote_control = Voor hulp en beheer is dit gewoon. Wordt er ook mee gecontroleerd, dan gelden de algemene regels. Stiekem mag dat alleen bij een redelijk vermoeden, en nooit voortdurend; achteraf moet het verteld worden.
category-ask-remote_control = Wie kan mijn computer op afstand overnemen, en moet ik daar eerst ja op zeggen? Wordt bijgehouden wanneer het gebeurt?
category-rules-source-remote_control = Autoriteit Persoonsgegevens, voorwaarden voor heimelijke controle: https://autoriteitpersoonsgegevens.nl/themas/werk-en-uitkering/controle-van-werknemers/voorwaarden-voor-heimelijke-controle-werknemers

category-rules-location = Voor grootschalig of stelselmatig volgen met GPS is vooraf een onderzoek naar de risico's nodig (een DPIA). De ondernemingsraad, als die er is, moet meestal vooraf instemmen met zo'n systeem.
category-ask-location = Wordt bijgehouden waar mijn computer of telefoon is? Gaat dat uit buiten werktijd, en waarvoor is het nodig?
category-rules-source-location = Autoriteit Persoonsgegevens, lijst van verplichte onderzoeken vooraf (DPIA), nummer 11: https://wetten.overheid.nl/BWBR0042812

category-rules-building_presence = De Autoriteit Persoonsgegevens noemt registratie van tijd en toegang als voorbeeld van een systeem dat personeel kan volgen. De ondernemingsraad, als die er is, moet daar meestal vooraf mee instemmen.
category-ask-building_presence = Wordt met mijn pas, de wifi of een sensor bijgehouden wanneer en waar ik op kantoor ben? Waarvoor, en wie kan dat zien?
category-rules-source-building_presence = Autoriteit Persoonsgegevens, ondernemingsraad: https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-en-uitkering/ondernemingsraad-or

category-rules-work_output = Ook een programma voor het werk zelf kan een systeem zijn dat personeel kan volgen. De Autoriteit Persoonsgegevens noemt een zaaksysteem als voorbeeld. De ondernemingsraad, als die er is, moet daar meestal vooraf mee instemmen.
category-ask-work_output = Wordt per persoon geteld hoeveel werk ik doe? Wie ziet die cijfers, en wat wordt ermee gedaan?
category-rules-source-work_output = Autoriteit Persoonsgegevens, ondernemingsraad: https://autoriteitpersoonsgegevens.nl/nl/onderwerpen/werk-en-uitkering/ondernemingsraad-or

category-rules-score = Profielen maken van hoe mensen werken, staat op een lijst van de Autoriteit Persoonsgegevens. Voor wat daarop staat, is vooraf een onderzoek naar de risico's nodig (een DPIA). Europa heeft extra regels gemaakt voor AI die werknemers beoordeelt, maar die golden in november 2026 nog niet.
category-ask-score = Krijg ik een cijfer, of word ik met collega's vergeleken? Hoe wordt dat berekend, en wat gebeurt ermee?
category-rules-source-score = Autoriteit Persoonsgegevens, lijst van verplichte onderzoeken vooraf (DPIA), nummer 15: https://wetten.overheid.nl/BWBR0042812

category-rules-automated_decision = Volgens de privacywet (AVG) mag een besluit met grote gevolgen voor jou meestal niet alleen door een computer genomen worden. Er zijn uitzonderingen. Je kunt vragen of er zulke besluiten zijn, en hoe ze tot stand komen.
category-ask-automated_decision = Neemt een computer besluiten over mij, bijvoorbeeld over mijn rooster of loon? Hoe werkt dat, en kan ik met iemand praten die het kan veranderen?
category-rules-source-automated_decision = Privacywet (AVG), artikelen 15 en 22: https://eur-lex.europa.eu/eli/reg/2016/679/oj

category-rules-emotion = Sinds 2 februari 2025 mag AI op het werk in de EU niet proberen te zien hoe je je voelt. Het mag wel om medische redenen of voor de veiligheid. Het gaat om AI die kijkt naar je gezicht, je stem of hoe je typt.
category-ask-emotion = Probeert een programma te zien hoe ik me voel? Waar kijkt het dan naar, en waarvoor is dat?
category-rules-source-emotion = Future of Privacy Forum over de AI-verordening, artikel 5 (in het Engels): https://fpf.org/blog/red-lines-under-eu-ai-act-unpacking-the-prohibition-of-emotion-recognition-in-the-workplace-and-education-institutions

category-rules-biometrics = Gegevens waarmee een systeem jou aan je lichaam herkent, zijn in de privacywet (AVG) extra beschermd. In Nederland is er een uitzondering als het nodig is om te controleren wie je bent, of voor de beveiliging. Zelf inloggen met je gezicht of vinger is meestal geen controle.
category-ask-biometrics = Word ik herkend aan mijn gezicht, vinger, stem of manier van typen? Waarom is dat nodig, en kan het ook anders?
category-rules-source-biometrics = Uitvoeringswet AVG, artikel 29: https://wetten.overheid.nl/BWBR0040940

category-rules-health = Gegevens over je gezondheid zijn in de privacywet (AVG) extra beschermd. Een werkgever mag ze alleen gebruiken als de wet een uitzondering maakt. Toestemming telt op het werk meestal niet, omdat nee zeggen tegen je werkgever moeilijk is.
category-ask-health = Worden er gegevens over mijn lichaam, stress, slaap of beweging bewaard? Wie kan die zien, en kan ik nee zeggen zonder gevolgen?
category-rules-source-health = Uitvoeringswet AVG, artikel 30: https://wetten.overheid.nl/BWBR0040940

category-rules-unspecified = We weten niet wat dit programma bewaart, dus we noemen de algemene regels. Een werkgever moet kunnen uitleggen waarom controle nodig is, en het vooraf vertellen. Is er een ondernemingsraad, dan moet die meestal vooraf instemmen met een systeem dat personeel kan volgen.
category-ask-unspecified = Waarvoor staat dit programma op mijn computer? Wat bewaart het over mij, en wie kan dat zien?
category-rules-source-unspecified = Minister van Sociale Zaken, antwoord aan de Tweede Kamer, 31 mei 2021: https://zoek.officielebekendmakingen.nl/ah-tk-20202021-2966.html

class-employee-monitoring-innocent = Dit programma is gemaakt om te volgen wat mensen doen, maar niet elk bedrijf zet alles aan. Soms telt het alleen uren, of welke programma's het bedrijf echt nodig heeft. Het kan ook over zijn van vroeger of van een vorige gebruiker.
class-employee-monitoring-ask = Waarvoor wordt dit programma gebruikt, en wat staat er aan? Wie ziet de gegevens, en hoe lang blijven ze bewaard? Waar kan ik lezen dat het vooraf verteld is?
class-employee-monitoring-who = Dat is meestal een werkgever of het bedrijf dat de computers beheert. Op je eigen computer kan het ook iemand anders zijn.

class-time-tracking-innocent = Veel mensen schrijven hiermee hun uren, voor hun loon of voor een rekening aan een klant. Vaak zet je het zelf aan en uit, en kun je zien wat het bewaart.
class-time-tracking-ask = Wordt alleen bijgehouden hoeveel uur ik werk, of ook wat ik dan doe? Worden er foto's van mijn scherm gemaakt, of wordt mijn muis geteld? Wie ziet dat?
class-time-tracking-who = Dat kan een werkgever of een klant zijn, of alleen jijzelf.

class-remote-access-innocent = Een helpdesk gebruikt dit om je van een andere plek te helpen. Misschien gebruik je het zelf, om van huis bij een andere computer te komen. Soms is het blijven staan nadat iemand je een keer hielp.
class-remote-access-ask = Wie kan hiermee op mijn computer, en moet ik daar eerst ja op zeggen? Kan ik zien dat er iemand meekijkt? Wordt bijgehouden wanneer dat gebeurt?
class-remote-access-who = Dat is meestal een helpdesk of een beheerder, maar het kan iedereen zijn die de code of het account heeft.

class-device-management-innocent = Bijna elk bedrijf beheert computers zo: het zet er programma's op, houdt ze bijgewerkt en beveiligd. Ook een eigen computer kan zijn aangemeld, doordat je er een account van werk of school op hebt gezet.
class-device-management-ask = Wat is via het beheer van mijn computer te zien, en wat niet? Waar wordt het nog meer voor gebruikt? Kan de computer ook op afstand gewist worden, en is te zien waar hij is?
class-device-management-who = Dat is de ICT-afdeling van je werk of school, of een bedrijf dat dit voor hen doet.

class-security-dlp-innocent = Dit beschermt computers tegen aanvallen, of voorkomt dat gegevens van klanten weglekken. Bijna elk bedrijf heeft zoiets. Om dat te kunnen, ziet het veel van wat er op een computer gebeurt.
class-security-dlp-ask = Waar worden de gegevens van de beveiliging nog meer voor gebruikt? Mag een leidinggevende erin kijken? Hoe lang blijven ze bewaard?
class-security-dlp-who = Dat is meestal wie de beveiliging doet voor je werk; thuis kun je het zelf zijn.

class-network-filter-innocent = Dit houdt gevaarlijke sites tegen, of laat je veilig bij het netwerk van je werk. Scholen en gezinnen gebruiken ook zulke filters. Sommige mensen kiezen het zelf, tegen reclame.
class-network-filter-ask = Wordt alleen tegengehouden wat gevaarlijk is, of ook bewaard welke sites ik bezoek? Worden beveiligde pagina's opengemaakt? Gaat mijn verkeer er ook buiten werktijd doorheen?
class-network-filter-who = Dat is wie het filter heeft ingesteld: je werk, je school, iemand thuis of jijzelf.

class-keylogger-innocent = Soms zet iemand zo'n programma zelf op zijn computer, om verloren tekst terug te vinden of iets te testen. Het kan over zijn van een vorige eigenaar. Er zijn weinig gewone redenen om te bewaren wat een ander typt.
class-keylogger-ask = Is de computer van je werk, dan kun je vragen waarom dit erop staat, en wat het bewaart. Denk je aan iemand uit je omgeving, dan kun je eerst ergens anders hulp vragen, voordat je erover begint.
class-keylogger-who = Dat kan een partner of een ouder zijn, de eigenaar van de computer, of iemand van je werk. Voel je je niet veilig, dan kun je Veilig Thuis bellen: 0800-2000, gratis, dag en nacht. Doe dat op een telefoon waar niemand anders bij kan. Is er direct gevaar, bel dan 112.

class-parental-control-innocent = Ouders gebruiken dit om kinderen te beschermen of hun schermtijd te beperken. Misschien was de computer eerst van een kind, of gebruikt het hele gezin hem. Het systeem zelf heeft zoiets soms ook al aan boord.
class-parental-control-ask = Voor wie is dit ingesteld, en wat kan diegene van mij zien? Heb je de computer van een ander gekregen, dan kun je vragen of dit nog nodig is. Voelt dat niet veilig, dan kun je eerst ergens anders hulp vragen.
class-parental-control-who = Dat kan een ouder of een partner zijn, of wie de computer bezit of heeft ingesteld. Voel je je niet veilig, dan kun je Veilig Thuis bellen: 0800-2000, gratis, dag en nacht. Doe dat op een telefoon waar niemand anders bij kan. Is er direct gevaar, bel dan 112.

class-proctoring-innocent = Scholen gebruiken dit bij examens thuis, en bedrijven bij toetsen voor een diploma. Het hoort alleen tijdens het examen te werken. Vaak blijft het daarna op de computer staan.
class-proctoring-ask = Werkt dit alleen tijdens het examen? Welke beelden en geluiden worden bewaard, hoe lang, en wie bekijkt ze? Mag het er na het examen af?
class-proctoring-who = Dat is de school of de organisatie die het examen afneemt, of het bedrijf dat voor hen toezicht houdt.

class-system-logging-innocent = Elk systeem houdt bij wat er gebeurt, om fouten en aanvallen te kunnen vinden. Vaak staat dit vanzelf aan, of heeft een beheerder het aangezet. Het is niet gemaakt om mensen te beoordelen.
class-system-logging-ask = Wat wordt hier bijgehouden, en hoe lang? Wie kan het lezen, en gaat het ook naar een andere computer?
class-system-logging-who = Dat is wie deze computer beheert; op je eigen computer ben je dat meestal zelf.

class-self-tracking-innocent = Hiermee kun je je eigen tijd of werk bijhouden. Misschien heb je het zelf geïnstalleerd, of stond het al op de computer.
class-self-tracking-ask = Je kunt jezelf afvragen: heb ik dit zelf gekozen? Waar bewaart het de gegevens: op deze computer of ook ergens anders? Deel ik ze met iemand?
class-self-tracking-who = Dat ben je zelf, tenzij je ervoor kiest om de gegevens met anderen te delen.
