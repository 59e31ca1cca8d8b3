page-overview = Overview
page-programs = Programs
page-category = What can be seen
page-timeline = Timeline
page-unseen = Not looked at
page-settings = Settings
page-about = About Inzage
frame-menu = Menu
frame-close-menu = Close menu
frame-pages = Pages
frame-back = Back
frame-save = Save
frame-save-page = Save this page
frame-on = On
frame-off = Off
frame-saved = Saved in { $path }. Names of you and of this computer are hidden in it. You can print it from your browser. Sharing it can set things in motion: a works council that hears of a system has one month to object. Rules of your work may forbid copies.
frame-not-saved = It could not be saved: { $why }
frame-open = Open it
first-title = Welcome
first-what = Inzage looks at which programs and settings on this computer can see what you do. It changes nothing, and sends nothing.
first-record = With a record you can see later since when something is here, and what changed. Only days and states of programs and settings are kept, on this computer: no hours, and nothing of what you do. Whoever manages this computer can read it.
first-keep = Look, and keep a record
first-only-look = Only look
first-stop = Stop, and close the window
first-answer = Your answer is stored on this computer. You can change it under Settings, and remove everything there.
looking-title = Looking at this computer…
looking-text = This mostly takes a second or two.
looking-progress = { $done } of { $all } places
look-failed = This computer could not be looked at
look-again = Look again
looked-at = Looked at on { $moment }.
see-unseen = See what could not be looked at
overview-categories = What can be seen of you
categories-screen = Your screen and what you do on it
categories-communication = Your contacts and messages
categories-files_and_device = Your files and your computer
categories-evaluation = How you are judged
categories-fallback = Not known yet
tile-by = by { $names }
foot-unseen = { $count ->
        [one] 1 place could not be looked at, or not fully
       *[other] { $count } places could not be looked at, or not fully
    }
group-monitoring-none = None found that we know. That does not mean that nobody can watch.
group-management-none = None found that we know.
group-own-none = None found that we know.
observations-none = None found.
times-found = { $count ->
        [one] found once
       *[other] found { $count } times
    }
since = since { $day }
program-gone = This is not on this computer any more.
program-remains = Only something that it left behind is here. So it sees nothing now.
program-can-see = What it can see
program-evidence = How we know
program-evidence-explained = You can check this yourself. Look only; change nothing.
program-sources = These pages describe the traces:
program-innocent = Why it may be here
program-ask = What you can ask
program-steps = What you can do
program-wrong = Is this wrong?
program-wrong-explained = You can save a file that says so, and give it to your union or to us. Names of you and of this computer are hidden in it. Nothing is sent.
program-wrong-save = Save “this is wrong”
wrong-saved = Saved in { $path }. Nothing was sent.
evidence-place = in { $place }
fact-maker = Maker
fact-class = What it is
fact-state = Now
fact-sure = How sure
fact-since = Here since
fact-since-value = { $date } or earlier ({ $source })
fact-seen = Seen by us
fact-seen-value = from { $first } to { $last }
fact-visible = Visible?
fact-level = Level
observation-concerns = What it can concern
category-means = What is meant by this: “{ $text }” Whether that happens here is told below.
category-who = Who or what could see it here
category-nobody = We found nothing on this computer that does this.
category-others = These are not made to follow people, but can see something of it too:
category-sight = How far we can see this
category-blind = These places would tell more, but could not be looked at fully:
category-rules = What the rules ask
category-ask = What you can ask
unseen-lead = What cannot be looked at, cannot be found. Here is every place, how far it was looked at, and what would be needed.
unseen-none = { $count ->
        [one] 1 place not looked at
       *[other] { $count } places not looked at
    }
unseen-partial = { $count ->
        [one] 1 place looked at in part
       *[other] { $count } places looked at in part
    }
unseen-full = { $count ->
        [one] 1 place looked at fully
       *[other] { $count } places looked at fully
    }
timeline-none = No record is kept, so there is no history to show.
timeline-quiet = Nothing changed in these days.
timeline-export = Save the whole history
chart-label = When programs and settings were here. Plus and minus zoom, the arrows go along, 0 shows everything. The list below says the same.
chart-told = { $count ->
        [one] 1 program or setting since { $first }. A thick bar means that it ran.
       *[other] { $count } programs and settings since { $first }. A thick bar means that it ran.
    }
chart-closer = Closer
chart-farther = Farther
chart-earlier = Earlier
chart-later = Later
chart-whole = Everything
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
settings-language = Language
settings-text-size = Size of text
settings-record = Keep a record
settings-record-explained = Only days and states of programs and settings, on this computer.
settings-login = Start when you log in
settings-login-explained = Then Inzage stays as an icon and looks again when something changes. It is visible to whoever manages this computer.
settings-notices = Notifications say what changed
settings-notices-explained = Off: they only say that something changed, because others may see your screen.
settings-forget = Remove everything
settings-forget-explained = Removes the record, these settings and everything else that Inzage made here.
settings-about = About Inzage
settings-about-explained = Version, licences, and the parts it is made of.
setting-failed = That could not be changed: { $why }
forget-text = This removes everything in { $path }, also the record. It cannot be undone. Copies that you made, and notes of the system or of your employer's programs, stay.
forget-keep = Keep everything
forget-do = Remove everything, and close
about-lead = Inzage shows you what can be seen of you on your own computer. It never stops or hides from monitoring, never reads content, and sends nothing.
about-version = Version
about-list = List of products
about-list-value = { $version }, { $products } products
about-licence = Licence
about-licence-value = GPL-3.0-or-later; the list of products CC-BY-4.0. Made with Slint. Letters: Inter, under the SIL Open Font License 1.1.
about-parts = Made with
cli-window = Open the window
window-absent = the window is not here: inzage-window has to be in the same folder as inzage
window-no-screen = no window can be opened here
open-failed = That could not be opened: { $why }
saved-foot = Made with Inzage { $version } on { $day }. Names of people and of this computer are hidden. "Not found" does not mean that nobody observes. This is no legal verdict.
