cli-about = Shows what software on this computer can observe you at work. It only looks; it changes nothing and sends nothing.
cli-after-help =
    Without a command: the window; without a desktop a scan of this computer.
    Exit status: 0 it ran; 1 it failed; 10 with --exit-code, when a product is confirmed.
cli-usage = Usage
cli-commands = Commands
cli-options = Options
cli-help-option = Show this help
cli-version-option = Show the version
cli-lang = Language of the texts: nl or en; otherwise that of the system
cli-json = Print JSON
cli-unmasked = Leave the names of people, computers and domains in what is printed
cli-no-record = Make no file at all, also not where a record is kept
cli-exit-code = End with status 10 when a product is confirmed
cli-root = Examine this folder, laid out like a computer, instead of this computer
cli-os = The system that the folder is laid out like; without it the system of this computer
cli-user = Look into the home folder of this user below --root
cli-scan = Look at the computer and say what can be observed
cli-inventory = Show the facts that a scan is based on, and what could not be looked at
cli-match = Recognise products in an inventory that was saved as JSON
cli-inventory-file = An inventory as JSON, or - for standard input
cli-signatures = The products that this program knows
cli-signatures-list = List every product
cli-signatures-show = Show what is known of one product, with sources
cli-signatures-check = Check product files, for who writes them
cli-signatures-export = Print the signatures in the format of another program
cli-export-format = The format: a pack for osquery, Sigma rules, or a STIX 2.1 bundle
cli-id = Id or name of a product
cli-check-path = A product file, or a folder of them
cli-completions = Print completions for a shell
cli-shell = bash, elvish, fish, powershell or zsh
cli-man = Print the man page
cli-see-help = (inzage --help shows what can be asked)
cli-unknown-argument = there is no option { $argument }
cli-unknown-command = there is no command { $command }
cli-missing-argument = something is missing: { $argument }
cli-missing-command = something is missing, one of: { $commands }
cli-missing-value = { $argument } needs a value
cli-wrong-value = { $argument } cannot be "{ $value }"; it can be: { $valid }
root-absent = { $path } is not a folder that can be opened; give --root a folder that is laid out like a computer
root-denied = this account may not open { $path }
no-such-user = there is no user called { $name } with a home folder there; see /etc/passwd below --root, or the folder Users on a disk of Windows
failed = { $why }
looking = Looking at this computer
match-unreadable = { $file } is not an inventory that can be read
match-other-schema = the file is of the form "{ $schema }", and this version reads "{ $ours }"; make it with: inzage inventory --json
signatures-unknown = no product called "{ $id }" is known; inzage signatures list shows them all
signatures-fine = { $files ->
        [one] 1 file checked, nothing wrong.
       *[other] { $files } files checked, nothing wrong.
    }
sharing = What you share can set things in motion: once a works council knows of a system, it may have one month to act. Take advice first, and check what your employer's rules say about copying.
ask-title = Does this laptop belong to your employer? Then read this first.
ask-text = You may not be allowed to start or install programs yourself. Check the IT rules of your work. Your employer can see that you open this program, and may be able to read this report. Do you not want that? Then stop here, and ask your union, the works council or a legal help desk for help on your own phone. Never switch off a program of your employer. Do not copy files from your work. This program does not give a legal verdict.
ask-question = Go on and look at this computer? (yes/no)
ask-stopped = Stopped. Nothing was looked at.
ask-close = Press Enter to close this window.
