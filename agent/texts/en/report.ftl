headline-none = We found no program that we know to be made for following people.
headline-found = { $count ->
        [one] On this computer is a program that is made for following people: { $names }.
       *[other] On this computer are { $count } programs that are made for following people: { $names }.
    }
beside-management = { $count ->
        [one] There is 1 program for management, security or work that can also see something of you.
       *[other] There are { $count } programs for management, security or work that can also see something of you.
    }
beside-own = { $count ->
        [one] There is 1 program with which you can keep track of yourself.
       *[other] There are { $count } programs with which you can keep track of yourself.
    }
beside-observations = { $count ->
        [one] There is 1 setting that can let somebody observe.
       *[other] There are { $count } settings that can let somebody observe.
    }
beside-weak = { $count ->
        [one] There is 1 weak trace, too weak to be sure.
       *[other] There are { $count } weak traces, too weak to be sure.
    }
beside-unseen = { $count ->
        [one] 1 place could not be looked at, or not fully. That nothing was found does not mean that nothing is there.
       *[other] { $count } places could not be looked at, or not fully. That nothing was found does not mean that nothing is there.
    }
report-categories = What can be seen
report-observations = Settings that can let somebody observe
report-weak = Weak traces
report-weak-explained = These traces are too weak to say that the program is here, or only show what is left of it. They do not count above.
report-coverage = What could not be looked at
report-end = Nothing was stored and nothing was sent. "Not found" does not mean that nobody observes: much happens on servers and cannot be seen from here. This is no legal verdict.
report-version = Known are { $products } products; list of { $version }, program { $program }.
by = by: { $names }
by-others = also { $level } by: { $names }
finding-maker = Made by { $maker }.
finding-since = Here since (or last updated on) { $date }, as { $source } tells.
finding-evidence = Recognised by:
unknown-autostart = Whether it starts by itself could not be seen.
unknown-running = Whether it runs now could not be seen.
source = source: { $url }
cite = { $url }{ $place }, read { $read }
at-place = in { $place }{" "}
and-more = and { $count } more
observation-categories = This can concern: { $names }.
observation-ordinary = This is ordinary and no reason for concern.
observation-added-root-certificate = An added root certificate
observation-added-root-certificate-explained = Who has the key of this certificate can make your computer trust secure pages that they read along with. Companies add such certificates for security; virus scanners and developers do too. It does not show that anybody reads along.
observation-proxy = Internet traffic goes through a proxy
observation-proxy-explained = Your internet traffic goes through another computer or program first. That one can see which sites you visit, and can keep it.
observation-forced-extension = A forced browser extension that can read every page
observation-forced-extension-explained = Somebody has set that your browser must have this extension. It may read and change every page you open, also what you type there. Password managers and ad blockers need that too.
observation-preload = A library that is loaded into every program
observation-preload-explained = This library is loaded into programs before their own parts. It can see what you start, type and open there.
observation-remote-shadow = Others can look along on the screen without asking
observation-remote-shadow-explained = A setting of Windows lets an administrator look at your screen from elsewhere, or take it over, without asking you first. It does not show that anybody does.
observation-remote-assistance = Others can offer help without being asked
observation-remote-assistance-explained = A setting of Windows lets certain people offer to help you from elsewhere. They see your screen, and can take it over, only if you agree.
observation-remote-desktop = The computer can be used from elsewhere
observation-remote-desktop-explained = Remote Desktop is switched on. Whoever has an account with that right can log in to this computer from elsewhere. You then see that you are logged out or locked.
observation-device-managed = The computer is managed by an organisation
observation-device-managed-explained = This computer is registered with a system with which an organisation manages computers. That one can see which computer this is, which programs are on it and whether it is up to date, and can change settings and install programs.
observation-screen-sharing = Others may look along on the screen of this Mac
observation-screen-sharing-explained = Screen Sharing or Remote Management is switched on. Whoever has an account with that right can look at your screen from elsewhere, or take it over. It does not show that anybody does.
observation-may-see-screen = A program may see the screen
observation-may-see-screen-explained = This program was allowed to see what is on your screen. Programs for calls and for screenshots need that too. It does not show that the program looks, or that it keeps anything.
observation-may-read-keys = A program may read keys or control the computer
observation-may-read-keys-explained = This program was allowed to read what you type in other programs, or to press keys and buttons for you. Programs for shortcuts, and aids for people who cannot use a mouse, need that too. It does not show that the program keeps what you type.
observation-content-filter = A filter on internet traffic
observation-content-filter-explained = This program is told of the connections that programs make, and can stop them. It can see which sites you visit. Programs for security and parental controls work like this too. It does not show that the program keeps it.
observation-keyboard-listener = A program that listens to the keyboard
observation-keyboard-listener-explained = The system tells this program which keys you press. Programs for shortcuts need that too. It does not show that the program keeps what you type.
observation-device-in-use = Camera, microphone or screen in use
observation-device-in-use-explained = While this program looked, the camera or the microphone was in use, or the screen was shown to somebody. In a call that is usual. Who is at the other end, the system does not tell.
observation-endpoint-security = A program that is told what happens on the computer
observation-endpoint-security-explained = The system tells this program which programs start and which files they use. Programs for security need that. It does not show what the program keeps or sends.
set-by-policy = Set by a policy of an administrator.
set-by-system = Set in the system's own configuration, which only an administrator can change.
set-by-distribution = Set by the maker of the system.
set-by-user = Set in your own account.
set-by-unknown = Who set it cannot be seen.
inventory-title = What was looked at on this computer
inventory-end = inzage inventory --json prints every fact.
product-formerly = Formerly: { $names }
product-observes = What it can observe
product-indicators = What it is recognised by
product-not-recognisable = cannot be recognised on the computer yet
product-not-recognisable-explained = It cannot be recognised on the computer yet: no trace of it is known with a source that can be followed.
products-count = { $count ->
        [one] 1 product, list of { $version }.
       *[other] { $count } products, list of { $version }.
    }
