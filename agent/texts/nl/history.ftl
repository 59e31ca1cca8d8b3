cli-record = Bewaar wat er gevonden wordt, stop daarmee, of laat zien of er bewaard wordt
cli-record-on = Bewaar vanaf nu
cli-record-off = Bewaar niets meer; wat bewaard is, blijft
cli-record-status = Laat zien of er bewaard wordt, en waar
cli-record-erase = Haal alles wat van één vondst bewaard is uit het logboek, behalve op welke dagen er iets gebeurde
cli-record-erase-id = Id van een product, instelling of bron, zoals in inzage history --json
cli-history = Laat zien wat er van wanneer tot wanneer was, en wat er per dag veranderde
cli-verify = Controleer of er achteraf niets in het logboek veranderd is
cli-verify-file = Een kopie van het logboek, of een geschiedenis als JSON; zonder bestand je eigen logboek
cli-verify-receipt = Een controlecode die je ergens anders bewaard hebt
cli-forget = Verwijder elk bestand dat dit programma gemaakt heeft
cli-forget-yes = Vraag het niet eerst
record-no-home = je hebt geen persoonlijke map, dus er kan niets bewaard worden
record-none = er is nog geen logboek; inzage record on begint er een
record-cannot-store = je antwoord kon niet bewaard worden
record-aside = Het logboek was beschadigd. Het beschadigde bestand staat hier: { $path }. Vandaag begint een nieuw logboek.
record-not-kept = er kan nu niets bewaard worden: { $why }
record-error-file = { $path }: { $why }
record-error-newer = het logboek is gemaakt met een nieuwere versie van dit programma; gebruik die versie. Het logboek is niet veranderd
record-error-damaged = het logboek is beschadigd
record-error-full = de schijf is vol. Maak plaats en probeer het opnieuw; wat bewaard was, is er nog
record-error-read_only = in het logboek mag hier niet geschreven worden
record-error-busy = een ander programma gebruikt het logboek; probeer het later opnieuw
record-on-text = Vanaf nu wordt elke keer dat er gekeken wordt, vergeleken met de keer ervoor. Wat verandert, wordt bewaard in { $path }. Er worden alleen dagen bewaard, en hoe het met programma's en instellingen staat: geen uren, en niets van wat je doet. Alleen jouw account kan het lezen, maar wie deze computer beheert ook. inzage record off stopt ermee, inzage forget verwijdert het.
record-off-text = Er wordt niets meer bewaard. Wat bewaard was, is er nog: inzage history laat het zien, inzage forget verwijdert het.
record-off-none = Er wordt niets bewaard.
record-erase-nothing = van "{ $id }" is niets bewaard; de id's staan in inzage history --json
record-erase-busy = er is niets uit het logboek gehaald: een ander programma gebruikt het logboek; probeer het later opnieuw
record-erase-still-read = het is eruit gehaald, maar een ander programma leest het logboek nog. Daarom staat het oude nog op de schijf. Stop dat programma en doe hetzelfde opnieuw
record-erased = { $count ->
        [one] 1 regel is leeggemaakt. Op welke dag die was, blijft staan, zodat de rest nog gecontroleerd kan worden.
       *[other] { $count } regels zijn leeggemaakt. Op welke dagen die waren, blijft staan, zodat de rest nog gecontroleerd kan worden.
    }
record-status-on = Er wordt een logboek bijgehouden.
record-status-off = Er wordt geen logboek bijgehouden: je zei nee. inzage record on begint er een.
record-status-unasked = Er wordt geen logboek bijgehouden: het is je nog niet gevraagd. inzage record on begint er een.
record-status-file = { $path }: { $entries } regels sinds { $day }, { $size } KB.
record-not-asked = Niet bewaard: met inzage record on wordt bewaard wat er vanaf nu gevonden wordt. Dan zie je later sinds wanneer iets er is.
ask-record-title = Een logboek bijhouden?
ask-record-text = Dan kun je later zien sinds wanneer iets er is, en wat er veranderde. Er worden alleen dagen bewaard, en hoe het met programma's en instellingen staat, op deze computer: geen uren, en niets van wat je doet. Wie deze computer beheert, kan het lezen. Je antwoord wordt bewaard in { $path }. inzage forget verwijdert alles.
ask-record-question = Een logboek bijhouden? (ja/nee)
forget-nothing = Er is niets om te verwijderen: dit programma bewaart geen bestanden.
forget-question = Alles in { $path } verwijderen, ook het logboek? Dat kan niet ongedaan gemaakt worden. (ja/nee)
forget-needs-yes = dit verwijdert het logboek; zonder vraag gaat het met: inzage forget --yes
forget-kept = Er is niets verwijderd.
forget-failed = { $path } kon niet helemaal verwijderd worden
forget-login = het starten bij het inloggen kon niet uitgezet worden
forget-done = Alles wat dit programma gemaakt heeft, is verwijderd. Kopieën die je zelf gemaakt hebt, reservekopieën en aantekeningen van het systeem of van programma's van je werkgever kunnen er nog zijn.
verify-unreadable = { $file } is geen logboek en geen geschiedenis die gelezen kan worden
verify-no-receipt = { $file } is geen controlecode die gelezen kan worden
verify-is-receipt = { $file } is een controlecode; zo controleer je er je logboek mee: inzage verify --receipt BESTAND
verify-broken = regel { $number } van het logboek is niet zoals die geschreven is, of is weggehaald; { $fine ->
        [0] daarvoor kon niets gecontroleerd worden
        [one] de regel ervoor is zoals die geschreven is
       *[other] de { $fine } ervoor zijn zoals ze geschreven zijn
    }
