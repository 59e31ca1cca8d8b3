"""A screen reader's view of the window, and a keyboard: what the walk through the window is made with."""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

TEXTS = {}
COUNT = {"ok": 0, "FAILED": 0}
# What of these has no action cannot be used.
CONTROLS = {"push button", "toggle button", "switch", "radio button", "check box", "page tab", "link"}


def check(is_so, text, why=""):
    word = "ok" if is_so else "FAILED"
    COUNT[word] += 1
    print(f"{word:7} {text}" + (f": {why}" if why and not is_so else ""), flush=True)
    return is_so


def text(language, key):
    """A text of the program, which must be one without places to fill in."""
    if language not in TEXTS:
        lines = open(f"/texts/{language}.ftl", encoding="utf-8").read().splitlines()
        TEXTS[language] = dict(line.split(" = ", 1) for line in lines if " = " in line and not line.startswith((" ", "#")))
    return TEXTS[language][key].strip()


def listen_as_a_screen_reader():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", value, None, 0, -1)


class Node:
    """One thing on the screen, as a screen reader gets it."""

    def __init__(self, accessible, inside):
        # The library keeps what it once read, also when another thing has got the number since.
        accessible.clear_cache()
        self.accessible = accessible
        self.inside = inside
        self.role = accessible.get_role_name()
        self.name = accessible.get_name() or ""
        self.more = accessible.get_description() or ""
        self.states = {state.value_nick for state in accessible.get_state_set().get_states()}
        self.actions = accessible.get_n_actions() if "Action" in accessible.get_interfaces() else 0

    @property
    def place(self):
        extents = self.accessible.get_extents(Atspi.CoordType.SCREEN)
        return extents.x, extents.y, extents.width, extents.height

    def act(self):
        self.accessible.do_action(0)

    @property
    def key(self):
        return self.role, self.name

    def __repr__(self):
        return f"{self.role} “{self.name}”"


def program():
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for at in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(at)
        if child is not None and (child.get_name() or "").startswith("inzage"):
            return child
    return None


def _under(accessible, inside, out):
    node = Node(accessible, inside)
    out.append(node)
    for at in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(at)
        if child is not None:
            _under(child, inside or (node if node.role == "landmark" else None), out)


def seen():
    """Everything that a screen reader can reach now."""
    for _ in range(20):
        try:
            top = program()
            if top is None:
                return []
            top.clear_cache()
            out = []
            _under(top, None, out)
            return out
        except GLib.Error:
            # The window changed in the meantime.
            time.sleep(0.05)
    return []


def wait(what, seconds=20):
    """The first answer that is something, or the last."""
    until = time.monotonic() + seconds
    while True:
        answer = what()
        if answer or time.monotonic() > until:
            return answer
        time.sleep(0.05)


def title():
    return next((node.name.removesuffix(" – Inzage") for node in seen() if node.role == "frame"), "")


def find(name, role=None):
    return next((node for node in seen() if node.actions and (node.name == name or node.name.startswith(name + ":")) and role in (None, node.role)), None)


def act(name, role=None):
    node = wait(lambda: find(name, role), 5)
    if node is None:
        check(False, f"“{name}” is there, and can be used", [node.key for node in seen()])
        return None
    node.act()
    return node


def press(*keys):
    subprocess.run(["xdotool", "key", *keys], check=True, env=os.environ)


def focused():
    return next((node for node in seen() if "focused" in node.states), None)


def press_and_see(key, before):
    """What has the focus after a key; it may be another of the same name, so a while without change is an answer too."""
    press(key)
    wait(lambda: (now := focused()) is not None and (before is None or now.accessible != before.accessible), 0.4)
    return focused()


def go_to_by_keyboard(name, most=80):
    """Goes to a control with Tab alone."""
    now = focused()
    for _ in range(most):
        now = press_and_see("Tab", now)
        if now is not None and (now.name == name or now.name.startswith(name + ":")):
            return now
    return None


def lies_within(node):
    """Whether what has the focus can be seen: it lies within the part of the window that shows pages, or beside it within the window."""
    everything = seen()
    again = next((other for other in everything if "focused" in other.states), None)
    if again is None:
        return False
    around = again.inside or next(other for other in everything if other.role == "frame")
    x, y, width, height = again.place
    left, top, wide, high = around.place
    is_high = height > high
    return x >= left - 1 and x + width <= left + wide + 1 and (is_high or (y >= top - 1 and y + height <= top + high + 1))
