cli-tray = Stay in the panel, look again when something changes, and say so
cli-tray-ask = Ask the program that runs already: status, look, pause, continue, show or quit
tray-already = Inzage runs already.
tray-not-running = Inzage does not run. Start it with: inzage tray
tray-does-not-answer = Inzage runs already, but does not answer.
tray-no-panel = This desktop shows no icons of programs. Inzage runs without one. Look with: inzage. Stop it with: inzage tray quit
tray-alone = Inzage cannot be asked anything while it runs ({ $why }). It goes on.
tray-status = { $summary } (process { $pid }, version { $version })
tray-did-not = Inzage did not do that.
tray-busy = Inzage: looking at this computer
tray-unknown = Inzage: not everything could be looked at
tray-not-looked = Inzage: not looked yet
tray-nothing = Inzage: no program found that is made to follow people
tray-found = { $count ->
        [one] Inzage: 1 program found that is made to follow people
       *[other] Inzage: { $count } programs found that are made to follow people
    }
tray-paused = Inzage: paused
tray-notices = Recent notices
tray-open = Open
tray-look = Look now
tray-pause = Pause
tray-language = Language
tray-language-nl = Nederlands
tray-language-en = English
tray-login = Start at login
tray-tell-all = Notifications say what changed
tray-quit = Quit
tray-no-terminal = No terminal could be opened. Open one yourself and type: inzage
tray-login-failed = Start at login could not be changed: { $why }
notice-neutral = Inzage: something changed
notice-neutral-body = Open Inzage to see what.
notice-open = Open Inzage
notice-message = Inzage: a message
notice-appeared = { $name } is new on this computer.
notice-appeared-listed = { $name } is new in our list. It may have been on this computer before.
notice-started = { $name } is running now.
notice-confirmed = Now we are sure: { $name } is on this computer.
notice-confirmed-listed = Our list is new. Now we are sure: { $name } is on this computer, and it may have been here before.
notice-category-on = A program or setting makes this visible now: { $name }.
notice-category-on-listed = Our list is new. A program or setting makes this visible, maybe for longer: { $name }.
notice-category-seen = We saw that this is being watched: { $name }.
notice-on-day = { $day }: { $what }
notice-often-normal = At work this is often normal.
notice-more = { $count ->
        [one] And 1 thing more.
       *[other] And { $count } things more.
    }
