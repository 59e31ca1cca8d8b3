cli-about = Laat zien welke programma's op deze computer kunnen meekijken met jouw werk. Het kijkt alleen; het verandert niets en verstuurt niets.
cli-after-help =
    Zonder opdracht: het venster; zonder bureaublad wordt deze computer bekeken.
    Uitkomst: 0 het is gelukt; 1 het is niet gelukt; 10 met --exit-code, als er een product zeker gevonden is.
cli-usage = Gebruik
cli-commands = Opdrachten
cli-options = Opties
cli-help-option = Laat deze uitleg zien
cli-version-option = Laat de versie zien
cli-lang = Taal van de teksten: nl of en; anders die van het systeem
cli-json = Schrijf JSON
cli-unmasked = Laat namen van mensen, computers en domeinen staan
cli-no-record = Maak geen enkel bestand, ook niet als er een logboek is
cli-exit-code = Eindig met 10 als er een product zeker gevonden is
cli-root = Bekijk deze map, ingedeeld als een computer, in plaats van deze computer
cli-os = Het systeem waarvan de map de indeling heeft; anders het systeem van deze computer
cli-user = Kijk in de persoonlijke map van deze gebruiker onder --root
cli-scan = Bekijk de computer en vertel wat er gezien kan worden
cli-inventory = Laat zien wat er op de computer gevonden is, en wat niet bekeken kon worden
cli-match = Herken producten in een inventaris die als JSON bewaard is
cli-inventory-file = Een inventaris als JSON, of - voor standaardinvoer
cli-signatures = De producten die dit programma kent
cli-signatures-list = Laat alle producten zien
cli-signatures-show = Laat zien wat er over een product bekend is, met bronnen
cli-signatures-check = Controleer productbestanden, voor wie ze schrijft
cli-signatures-export = Toon de signatures in de vorm van een ander programma
cli-export-format = De vorm: een pack voor osquery, Sigma-regels of een STIX 2.1-bundel
cli-id = Id of naam van een product
cli-check-path = Een productbestand, of een map ermee
cli-completions = Schrijf aanvullingen voor een shell
cli-shell = bash, elvish, fish, powershell of zsh
cli-man = Schrijf de handleiding (man page)
cli-see-help = (inzage --help laat zien wat je kunt vragen)
cli-unknown-argument = er is geen optie { $argument }
cli-unknown-command = er is geen opdracht { $command }
cli-missing-argument = er ontbreekt iets: { $argument }
cli-missing-command = er ontbreekt iets, een van: { $commands }
cli-missing-value = { $argument } heeft een waarde nodig
cli-wrong-value = { $argument } kan niet "{ $value }" zijn; het kan zijn: { $valid }
root-absent = { $path } is geen map die geopend kan worden; geef bij --root een map die is ingedeeld als een computer
root-denied = dit account mag { $path } niet openen
no-such-user = er is daar geen gebruiker { $name } met een persoonlijke map; zie /etc/passwd onder --root, of de map Users op een schijf van Windows
failed = { $why }
looking = Deze computer bekijken
match-unreadable = { $file } is geen inventaris die gelezen kan worden
match-other-schema = het bestand heeft de vorm "{ $schema }", en deze versie leest "{ $ours }"; maak het met: inzage inventory --json
signatures-unknown = er is geen product bekend met de naam "{ $id }"; inzage signatures list laat ze allemaal zien
signatures-fine = { $files ->
        [one] 1 bestand gecontroleerd, niets mis.
       *[other] { $files } bestanden gecontroleerd, niets mis.
    }
sharing = Als je dit deelt, kan dat iets in gang zetten: weet de ondernemingsraad van een systeem, dan heeft die misschien maar een maand om iets te doen. Vraag eerst advies, en kijk wat de regels van je werk zeggen over kopiëren.
ask-title = Is deze laptop van je werkgever? Lees dan eerst dit.
ask-text = Misschien mag je zelf geen programma's starten of installeren. Kijk in de ICT-regels van je werk. Je werkgever kan zien dat je dit programma opent, en kan dit rapport misschien lezen. Wil je dat niet? Stop dan hier, en vraag op je eigen telefoon hulp aan je vakbond, de OR of het Juridisch Loket. Zet nooit een programma van je werkgever uit. Kopieer geen bestanden van je werk. Dit programma geeft geen juridisch oordeel.
ask-question = Doorgaan en deze computer bekijken? (ja/nee)
ask-stopped = Gestopt. Er is niets bekeken.
ask-close = Druk op Enter om dit venster te sluiten.
