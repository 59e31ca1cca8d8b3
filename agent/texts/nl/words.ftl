level-seen = gezien
level-on = staat aan
level-possible = mogelijk
level-not_found = niet gevonden
level-unknown = onbekend

state-running = draait nu
state-autostart = start vanzelf
state-installed = staat op de computer
state-unknown = of het er staat, is niet bekend
state-remains = alleen resten

confidence-confirmed = zeker
confidence-possible = niet zeker

class-employee-monitoring = volgt wat werknemers doen
class-time-tracking = werktijd
class-remote-access = meekijken en bedienen op afstand
class-device-management = beheer van computers
class-security-dlp = beveiliging
class-network-filter = filter voor netwerkverkeer
class-keylogger = bewaart wat er getypt wordt
class-parental-control = toezicht door ouders
class-proctoring = toezicht bij examens
class-system-logging = logboek van het systeem
class-self-tracking = jezelf bijhouden

group-monitoring = Gemaakt om mensen te volgen
group-management = Beheer, beveiliging en werkprogramma's
group-own = Je eigen hulpmiddelen

part-agent = het deel dat meekijkt
part-viewer = het programma van wie kijkt
part-console = het programma van wie beheert
part-extension = deel in de browser
part-remains = achtergebleven na verwijderen

when-always = Altijd, als het draait
when-optional = Als iemand het aanzet
when-undocumented = Niet beschreven

visibility-visible = je kunt het zelf zien
visibility-hidden = het heeft geen venster of icoon
visibility-either = wie het installeert, kiest of je het ziet
visibility-undocumented = of je het kunt zien, is niet beschreven

strength-strong = sterk
strength-weak = zwak
strength-generic = zwak: anderen hebben deze naam ook

kind-path = bestand of map
kind-process = naam van een draaiend programma
kind-package = pakket
kind-unit = systeemdienst
kind-desktop_entry = vermelding van een programma
kind-dbus_name = D-Bus-naam
kind-kernel_module = kernelmodule
kind-pam_module = inlogmodule
kind-nss_module = accountmodule
kind-extension = browserextensie
kind-native_host = hulpprogramma van een browser
kind-browser_policy = browserregel
kind-certificate = certificaat
kind-certificate_name = naam van een certificaat
kind-service = Windows-service
kind-uninstall_key = regel in de lijst van programma's
kind-upgrade_code = code van het installatieprogramma
kind-program_name = naam in de lijst van programma's
kind-registry_key = registersleutel
kind-signer = wie het ondertekende
kind-scheduled_task = geplande taak
kind-run_entry = regel die start als je inlogt
kind-bundle_id = kenmerk van het programma
kind-team_id = maker die het ondertekende
kind-launchd_label = macOS-service
kind-managed_preferences = instellingen van je werkgever
kind-setting = systeeminstelling

fact-process = draaiende programma's
fact-package = pakketten
fact-program = programma's buiten pakketten
fact-installed-program = geïnstalleerde programma's
fact-application = programma's
fact-signature = handtekeningen van programma's
fact-registry-key = registersleutels
fact-managed-preferences = instellingen van de werkgever
fact-menu-entry = programma's in het menu
fact-autostart = dingen die kunnen starten
fact-kernel-module = kernelmodules
fact-filter-driver = stuurprogramma's ertussen
fact-preload = vooraf geladen onderdelen
fact-auth-module = inlogmodules
fact-extension = browserextensies
fact-browser-policy = browserregels
fact-native-host = hulpprogramma's van browsers
fact-certificate = ongewone basiscertificaten
fact-proxy = proxy's
fact-dns = naamservers
fact-file = bestanden en mappen van bekende producten
fact-system-extension = systeemextensies
fact-network-extension = programma's waar netwerkverkeer doorheen gaat
fact-configuration-profile = configuratieprofielen
fact-privacy-decision = toestemmingen van programma's
fact-event-tap = programma's die luisteren naar toetsenbord of muis
fact-device-in-use = apparaten in gebruik
fact-setting = systeeminstellingen

setting-process-accounting = het systeem houdt bij welke programma's gebruikt zijn
setting-mdm-enrolment = aangemeld bij een server voor beheer
setting-intune-enrolment = aangemeld bij Microsoft Intune
setting-entra-join = hoort bij een organisatie in Microsoft Entra
setting-workplace-account = er is een account van werk of school toegevoegd
setting-domain-join = hoort bij een Windows-domein
setting-defender-for-endpoint = stuurt meldingen naar Microsoft Defender for Endpoint
setting-configmgr-client = wordt beheerd met Microsoft Configuration Manager
setting-remote-desktop = Extern bureaublad staat aan
setting-remote-desktop-shadow = meekijken via Extern bureaublad mag
setting-remote-desktop-shadow-without-consent = meekijken via Extern bureaublad mag zonder het te vragen
setting-remote-assistance = Hulp op afstand mag
setting-remote-assistance-unsolicited = Hulp op afstand mag ongevraagd aangeboden worden

group-monitoring-explained = Deze producten zijn gemaakt om te volgen wat mensen doen. Vraag waarvoor het gebruikt wordt, en of het vooraf verteld is.
group-management-explained = Vaak gewoon: ze zorgen dat een computer blijft werken en beschermd is, of je gebruikt ze voor je werk. Ze kunnen ook iets van jou zien; vraag waar ze nog meer voor gebruikt worden.
group-own-explained = Hiermee kun je je eigen tijd of werk bijhouden.
