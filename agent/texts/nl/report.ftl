headline-none = We hebben geen programma gevonden waarvan we weten dat het gemaakt is om mensen te volgen.
headline-found = { $count ->
        [one] Op deze computer staat een programma dat gemaakt is om mensen te volgen: { $names }.
       *[other] Op deze computer staan { $count } programma's die gemaakt zijn om mensen te volgen: { $names }.
    }
beside-management = { $count ->
        [one] Er is 1 programma voor beheer, beveiliging of werk dat ook iets van jou kan zien.
       *[other] Er zijn { $count } programma's voor beheer, beveiliging of werk die ook iets van jou kunnen zien.
    }
beside-own = { $count ->
        [one] Er is 1 programma waarmee je jezelf kunt bijhouden.
       *[other] Er zijn { $count } programma's waarmee je jezelf kunt bijhouden.
    }
beside-observations = { $count ->
        [one] Er is 1 instelling waardoor iemand kan meekijken.
       *[other] Er zijn { $count } instellingen waardoor iemand kan meekijken.
    }
beside-weak = { $count ->
        [one] Er is 1 zwak spoor, te zwak om zeker te zijn.
       *[other] Er zijn { $count } zwakke sporen, te zwak om zeker te zijn.
    }
beside-unseen = { $count ->
        [one] 1 plek kon niet of niet helemaal bekeken worden. Niets gevonden betekent niet dat er niets is.
       *[other] { $count } plekken konden niet of niet helemaal bekeken worden. Niets gevonden betekent niet dat er niets is.
    }
