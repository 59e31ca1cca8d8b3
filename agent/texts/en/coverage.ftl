source-processes = Your own running programs
source-processes_of_others = Running programs of the system and of others
source-process_paths = The place of running programs
source-packages = Installed packages
source-flatpak = Flatpak programs
source-snap = Snap programs
source-programs = Other programs
source-systemd = System services
source-xdg_autostart = Programs that start at login
source-cron = Scheduled tasks of the system
source-cron_of_others = Personal scheduled tasks
source-shell_profiles = Settings of the command line
source-dbus_services = Programs that start when asked for
source-kernel_modules = Parts of the system's core
source-preload = Libraries loaded into every program
source-pam = Modules for logging in
source-nss = Modules for accounts
source-browser_extensions = Browser extensions
source-browser_policies = Policies for browsers
source-native_messaging = Helpers of browser extensions
source-certificates = Root certificates of the system
source-browser_certificates = Root certificates of browsers
source-proxy = Proxy settings
source-dns = Name servers
source-signature_paths = Files and folders of known products
source-system_settings = Settings of the system
source-input_and_screen = Which program reads keyboard, mouse, screen or clipboard
source-server_side = Servers and the cloud
source-network_side = The network outside this computer
source-installed_programs = The list of installed programs
source-store_packages = Programs from the Microsoft Store
source-services = Services and drivers
source-filter_drivers = Drivers that files, keys, mouse or network go through
source-run_keys = Programs that start when you log in
source-startup_folders = Startup folders
source-scheduled_tasks = Scheduled tasks
source-logon_parts = Parts of the system that take part in logging in
source-guarded_folders = Folders that macOS guards: your documents and data of other programs
source-registry_keys = Registry keys of known products
source-code_signatures = Who made and signed programs
source-device_management = Whether an organisation manages the computer
source-applications = Applications
source-receipts = Receipts of installed programs
source-launchd = Programs that macOS starts by itself
source-login_items = Login items and background items
source-system_extensions = System extensions
source-kernel_extensions = Extensions of the system's core
source-configuration_profiles = Configuration profiles
source-managed_preferences = Settings that an organisation makes for programs
source-privacy_decisions = Which programs may see the screen, the keyboard or your files
source-network_extensions = Programs that network traffic goes through
source-event_taps = Programs that listen to keyboard or mouse
source-devices_in_use = Camera, microphone and screen, in use now

reason-absent = it does not exist here.
reason-permission_denied = this account may not read it.
reason-malformed = it could not be understood.
reason-too_large = it is too large to read.
reason-not_a_file = something else lies there than a file or folder.
reason-link_loop = links there go round in a circle.
reason-too_many = there is more than we look at.
reason-timed_out = there was no time left.
reason-read_error = reading failed.
reason-not_live = only a running computer shows it, and a folder was examined.
reason-no_home = the personal folder is not known.
reason-hidden_processes = the system hides programs of others.
reason-unsupported_format = this version cannot read it.
reason-unsettled_hive = the computer was not shut down, and its last changes are kept in a form that this version cannot read.
reason-needs_full_disk_access = macOS shows it only to programs with "Full Disk Access". Inzage does not ask for that.
reason-would_ask = macOS would ask you a question if we looked there, so we did not.
reason-not_shown_by_system = the system tells this to no program.
reason-not_on_this_computer = it is not on this computer.
reason-internal_error = a fault in this program. Please report it.
reason-unknown = the reason is not known.

coverage-none = Not looked at:
coverage-partial = Partly looked at:
coverage-full = { $count ->
        [one] 1 place was looked at fully.
       *[other] { $count } places were looked at fully.
    }
reason-places = { $more ->
        [0] ({ $path })
       *[other] ({ $path } and { $more } more)
    }
