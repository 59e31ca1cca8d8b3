cli-tray = Blijf in de balk staan, kijk opnieuw als er iets verandert, en zeg dat dan
cli-tray-ask = Vraag iets aan het programma dat al draait: status, look (kijk nu), pause (pauze), continue (ga door), show (laat zien) of quit (stop)
tray-already = Inzage draait al.
tray-not-running = Inzage draait niet. Start het met: inzage tray
tray-does-not-answer = Inzage draait al, maar geeft geen antwoord.
tray-no-panel = Dit bureaublad laat geen pictogrammen van programma's zien. Inzage draait zonder. Kijk met: inzage. Stop het met: inzage tray quit
tray-alone = Je kunt Inzage niets vragen terwijl het draait ({ $why }). Het gaat wel door.
tray-status = { $summary } (proces { $pid }, versie { $version })
tray-did-not = Inzage heeft dat niet gedaan.
tray-busy = Inzage: bekijkt deze computer
tray-unknown = Inzage: niet alles kon bekeken worden
tray-not-looked = Inzage: nog niet gekeken
tray-nothing = Inzage: geen programma gevonden dat gemaakt is om mensen te volgen
tray-found = { $count ->
        [one] Inzage: 1 programma gevonden dat gemaakt is om mensen te volgen
       *[other] Inzage: { $count } programma's gevonden die gemaakt zijn om mensen te volgen
    }
tray-paused = Inzage: pauze
tray-notices = Laatste meldingen
tray-open = Openen
tray-look = Nu kijken
tray-pause = Pauze
tray-language = Taal
tray-language-nl = Nederlands
tray-language-en = English
tray-login = Starten als je inlogt
tray-tell-all = Meldingen zeggen wat er veranderd is
tray-quit = Stoppen
tray-no-terminal = Er kon geen terminal geopend worden. Open er zelf een en typ: inzage
tray-login-failed = Starten als je inlogt kon niet veranderd worden: { $why }
notice-neutral = Inzage: er is iets veranderd
notice-neutral-body = Open Inzage om te zien wat.
notice-open = Inzage openen
notice-message = Inzage: een bericht
notice-appeared = { $name } is nieuw op deze computer.
notice-appeared-listed = { $name } is nieuw in onze lijst. Misschien stond het al eerder op deze computer.
notice-started = { $name } draait nu.
notice-confirmed = Nu weten we het zeker: { $name } staat op deze computer.
notice-confirmed-listed = Onze lijst is nieuw. Nu weten we het zeker: { $name } staat op deze computer, en misschien al langer.
notice-category-on = Door een programma of instelling is dit nu te zien: { $name }.
notice-category-on-listed = Onze lijst is nieuw. Door een programma of instelling is dit te zien, misschien al langer: { $name }.
notice-category-seen = We zagen dat hiernaar gekeken wordt: { $name }.
notice-on-day = { $day }: { $what }
notice-often-normal = Op het werk is dat vaak gewoon.
notice-more = { $count ->
        [one] En nog 1 ding.
       *[other] En nog { $count } dingen.
    }
