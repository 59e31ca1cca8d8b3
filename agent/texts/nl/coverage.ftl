source-processes = Je eigen draaiende programma's
source-processes_of_others = Draaiende programma's van het systeem en van anderen
source-process_paths = De plaats van draaiende programma's
source-packages = Geïnstalleerde pakketten
source-flatpak = Flatpak-programma's
source-snap = Snap-programma's
source-programs = Andere programma's
source-systemd = Systeemdiensten
source-xdg_autostart = Programma's die starten bij het inloggen
source-cron = Geplande taken van het systeem
source-cron_of_others = Persoonlijke geplande taken
source-shell_profiles = Instellingen van de opdrachtregel
source-dbus_services = Programma's die starten als erom gevraagd wordt
source-kernel_modules = Onderdelen van de kern van het systeem
source-preload = Onderdelen die in elk programma geladen worden
source-pam = Modules voor het inloggen
source-nss = Modules voor accounts
source-browser_extensions = Browserextensies
source-browser_policies = Regels voor browsers
source-native_messaging = Hulpprogramma's van browserextensies
source-certificates = Basiscertificaten van het systeem
source-browser_certificates = Basiscertificaten van browsers
source-proxy = Proxy-instellingen
source-dns = Naamservers
source-signature_paths = Bestanden en mappen van bekende producten
source-system_settings = Instellingen van het systeem
source-input_and_screen = Welk programma toetsenbord, muis, scherm of klembord leest
source-server_side = Servers en de cloud
source-network_side = Het netwerk buiten deze computer
source-installed_programs = De lijst met geïnstalleerde programma's
source-store_packages = Programma's uit de Microsoft Store
source-services = Diensten en stuurprogramma's
source-filter_drivers = Stuurprogramma's waar bestanden, toetsen, muis of netwerk doorheen gaan
source-run_keys = Programma's die starten als je inlogt
source-startup_folders = Opstartmappen
source-scheduled_tasks = Geplande taken
source-logon_parts = Delen van het systeem die meedoen bij het inloggen
source-guarded_folders = Mappen die macOS bewaakt: je documenten en gegevens van andere programma's
source-registry_keys = Registersleutels van bekende producten
source-code_signatures = Wie programma's maakte en ondertekende
source-device_management = Of een organisatie de computer beheert
source-applications = Programma's
source-receipts = Bewijzen van installatie
source-launchd = Programma's die macOS vanzelf start
source-login_items = Inlogonderdelen en achtergrondonderdelen
source-system_extensions = Systeemextensies
source-kernel_extensions = Extensies van de kern van het systeem
source-configuration_profiles = Configuratieprofielen
source-managed_preferences = Instellingen die een organisatie voor programma's maakt
source-privacy_decisions = Welke programma's bij je scherm, toetsenbord of bestanden mogen
source-network_extensions = Programma's waar het netwerkverkeer doorheen gaat
source-event_taps = Programma's die luisteren naar toetsenbord of muis
source-devices_in_use = Camera, microfoon en scherm, nu in gebruik

reason-absent = bestaat hier niet.
reason-permission_denied = dit account mag het niet lezen.
reason-malformed = het was niet te begrijpen.
reason-too_large = het is te groot om te lezen.
reason-not_a_file = er ligt iets anders dan een bestand of map.
reason-link_loop = verwijzingen gaan daar in een kring.
reason-too_many = er is meer dan we bekijken.
reason-timed_out = er was geen tijd meer.
reason-read_error = lezen lukte niet.
reason-not_live = alleen een draaiende computer laat het zien, en er is een map bekeken.
reason-no_home = de persoonlijke map is niet bekend.
reason-hidden_processes = het systeem verbergt programma's van anderen.
reason-unsupported_format = deze versie kan het niet lezen.
reason-unsettled_hive = de computer was niet afgesloten; de laatste wijzigingen staan in een vorm die deze versie niet kan lezen.
reason-needs_full_disk_access = macOS laat het alleen zien aan programma's met "Volledige schijftoegang". Inzage vraagt daar niet om.
reason-would_ask = macOS zou jou een vraag stellen als we daar keken. Daarom keken we niet.
reason-not_shown_by_system = het systeem vertelt dit aan geen enkel programma.
reason-not_on_this_computer = het staat niet op deze computer.
reason-internal_error = een fout in dit programma. Meld het alsjeblieft.
reason-unknown = de reden is niet bekend.

coverage-none = Niet bekeken:
coverage-partial = Deels bekeken:
coverage-full = { $count ->
        [one] 1 plek is helemaal bekeken.
       *[other] { $count } plekken zijn helemaal bekeken.
    }
reason-places = { $more ->
        [0] ({ $path })
       *[other] ({ $path } en nog { $more })
    }
