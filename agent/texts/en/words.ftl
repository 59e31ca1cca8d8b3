level-seen = seen
level-on = switched on
level-possible = possible
level-not_found = not found
level-unknown = unknown

state-running = runs now
state-autostart = starts by itself
state-installed = is on the computer
state-unknown = whether it is here is not known
state-remains = only remains

confidence-confirmed = certain
confidence-possible = not certain

class-employee-monitoring = follows what workers do
class-time-tracking = working time
class-remote-access = looking and controlling from elsewhere
class-device-management = management of computers
class-security-dlp = security
class-network-filter = filter for network traffic
class-keylogger = keeps what is typed
class-parental-control = control by parents
class-proctoring = watching during exams
class-system-logging = log of the system
class-self-tracking = keeping track of yourself

group-monitoring = Made to follow people
group-management = Management, security and work programs
group-own = Your own tools

part-agent = the part that observes
part-viewer = the program of the one who looks
part-console = the program of the one who manages
part-extension = part in the browser
part-remains = left after removal

when-always = Always, when it runs
when-optional = When somebody switches it on
when-undocumented = Not documented

visibility-visible = you can see it yourself
visibility-hidden = it has no window or icon
visibility-either = the one who installs it chooses whether you see it
visibility-undocumented = whether you can see it is not documented

strength-strong = strong
strength-weak = weak
strength-generic = weak: others have this name too

kind-path = file or folder
kind-process = name of a running program
kind-package = package
kind-unit = system service
kind-desktop_entry = entry of a program
kind-dbus_name = D-Bus name
kind-kernel_module = kernel module
kind-pam_module = login module
kind-nss_module = account module
kind-extension = browser extension
kind-native_host = helper of a browser
kind-browser_policy = browser policy
kind-certificate = certificate
kind-certificate_name = name of a certificate
kind-service = Windows service
kind-uninstall_key = entry in the list of installed programs
kind-upgrade_code = code of the installer
kind-program_name = name in the list of installed programs
kind-registry_key = registry key
kind-signer = who signed it
kind-scheduled_task = scheduled task
kind-run_entry = entry that starts at login
kind-bundle_id = identifier of the program
kind-team_id = developer who signed it
kind-launchd_label = macOS service
kind-managed_preferences = settings from your employer
kind-setting = system setting

fact-process = running programs
fact-package = packages
fact-program = programs outside packages
fact-installed-program = installed programs
fact-application = applications
fact-signature = signatures of programs
fact-registry-key = registry keys
fact-managed-preferences = settings by the employer
fact-menu-entry = programs in the menu
fact-autostart = things set to start
fact-kernel-module = kernel modules
fact-filter-driver = drivers in between
fact-preload = preloaded libraries
fact-auth-module = login modules
fact-extension = browser extensions
fact-browser-policy = browser policies
fact-native-host = helpers of browsers
fact-certificate = unusual root certificates
fact-proxy = proxies
fact-dns = name servers
fact-file = files and folders of known products
fact-system-extension = system extensions
fact-network-extension = programs that network traffic goes through
fact-configuration-profile = configuration profiles
fact-privacy-decision = permissions of programs
fact-event-tap = programs that listen to keyboard or mouse
fact-device-in-use = devices in use
fact-setting = system settings

setting-process-accounting = the system notes every program that was used
setting-mdm-enrolment = registered with a management server
setting-intune-enrolment = registered with Microsoft Intune
setting-entra-join = belongs to an organisation in Microsoft Entra
setting-workplace-account = a work or school account was added
setting-domain-join = member of a Windows domain
setting-defender-for-endpoint = reports to Microsoft Defender for Endpoint
setting-configmgr-client = managed by Microsoft Configuration Manager
setting-remote-desktop = Remote Desktop is switched on
setting-remote-desktop-shadow = looking along over Remote Desktop is allowed
setting-remote-desktop-shadow-without-consent = looking along over Remote Desktop is allowed without asking
setting-remote-assistance = Remote Assistance is allowed
setting-remote-assistance-unsolicited = Remote Assistance may be offered without being asked for

group-monitoring-explained = These products are made to follow what people do. Ask what it is used for, and whether it was announced beforehand.
group-management-explained = Often normal: they keep a computer working and secure, or are tools for your work. They can also see something of you; ask what else they are used for.
group-own-explained = With these you can keep track of your own time or work.