verify-strange = in dit bestand staat iets dat niet bij een logboek hoort
verify-not-as-then = dit is niet meer het logboek van { $day }: wat er toen in stond, is veranderd, weggehaald of vervangen
verify-whole = { $entries ->
        [one] 1 regel, van { $first }. Die is zoals hij geschreven is.
       *[other] { $entries } regels, van { $first } tot { $last }. Elke regel is zoals die geschreven is en volgt op de vorige.
    }
verify-hidden = { $count ->
        [one] 1 waarde erin is verborgen of weggehaald.
       *[other] { $count } waarden erin zijn verborgen of weggehaald.
    }
verify-unchanged-since = Niet veranderd sinds de controlecode van { $day }.
verify-without-receipt = Er is geen eerdere controlecode, dus niemand kan zien of het hele logboek opnieuw gemaakt is.
verify-receipt = Een controlecode van vandaag staat in { $path }. Die zegt niets over wat er in het logboek staat. Bewaar er ergens anders een kopie van, of geef die aan iemand die je vertrouwt: alleen dan is later te zien dat er vóór vandaag niets veranderd is. Wie het logboek geschreven heeft, is er niet aan te zien.
verify-receipt-failed = er kon geen controlecode gemaakt worden: { $why }
report-end-kept = Wat veranderde, is bewaard in het logboek op deze computer; er is niets verstuurd. "Niet gevonden" betekent niet dat niemand meekijkt: veel gebeurt op servers en is van hieruit niet te zien. Dit is geen juridisch oordeel.
finding-seen = Hier gezien van { $first } tot { $last }, volgens het logboek.
history-empty = Er wordt een logboek bijgehouden, maar deze computer is nog niet bekeken. Dat doet inzage scan.
history-looked = { $count ->
        [one] Deze computer is op 1 dag bekeken: { $first }.
       *[other] Deze computer is op { $count } dagen bekeken, van { $first } tot { $last }.
    }
history-products = Programma's
history-observations = Instellingen waardoor iemand kan meekijken
history-days = Wat er veranderde
history-first = eerst gezien
history-last = laatst gezien
sight-seen = nu aanwezig
sight-lost = niet bekend: een plek die het laat zien, is dicht
sight-gone = weg
change-product-appeared = { $name } staat op deze computer.
change-product-possible = Er is een zwak spoor van { $name }.
change-product-remains = Alleen iets wat { $name } heeft achtergelaten, is hier.
change-it-runs = Het draait.
change-it-starts = Het start vanzelf.
change-product-started = { $name } draaide.
change-product-stopped = { $name } draaide een hele dag niet.
change-product-disappeared = { $name } is weg.
change-product-certain = { $name } is nu zeker.
change-product-installed = { $name } is geïnstalleerd.
change-product-autostart = { $name } start nu vanzelf.
change-product-no-autostart = { $name } start niet meer vanzelf.
change-sight-lost = { $name }: of het er nog is, weten we niet, want een plek die het laat zien, is dicht.
change-sight-regained = { $name } is weer te zien.
change-observation-appeared = Nieuw: { $name }.
change-observation-disappeared = Niet meer zo: { $name }.
change-category = { $name }: { $level }, voor het eerst.
change-coverage-lost = Kon minder goed bekeken worden dan eerst: { $name }.
change-coverage-gained = Kon beter bekeken worden dan eerst: { $name }.
change-signatures = Nieuwe lijst van producten: { $version }.
change-program = Versie { $version } van dit programma keek voor het eerst.
change-record-begins = Het logboek begint.
change-record-on = Het logboek werd aangezet.
change-record-off = Het logboek werd uitgezet.
change-record-damaged = Een eerder logboek was beschadigd, en wordt apart bewaard.
change-unknown = Een nieuwere versie van dit programma heeft hier iets bewaard: { $name }.
change-since = Het systeem zegt: sinds { $day }.
because-first_look = Het was er de eerste keer dat er gekeken werd.
because-signatures = De lijst is nieuw, dus misschien was het er al eerder.
because-program = Dit programma is nieuw, dus misschien was het er al eerder.
because-coverage = Eerst was het niet te zien, dus misschien is het er al langer.
