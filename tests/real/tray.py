"""What the test of the tray asks on the session bus, as the worker.

    tray.py panel              stands in for a panel: keeps a list of icons as org.kde.StatusNotifierWatcher. It is real D-Bus; only the
                               drawing is missing. Prints the name of each icon that registers.
    tray.py property NAME      prints a property of the icon
    tray.py tooltip            prints the words of its tooltip
    tray.py picture            prints width, height, and how many pixels are dark and light
    tray.py menu               prints the labels of the menu, a line for each, with `[x]` or `[ ]` before those that switch
    tray.py click LABEL        clicks the item of that label
    tray.py activate           clicks the icon itself
    tray.py notified SECONDS WORDS    waits until the notification server has one with these words; prints after how many milliseconds
"""
import json
import subprocess
import sys
import time

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Panel(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, "/StatusNotifierWatcher")
        self.items = []

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierItem(self, service):
        self.items.append(service)
        print(service, flush=True)

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, _, name):
        return {"RegisteredStatusNotifierItems": dbus.Array(self.items, signature="s"), "IsStatusNotifierHostRegistered": True, "ProtocolVersion": 0}[name]


def panel():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    name = dbus.service.BusName(WATCHER, bus)
    panel = Panel(bus)
    GLib.MainLoop().run()
    del name, panel


def icon(bus):
    names = [name for name in bus.list_names() if name.startswith(ITEM + "-")]
    if len(names) != 1:
        sys.exit(f"{len(names)} icons on the bus")
    return names[0]


def value(bus, name):
    return dbus.Interface(bus.get_object(icon(bus), "/StatusNotifierItem"), PROPERTIES).Get(ITEM, name)


def menu(bus):
    return dbus.Interface(bus.get_object(icon(bus), value(bus, "Menu")), MENU)


def items(bus):
    """Every item as number, label and whether it is ticked."""
    def walk(node):
        number, properties, children = node
        if "label" in properties:
            # An underscore marks the letter of a shortcut; two are one.
            yield int(number), str(properties["label"]).replace("__", "_"), properties.get("toggle-state") if "toggle-type" in properties else None
        for child in children:
            yield from walk(child)
    return list(walk(menu(bus).GetLayout(0, -1, [])[1]))


def notified(seconds, words):
    begun = time.monotonic()
    while time.monotonic() - begun < float(seconds):
        # dunst lists what is no longer on the screen.
        subprocess.run(["dunstctl", "close-all"], check=True)
        said = subprocess.run(["dunstctl", "history"], capture_output=True, text=True, check=True).stdout
        for one in json.loads(said)["data"][0]:
            if words in one["summary"]["data"] + "\n" + one["body"]["data"]:
                print(round((time.monotonic() - begun) * 1000))
                return
        time.sleep(0.05)
    sys.exit(f"no notification says {words!r}; history: {said}")


def main(command, *arguments):
    if command == "panel":
        return panel()
    if command == "notified":
        return notified(*arguments)
    bus = dbus.SessionBus()
    if command == "property":
        print(value(bus, arguments[0]))
    elif command == "tooltip":
        print(value(bus, "ToolTip")[3])
    elif command == "picture":
        width, height, data = value(bus, "IconPixmap")[0]
        pixels = [bytes(data[at:at + 4]) for at in range(0, len(data), 4)]
        solid = [pixel for pixel in pixels if pixel[0] > 200]
        print(int(width), int(height), sum(pixel[1] < 60 for pixel in solid), sum(pixel[1] > 200 for pixel in solid))
    elif command == "menu":
        for _, label, ticked in items(bus):
            print({None: "", 0: "[ ] ", 1: "[x] "}[ticked] + label)
    elif command == "click":
        number = next((number for number, label, _ in items(bus) if label == arguments[0]), None)
        if number is None:
            sys.exit(f"no item {arguments[0]!r} among {[label for _, label, _ in items(bus)]}")
        menu(bus).Event(number, "clicked", dbus.Int32(0), dbus.UInt32(0))
    elif command == "activate":
        dbus.Interface(bus.get_object(icon(bus), "/StatusNotifierItem"), ITEM).Activate(0, 0)


main(*sys.argv[1:])
