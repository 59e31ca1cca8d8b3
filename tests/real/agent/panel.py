"""A panel for the tests: it owns the name that programs with an icon look for, and reads their icon and menu over the real session bus. Only
the drawing is left out.

    panel.py icon SERVICE      its id, title and status, the text of its tooltip, and its pixmaps
    panel.py menu SERVICE     the labels of its menu, one a line; a tick and what is greyed out are marked
    panel.py click SERVICE LABEL
    panel.py stay             owns the name until it is ended, and prints each icon that registers
"""

import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


class Watcher(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(dbus.service.BusName("org.kde.StatusNotifierWatcher", bus), "/StatusNotifierWatcher")

    @dbus.service.method("org.kde.StatusNotifierWatcher", in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender):
        print(sender if service.startswith("/") else service, flush=True)

    @dbus.service.method("org.kde.StatusNotifierWatcher", in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return {"IsStatusNotifierHostRegistered": True, "ProtocolVersion": dbus.Int32(0)}.get(name, dbus.Array([], "s"))

    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return {"IsStatusNotifierHostRegistered": True, "ProtocolVersion": dbus.Int32(0), "RegisteredStatusNotifierItems": dbus.Array([], "s")}

    @dbus.service.signal("org.kde.StatusNotifierWatcher")
    def StatusNotifierHostRegistered(self):
        pass


def menu(bus, service):
    item = dbus.Interface(bus.get_object(service, "/StatusNotifierItem"), "org.freedesktop.DBus.Properties")
    object = dbus.Interface(bus.get_object(service, item.Get(ITEM, "Menu")), MENU)
    found = []

    def walk(node, depth):
        number, properties, children = node
        if "label" in properties:
            found.append((int(number), depth, str(properties["label"]).replace("_", ""), properties))
        for child in children:
            walk(child, depth + 1)

    walk(object.GetLayout(0, -1, dbus.Array([], "s"))[1], 0)
    return object, found


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
what, rest = sys.argv[1], sys.argv[2:]
if what == "stay":
    watcher = Watcher(bus)
    GLib.MainLoop().run()
elif what == "icon":
    properties = dbus.Interface(bus.get_object(rest[0], "/StatusNotifierItem"), "org.freedesktop.DBus.Properties").GetAll(ITEM)
    print(properties["Id"], properties["Title"], properties["Status"], sep="\n")
    print(properties["ToolTip"][2])
    print(len(properties["IconPixmap"]), "pixmap")
elif what == "menu":
    for _, depth, label, properties in menu(bus, rest[0])[1]:
        print("  " * (depth - 1) + label + (" [x]" if properties.get("toggle-state", 0) == 1 else "") + (" [-]" if not properties.get("enabled", True) else ""))
elif what == "click":
    object, items = menu(bus, rest[0])
    numbers = [number for number, _, label, _ in items if label == rest[1]]
    if not numbers:
        sys.exit(f"no item {rest[1]} in {[label for _, _, label, _ in items]}")
    object.Event(numbers[0], "clicked", dbus.Int32(0, variant_level=1), dbus.UInt32(0))