report-categories = Wat er gezien kan worden
report-observations = Instellingen waardoor iemand kan meekijken
report-weak = Zwakke sporen
report-weak-explained = Deze sporen zijn te zwak om te zeggen dat het programma er is, of ze laten alleen zien wat ervan over is. Ze tellen hierboven niet mee.
report-coverage = Wat niet bekeken kon worden
report-end = Er is niets bewaard en niets verstuurd. "Niet gevonden" betekent niet dat niemand meekijkt: veel gebeurt op servers en is van hieruit niet te zien. Dit is geen juridisch oordeel.
report-version = Bekend zijn { $products } producten; lijst van { $version }, programma { $program }.
by = door: { $names }
by-others = ook { $level } door: { $names }
finding-maker = Gemaakt door { $maker }.
finding-since = Hier sinds (of laatst bijgewerkt op) { $date }, volgens { $source }.
finding-evidence = Herkend aan:
unknown-autostart = Of het vanzelf start, konden we niet zien.
unknown-running = Of het nu draait, konden we niet zien.
source = bron: { $url }
cite = { $url }{ $place }, gelezen op { $read }
at-place = in { $place }{" "}
and-more = en nog { $count }
observation-categories = Dit kan gaan over: { $names }.
observation-ordinary = Dit is gewoon en geen reden tot zorg.
observation-added-root-certificate = Een toegevoegd basiscertificaat
observation-added-root-certificate-explained = Wie de sleutel van dit certificaat heeft, kan je computer laten vertrouwen op beveiligde pagina's waar die persoon in meeleest. Bedrijven voegen zulke certificaten toe voor de beveiliging; virusscanners en programmeurs doen dat ook. Het laat niet zien dat er iemand meeleest.
observation-proxy = Internetverkeer gaat via een proxy
observation-proxy-explained = Je internetverkeer gaat eerst langs een andere computer of een ander programma. Daar kan gezien en bewaard worden welke sites je bezoekt.
observation-forced-extension = Een verplichte browserextensie die elke pagina kan lezen
observation-forced-extension-explained = Iemand heeft ingesteld dat je browser deze extensie moet hebben. De extensie mag elke pagina lezen en veranderen die je opent, ook wat je daar typt. Wachtwoordkluizen en reclameblokkers hebben dat ook nodig.
observation-preload = Een onderdeel dat in elk programma geladen wordt
observation-preload-explained = Dit onderdeel wordt in programma's geladen voordat hun eigen delen starten. Het kan daar zien wat je start, typt en opent.
observation-remote-shadow = Anderen kunnen meekijken op het scherm zonder het te vragen
observation-remote-shadow-explained = Door een instelling van Windows kan een beheerder van een andere plek meekijken op je scherm, of het overnemen, zonder het eerst aan jou te vragen. Het laat niet zien dat iemand dat doet.
observation-remote-assistance = Anderen kunnen ongevraagd hulp aanbieden
observation-remote-assistance-explained = Door een instelling van Windows kunnen bepaalde mensen aanbieden om je van een andere plek te helpen. Ze zien je scherm, en kunnen het overnemen, alleen als jij dat goed vindt.
observation-remote-desktop = De computer kan van een andere plek gebruikt worden
observation-remote-desktop-explained = Extern bureaublad staat aan. Wie een account met dat recht heeft, kan van een andere plek inloggen op deze computer. Je ziet dan dat je uitgelogd bent of dat het scherm op slot gaat.
observation-device-managed = De computer wordt beheerd door een organisatie
observation-device-managed-explained = Deze computer is aangemeld bij een systeem waarmee een organisatie computers beheert. Daar kan men zien welke computer dit is, welke programma's erop staan en of hij bijgewerkt is. Men kan ook instellingen veranderen en programma's installeren.
observation-screen-sharing = Anderen kunnen meekijken op het scherm van deze Mac
observation-screen-sharing-explained = Schermdeling of Extern beheer staat aan. Wie een account met dat recht heeft, kan van een andere plek meekijken op je scherm, of het overnemen. Het laat niet zien dat iemand dat doet.
observation-may-see-screen = Een programma mag het scherm zien
observation-may-see-screen-explained = Dit programma mag zien wat er op je scherm staat. Programma's om te bellen of om schermafbeeldingen te maken hebben dat ook nodig. Het laat niet zien dat het programma kijkt of iets bewaart.
observation-may-read-keys = Een programma mag toetsen lezen of de computer bedienen
observation-may-read-keys-explained = Dit programma mag lezen wat je in andere programma's typt, of voor jou op toetsen en knoppen drukken. Programma's voor sneltoetsen, en hulpmiddelen voor mensen die geen muis kunnen gebruiken, hebben dat ook nodig. Het laat niet zien dat het programma bewaart wat je typt.
observation-content-filter = Een filter op internetverkeer
observation-content-filter-explained = Dit programma hoort welke verbindingen andere programma's maken, en kan ze tegenhouden. Het kan zien welke sites je bezoekt. Programma's voor beveiliging en ouderlijk toezicht werken ook zo. Het laat niet zien dat het programma dit bewaart.
observation-keyboard-listener = Een programma dat meeluistert met het toetsenbord
observation-keyboard-listener-explained = Het systeem vertelt dit programma welke toetsen je indrukt. Programma's voor sneltoetsen hebben dat ook nodig. Het laat niet zien dat het programma bewaart wat je typt.
observation-device-in-use = Camera, microfoon of scherm in gebruik
observation-device-in-use-explained = Toen dit programma keek, was de camera of de microfoon in gebruik, of was het scherm voor iemand anders te zien. Tijdens een gesprek is dat gewoon. Wie er aan de andere kant is, vertelt het systeem niet.
observation-endpoint-security = Een programma dat hoort wat er op de computer gebeurt
observation-endpoint-security-explained = Het systeem vertelt dit programma welke programma's starten en welke bestanden ze gebruiken. Programma's voor beveiliging hebben dat nodig. Het laat niet zien wat het programma bewaart of verstuurt.
set-by-policy = Ingesteld door een regel van een beheerder.
set-by-system = Ingesteld in het systeem zelf; alleen een beheerder kan dat veranderen.
set-by-distribution = Ingesteld door de maker van het systeem.
set-by-user = Ingesteld in je eigen account.
set-by-unknown = Wie het ingesteld heeft, is niet te zien.
inventory-title = Wat er op deze computer bekeken is
inventory-end = inzage inventory --json schrijft alles wat gevonden is.
product-formerly = Vroeger: { $names }
product-observes = Wat het kan zien
product-indicators = Waaraan het herkend wordt
product-not-recognisable = nog niet te herkennen op de computer
product-not-recognisable-explained = Het is nog niet te herkennen op de computer: er is geen spoor bekend met een bron die je kunt nalezen.
products-count = { $count ->
        [one] 1 product, lijst van { $version }.
       *[other] { $count } producten, lijst van { $version }.
    }
