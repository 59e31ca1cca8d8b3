"""Walks through the window of Inzage, as a worker does who uses a keyboard or a screen reader. It runs in session.sh.

Every control of every page, in both languages: its role and name, what it does, and whether Tab reaches it; then what the window must do.
"""

import glob
import os
import re
import socket
import subprocess
import sys
import time

from desk import COUNT, CONTROLS, act, check, find, focused, go_to_by_keyboard, lies_within, listen_as_a_screen_reader
from desk import press, press_and_see, seen, text, title, wait

HOME = os.environ["HOME"]
DATA = f"{HOME}/.local/share/inzage"
AUTOSTART = f"{HOME}/.config/autostart/inzage.desktop"
MENU = ["page-overview", "page-programs", "page-timeline", "page-unseen", "page-settings"]
# These have no action, but keys of their own.
KEYS_OF_THEIR_OWN = {"image", "list box"}


def start(*arguments):
    return subprocess.Popen(["inzage", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def open_page(language, *keys):
    """Opens a page of the menu, and pages below it by the names of their controls."""
    act(text(language, keys[0]), "page tab")
    wait(lambda: title() == text(language, keys[0]), 5)
    for name in keys[1:]:
        before = [node.key for node in seen()]
        act(name)
        wait(lambda: [node.key for node in seen()] != before, 5)


def everything():
    """All nodes of a page, also of what is below what is in sight."""
    press("Home")
    time.sleep(0.15)
    found, places = {}, None
    for _ in range(60):
        nodes = seen()
        for node in nodes:
            # What has just come into sight gets its actions a moment later than its name.
            if node.key not in found or node.actions > found[node.key].actions:
                found[node.key] = node
        now = [(node.key, node.place) for node in nodes if node.inside]
        if now == places:
            break
        places = now
        press("Next")
        time.sleep(0.15)
    press("Home")
    return list(found.values())


def walk_page(name, backwards):
    """Every control has a role, a name and an action, and Tab alone reaches it, in sight."""
    nodes = everything()
    controls = [node for node in nodes if node.actions or node.role in CONTROLS]
    bad = [node for node in controls if not node.name.strip() or not node.actions or node.role not in CONTROLS]
    check(controls and not bad, f"{name}: each of {len(controls)} controls has a role, a name and an action", bad)
    check(not [node for node in nodes if "focusable" in node.states and not node.name.strip()], f"{name}: what takes the focus has a name")
    last = 0
    for key in ["Tab", "shift+Tab"][: 2 if backwards else 1]:
        reached, hidden, order = {}, [], []
        if key != "Tab":
            # Backwards from the last control of the page, so that this does not hang on what happens at the end.
            for _ in range(last):
                press("Tab")
            time.sleep(0.2)
        now = focused()
        if key != "Tab" and now is not None:
            reached[now.key] = now
        for _ in range(2 * len(controls) + 12):
            now = press_and_see(key, now)
            if now is None:
                order.append(None)
                continue
            if order and now.accessible == order[0]:
                break
            order.append(now.accessible)
            reached[now.key] = now
            if now.inside:
                last = len(order) - 1 if key == "Tab" else last
            if not wait(lambda: lies_within(now), 1):
                hidden.append(now)
            if key != "Tab" and {node.key for node in controls} <= set(reached):
                break
        missing = [node for node in controls if node.key not in reached]
        more = [node for node in reached.values() if node.role not in CONTROLS | KEYS_OF_THEIR_OWN]
        check(not missing and not more and None not in order, f"{name}: {key} alone reaches them", f"not {missing}; nothing to do at {more}; nowhere {order.count(None)} times")
        check(not hidden, f"{name}: what has the focus is in sight", hidden)
    return nodes


def walk_all(language, product):
    """Every page; what a screen reader reads on each."""
    pages = {}

    def walk(name, *keys):
        open_page(language, *keys)
        pages[name] = walk_page(f"{language}, {name}", language == "nl")

    tile = next(node.name for node in seen() if node.role == "push button" and node.inside and ": " in node.name) if title() == text(language, "page-overview") else None
    walk("overview", "page-overview")
    walk("category", "page-overview", tile or tile_name(language))
    walk("programs", "page-programs")
    walk("a program", "page-programs", product)
    walk("timeline", "page-timeline")
    walk("not looked at", "page-unseen")
    walk("settings", "page-settings")
    walk("about", "page-settings", text(language, "settings-about"))
    walk("forget", "page-settings", text(language, "settings-forget"))
    return pages


def tile_name(language):
    open_page(language, "page-overview")
    levels = [text(language, f"level-{level}") for level in ("seen", "on", "possible", "not_found", "unknown")]
    return next(node.name for node in seen() if node.inside and node.actions and node.name.split(": ")[-1] in levels)


def wait_for_overview(language):
    return wait(lambda: title() == text(language, "page-overview") and find(text(language, "frame-save-page")), 60)


def first_page():
    window = start("--lang", "nl", "window")
    check(wait(lambda: title() == text("nl", "first-title"), 30), "the window opens with a question, before it looks")
    names = [node.name for node in seen()]
    check(text("nl", "ask-title") in names and text("nl", "ask-text") in names, "what to read before a first look can be read aloud")
    walk_page("nl, first page", True)
    act(text("nl", "first-keep"), "push button")
    check(wait_for_overview("nl"), "“keep a record” leads to the overview")
    check(subprocess.run(["inzage", "record", "status"], capture_output=True).returncode == 0 and os.path.exists(f"{DATA}/record.sqlite"), "and a record is kept")
    return window


def levels_are_words(language):
    levels = {text(language, f"level-{level}") for level in ("seen", "on", "possible", "not_found", "unknown")}
    open_page(language, "page-overview")
    nodes = everything()
    with_level = [node for node in nodes if node.role == "push button" and node.name.split(": ")[-1] in levels]
    check(len(with_level) >= 5, f"{language}: a screen reader reads the level of each category in its name", [node.name for node in nodes])


def by_keyboard():
    tile = tile_name("nl")
    for key in ("Return", "space"):
        open_page("nl", "page-overview")
        check(go_to_by_keyboard(tile), f"Tab goes to the category “{tile}”")
        press(key)
        opened = wait(lambda: title() == tile.split(": ")[0], 5)
        check(opened, f"{key} opens it", title())
        check(wait(lambda: (now := focused()) and now.role == "landmark", 2), "the page has the focus", focused())
        now = press_and_see("Tab", focused())
        check(now is not None and now.inside is not None, "and the next Tab goes into it", now)
        press("Escape")
        check(wait(lambda: title() == text("nl", "page-overview"), 5), "Escape goes back", title())
    go_to_by_keyboard(text("nl", "page-settings"))
    press("Return")
    check(wait(lambda: title() == text("nl", "page-settings"), 5), "the menu works by keyboard", title())


def scrolling():
    open_page("nl", "page-unseen")
    at = lambda: [(node.name, node.place[1]) for node in seen() if node.inside]  # noqa: E731
    top = wait(at, 5)
    press("Next")
    check(wait(lambda: at() != top, 3), "PageDown scrolls a long page")
    lower = at()
    press("End")
    check(wait(lambda: at() not in (top, lower), 3), "End goes to its end")
    press("Home")
    check(wait(lambda: at() == top, 3), "Home goes back to its top")
    open_page("nl", "page-settings", text("nl", "settings-about"))
    top = wait(at, 5)
    press("Next")
    check(wait(lambda: at() != top, 3), "PageDown scrolls the long list of licences, wherever the focus is")


def languages(pages):
    open_page("nl", "page-settings")
    check(go_to_by_keyboard("English"), "Tab goes to the language")
    press("space")
    check(wait(lambda: title() == text("en", "page-settings"), 5), "the language changes at once", title())
    now = focused()
    check(now is not None and now.name == "English" and "checked" in now.states, "the focus stays where it was", now)
    names = {node.name for node in everything()}
    both = {node.name for node in pages["settings"]} & names
    own = {name for name in both if name not in ("Nederlands", "English", "Inzage", "inzage-window", "Menu") and not re.fullmatch(r"\d+%", name)}
    check(not own, "every label of the page changed", own)
    check({text("en", key) for key in MENU} <= names, "and those of the menu")


def differ(pages, others):
    """Whole sentences that are the same in both languages were not translated."""
    for name, nodes in pages.items():
        there = {node.name for node in others[name]}
        same = [node.name for node in nodes if node.name in there and len(node.name.split()) > 3 and not re.search(r"https?://|/usr/|\d\.\d", node.name)]
        check(not same, f"{name}: no sentence is the same in both languages", same)


def text_size():
    open_page("en", "page-settings")
    height = lambda: next((node.place[3] for node in seen() if node.role == "page tab"), 0)  # noqa: E731
    small = height()
    check(go_to_by_keyboard("150%"), "Tab goes to the size of text")
    press("space")
    check(wait(lambda: height() > small * 1.2 or not height(), 5), "the text gets larger at once", f"{small} {height()}")
    check(wait(lambda: (now := focused()) and now.name == "150%", 2), "the focus stays where it was", focused())
    for page in MENU:
        # Where the menu is folded away, it is opened first.
        if not find(text("en", page), "page tab"):
            act(text("en", "frame-menu"))
        open_page("en", page)
        walk_page(f"150 %, {page}", False)
    check(go_to_by_keyboard(text("en", "frame-menu")), "with large text, Tab goes to the menu that is folded away")
    press("Return")
    check(wait(lambda: find(text("en", "page-settings"), "page tab"), 5), "Return opens it")
    walk_page("150 %, the open menu", True)
    press("Escape")
    check(wait(lambda: not find(text("en", "page-settings"), "page tab"), 5), "Escape closes it")
    check(wait(lambda: (now := focused()) and now.role == "landmark", 2), "and the page has the focus", focused())
    act(text("en", "frame-menu"))
    open_page("en", "page-settings")
    act("100%")
    check(wait(lambda: height() == small, 5), "and small again", f"{small} {height()}")


def new_files(pattern, before):
    return sorted(set(glob.glob(pattern)) - set(before))


def names_of(path):
    """Whether a file has the name of the user or of the computer in it."""
    content = open(path, encoding="utf-8").read()
    # What the program writes itself may have a short name of a computer in it by accident; a whole word is no accident.
    return [name for name in ("anna", socket.gethostname()) if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", content, re.IGNORECASE)]


def saving(product):
    for page, below in (("page-overview", []), ("page-programs", [product]), ("page-timeline", []), ("page-settings", [text("en", "settings-forget")])):
        open_page("en", page, *below)
        before = glob.glob(f"{HOME}/*.html")
        act(text("en", "frame-save-page"))
        made = wait(lambda: new_files(f"{HOME}/*.html", before), 5)
        if check(len(made) == 1, f"saving “{title()}” writes a file into the home", made):
            check(not names_of(made[0]) and "<html" in open(made[0]).read(), "without the name of the user or the computer", names_of(made[0]))
            check(os.stat(made[0]).st_mode & 0o777 == 0o600, "which others cannot read")
            check(wait(lambda: any(os.path.basename(made[0]) in node.name for node in seen()), 3), "and the window says where it is")
    open_page("en", "page-programs", product)
    before = glob.glob(f"{HOME}/*")
    check(go_to_by_keyboard(text("en", "program-wrong-save")), "Tab goes to “this is wrong”")
    press("Return")
    made = wait(lambda: new_files(f"{HOME}/*", before), 5)
    check(len(made) == 1 and not names_of(made[0]), "“this is wrong” writes a file, without those names", made)


def switch(key, name="space"):
    now = go_to_by_keyboard(text("en", key))
    check(now is not None and now.role in ("toggle button", "switch"), f"Tab goes to the switch “{text('en', key)}”", now)
    was = now is not None and bool(now.states & {"pressed", "checked"})
    press(name)
    check(wait(lambda: (now := focused()) and now.name == text("en", key) and bool(now.states & {"pressed", "checked"}) != was, 5), f"{name} switches it, and the focus stays", focused())


def switches():
    status = lambda: subprocess.run(["inzage", "--lang", "en", "record", "status"], capture_output=True, text=True).stdout.split("\n")[0]  # noqa: E731
    open_page("en", "page-settings")
    on = status()
    switch("settings-record")
    off = status()
    check(on != off, "the record is off", off)
    open_page("en", "page-settings")
    switch("settings-record", "Return")
    check(wait(lambda: status() == on, 10), "and on again", status())
    open_page("en", "page-settings")
    switch("settings-login")
    entry = open(AUTOSTART).read() if os.path.exists(AUTOSTART) else ""
    check('Exec="/usr/local/bin/inzage" tray' in entry, "the switch for starting at login makes an entry that starts the process that stays, not the window", entry)
    open_page("en", "page-settings")
    switch("settings-login")
    check(not os.path.exists(AUTOSTART), "and takes it away again")


def second_start(window):
    number = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Inzage"], capture_output=True, text=True).stdout.split()
    subprocess.run(["xdotool", "windowminimize", *number[:1]])
    visible = lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Inzage"], capture_output=True, text=True).stdout.split()  # noqa: E731
    check(wait(lambda: not visible(), 5), "the window is made small")
    second = start("window")
    try:
        check(second.wait(10) == 0, "a second start ends with 0", second.returncode)
    except subprocess.TimeoutExpired:
        second.kill()
        check(False, "a second start ends")
    check(wait(visible, 5) == number[:1], "and the first window is shown again", visible())
    programs = subprocess.run(["pgrep", "-c", "-f", "^[^ ]*inzage-window"], capture_output=True, text=True).stdout.strip()
    check(window.poll() is None and programs == "1", "there is one window", programs)


def forgetting(window):
    kept = subprocess.Popen(["inzage", "tray"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    open_page("en", "page-settings", text("en", "settings-forget"))
    act(text("en", "forget-keep"))
    check(wait(lambda: title() == text("en", "page-settings"), 5) and os.path.exists(DATA), "“keep everything” keeps everything")
    open_page("en", "page-settings", text("en", "settings-forget"))
    check(go_to_by_keyboard(text("en", "forget-do")), "Tab goes to “remove everything”")
    press("Return")
    try:
        check(window.wait(15) == 0, "it closes the window, without an error", window.returncode)
    except subprocess.TimeoutExpired:
        check(False, "it closes the window", [node.key for node in seen()])
        window.kill()
    left = [path for path in (DATA, f"{os.environ['XDG_RUNTIME_DIR']}/inzage", AUTOSTART) if os.path.lexists(path)]
    check(not left, "and no file of the program is left", left)
    try:
        kept.wait(5)
        check(True, "the process that stayed has ended")
    except subprocess.TimeoutExpired:
        kept.kill()
        check(False, "the process that stayed has ended")


def main():
    listen_as_a_screen_reader()
    window = first_page()
    open_page("nl", "page-programs")
    product = next((node.name for node in everything() if node.actions and node.name.startswith("Veyon")), "")
    check(product, "the program that is installed is on the page of programs")
    nl = walk_all("nl", "Veyon")
    levels_are_words("nl")
    by_keyboard()
    scrolling()
    languages(nl)
    en = walk_all("en", "Veyon")
    levels_are_words("en")
    differ(nl, en)
    text_size()
    saving("Veyon")
    switches()
    second_start(window)
    forgetting(window)
    print("the walk is over")
    sys.exit(COUNT["FAILED"] > 0)


main()
