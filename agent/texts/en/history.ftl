cli-record = Keep a record of what is found, stop that, or show whether it is kept
cli-record-on = Keep a record from now on
cli-record-off = Keep nothing any more; what was kept stays
cli-record-status = Show whether a record is kept, and where
cli-record-erase = Take everything that is kept of one finding out of the record, except on which days something happened
cli-record-erase-id = Id of a product, observation or source, as in inzage history --json
cli-history = Show what was seen from when to when, and what changed day by day
cli-verify = Check that nothing in the record was changed afterwards
cli-verify-file = A copy of the record, or a history saved as JSON; without it your own record
cli-verify-receipt = A receipt that you kept elsewhere
cli-forget = Remove every file that this program made
cli-forget-yes = Do not ask first
record-no-home = you have no personal folder, so nothing can be kept
record-none = no record is kept yet; inzage record on begins one
record-cannot-store = your answer could not be stored
record-aside = The record was damaged. The damaged file is kept here: { $path }. A new record begins today.
record-not-kept = nothing can be kept now: { $why }
record-error-file = { $path }: { $why }
record-error-newer = the record was made by a newer version of this program; use that version. The record was not changed
record-error-damaged = the record is damaged
record-error-full = the disk is full. Make room and try again; what was kept is still there
record-error-read_only = the record may not be written here
record-error-busy = another program keeps the record busy; try again later
record-on-text = From now on each look is compared with the one before, and what changes is kept in { $path }. Only days and states of programs and settings are kept: no hours, and nothing of what you do. Only your own account can read it, but whoever manages this computer can read it too. inzage record off stops it, inzage forget removes it.
record-off-text = Nothing is kept any more. What was kept is still there: inzage history shows it, inzage forget removes it.
record-off-none = Nothing is kept.
record-erase-nothing = nothing is kept of "{ $id }"; see inzage history --json for the ids
record-erase-busy = nothing was taken out: another program keeps the record busy; try again later
record-erase-still-read = it was taken out, but another program still reads the record, so the old values are still on the disk. End that program and do the same again
record-erased = { $count ->
        [one] 1 entry was emptied. On which day it was stays, so that the rest can still be checked.
       *[other] { $count } entries were emptied. On which days they were stays, so that the rest can still be checked.
    }
record-status-on = A record is kept.
record-status-off = No record is kept: you said no. inzage record on begins one.
record-status-unasked = No record is kept: you were not asked yet. inzage record on begins one.
record-status-file = { $path }: { $entries } entries since { $day }, { $size } KB.
record-not-asked = Not kept: inzage record on keeps what is found from now on, so that you can see later since when it is there.
ask-record-title = Keep a record?
ask-record-text = Then you can see later since when something is here, and what changed. Only days and states of programs and settings are kept, on this computer: no hours, and nothing of what you do. Whoever manages this computer can read it. Your answer is stored in { $path }. inzage forget removes everything.
ask-record-question = Keep a record? (yes/no)
forget-nothing = There is nothing to remove: this program keeps no files.
forget-question = Remove everything in { $path }, also the record? That cannot be undone. (yes/no)
forget-needs-yes = this removes the record; to do it without a question: inzage forget --yes
forget-kept = Nothing was removed.
forget-failed = { $path } could not be removed whole
forget-login = start at login could not be switched off
forget-done = Everything that this program made is removed. Copies that you made, backups and notes of the system or of your employer's programs can still be there.
verify-unreadable = { $file } is no record and no history that can be read
verify-no-receipt = { $file } is no receipt that can be read
verify-is-receipt = { $file } is a receipt; to check your record with it: inzage verify --receipt FILE
verify-broken = entry { $number } of the record is not as it was written, or was removed; { $fine ->
        [0] nothing before it could be checked
        [one] the one before it is as it was written
       *[other] the { $fine } before it are as they were written
    }
verify-strange = there is something in this file that does not belong to a record
verify-not-as-then = this is not the record of { $day } any more: what was in it then was changed, removed or replaced
verify-whole = { $entries ->
        [one] 1 entry, of { $first }. It is as it was written.
       *[other] { $entries } entries, from { $first } to { $last }. Each is as it was written and follows the one before it.
    }
verify-hidden = { $count ->
        [one] 1 value in it is hidden or was taken out.
       *[other] { $count } values in it are hidden or were taken out.
    }
verify-unchanged-since = Unchanged since the receipt of { $day }.
verify-without-receipt = There is no earlier receipt, so nobody can tell whether the whole record was made anew.
verify-receipt = A receipt of today is kept in { $path }. It says nothing of what is in the record. Keep a copy of it elsewhere, or give it to somebody you trust: only then it can be told later that nothing before today was changed. Who wrote the record, it does not show.
verify-receipt-failed = no receipt could be written: { $why }
report-end-kept = What changed is kept in the record on this computer; nothing was sent. "Not found" does not mean that nobody observes: much happens on servers and cannot be seen from here. This is no legal verdict.
finding-seen = Seen here from { $first } to { $last }, as the record tells.
history-empty = A record is kept, but this computer was not looked at yet. inzage scan does that.
history-looked = { $count ->
        [one] This computer was looked at on 1 day: { $first }.
       *[other] This computer was looked at on { $count } days, from { $first } to { $last }.
    }
history-products = Programs
history-observations = Settings that can let somebody observe
history-days = What changed
history-first = first seen
history-last = last seen
sight-seen = there now
sight-lost = not known: a place that shows it is closed
sight-gone = gone
change-product-appeared = { $name } is on this computer.
change-product-possible = There is a weak trace of { $name }.
change-product-remains = Only something that { $name } left behind is here.
change-it-runs = It runs.
change-it-starts = It starts by itself.
change-product-started = { $name } was seen running.
change-product-stopped = { $name } did not run for a whole day.
change-product-disappeared = { $name } is gone.
change-product-certain = { $name } is now certain.
change-product-installed = { $name } is installed.
change-product-autostart = { $name } now starts by itself.
change-product-no-autostart = { $name } does not start by itself any more.
change-sight-lost = { $name }: whether it is still here is not known, because a place that shows it is closed.
change-sight-regained = { $name } can be seen again.
change-observation-appeared = New: { $name }.
change-observation-disappeared = No longer so: { $name }.
change-category = { $name }: { $level }, for the first time.
change-coverage-lost = Could be looked at less than before: { $name }.
change-coverage-gained = Could be looked at better than before: { $name }.
change-signatures = New list of products: { $version }.
change-program = Version { $version } of this program looked for the first time.
change-record-begins = The record begins.
change-record-on = The record was switched on.
change-record-off = The record was switched off.
change-record-damaged = An earlier record was damaged, and is kept aside.
change-unknown = A newer version of this program kept something here: { $name }.
change-since = The system says: since { $day }.
because-first_look = It was there at the first look.
because-signatures = The list is new, so it may have been here before.
because-program = This program is new, so it may have been here before.
because-coverage = It could not be seen before, so it may have been here longer.
