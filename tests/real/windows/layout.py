#!/usr/bin/python3
"""Says how a product lies on a computer with Windows, as its layout in signatures/layouts tells.

    layout.py LAYOUT TOOLS OUT    TOOLS has program.exe, which stands for every program

writes into the folder OUT, for a product x:
    x.reg        what its installer writes in the registry     x.gone.reg   takes the services, entries and uninstall keys away again
    x.list       files and folders, for place.py                x.gone       takes its programs away again, for place.py
    x.programs   the programs that run, one a line              x.signers    path TAB organisation that signed it
A home folder of the layout becomes that of anna.
"""
import re
import sys
import uuid
from pathlib import Path, PureWindowsPath

import yaml

UNINSTALL = r"Microsoft\Windows\CurrentVersion\Uninstall"
INSTALLER = [r"SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\UpgradeCodes", r"SOFTWARE\Classes\Installer\UpgradeCodes"]
SERVICES = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
TASK_CACHE = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache"
FORCED = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Google\Chrome\ExtensionInstallForcelist"
HIVES = {"HKLM": "HKEY_LOCAL_MACHINE", "HKCU": "HKEY_CURRENT_USER"}
VARIABLES = {"appdata": r"C:\Users\anna\AppData\Roaming", "localappdata": r"C:\Users\anna\AppData\Local", "userprofile": r"C:\Users\anna",
             "programdata": r"C:\ProgramData", "systemroot": r"C:\windows", "windir": r"C:\windows", "public": r"C:\Users\Public"}
# Where a program lies of which the record tells only the name.
ELSEWHERE = "C:\\Program Files\\Agent"
TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><URI>{name}</URI></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>
  <Settings><Enabled>{enabled}</Enabled></Settings>
  <Actions Context="Author"><Exec><Command>{program}</Command></Exec></Actions>
</Task>
"""


def text(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def expanded(value):
    """A text with variables, which the files of the registry write as bytes."""
    return "hex(2):" + ",".join(f"{byte:02x}" for byte in (value + "\0").encode("utf-16-le"))


def number(value):
    return f"dword:{value:08x}"


def packed(guid):
    """A GUID as Windows Installer names its keys: each of the first three groups backwards, of the rest each byte."""
    first, second, third, *rest = guid.strip("{}").upper().split("-")
    pairs = re.findall("..", "".join(rest))
    return "".join(part[::-1] for part in [first, second, third, *pairs])


def named(guid):
    """A GUID of our own for something of this name, the same every time."""
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, guid)).upper() + "}"


class Layout:
    def __init__(self, path, tools, out):
        layout = yaml.safe_load(path.read_text())
        self.product, self.tools, self.out = layout["product"], tools, out
        self.files = [self.own_home(file) for file in layout.get("files") or []]
        self.keys, self.gone_keys, self.list, self.programs, self.signers = {}, [], {}, [], []
        self.facts = [fact | {"exec": [self.own_home(path) for path in fact.get("exec") or []]} for fact in layout.get("facts") or []]
        for file in self.files:
            self.put(file)
        for fact in self.facts:
            getattr(self, fact["kind"])(fact)

    @staticmethod
    def own_home(path):
        path = re.sub(r"^%(\w+)%", lambda found: VARIABLES[found[1].lower()], path)
        return re.sub(r"^C:\\Users\\[^\\]+", r"C:\\Users\\anna", path, flags=re.I)

    def put(self, path, source=None):
        if path.endswith("\\"):
            self.list[path] = "folder"
        else:
            executable = path.lower().endswith((".exe", ".dll", ".sys"))
            self.list[path] = source or (self.tools / "program.exe" if executable else self.tools / "text")

    def program(self, name=None, must=False):
        """Where the product's program of this name lies, or if it need not be that one, any of its programs."""
        known = [*self.files, *(path for fact in self.facts for path in fact["exec"])]
        programs = [path for path in known if path.lower().endswith(".exe")]
        same = [path for path in programs if name and PureWindowsPath(path).name.lower() == name.lower()]
        if same or (programs and not must):
            return (same or programs)[0]
        folders = [path.rstrip("\\") for path in known if path.endswith("\\")] + [str(PureWindowsPath(path).parent) for path in programs]
        place = next((folder for folder in folders if folder.lower().startswith("c:\\program files")), ELSEWHERE)
        return f"{place}\\{name or self.product + '.exe'}"

    def key(self, key, values=None, gone=False):
        self.keys.setdefault(key, {}).update(values or {})
        if gone:
            self.gone_keys.append(f"[-{key}]\n")

    def installed_program(self, fact):
        key, upgrade = fact.get("key"), fact.get("upgrade_code")
        location = self.own_home(fact.get("location") or "")
        small = any("\\program files (x86)\\" in path.lower() for path in [*self.files, location])
        values = {"DisplayName": text(fact.get("name") or key or self.product), "InstallDate": text("20261102")}
        for name, field in (("Publisher", "publisher"), ("DisplayVersion", "version")):
            if fact.get(field):
                values[name] = text(str(fact[field]))
        if location:
            values["InstallLocation"] = text(location)
        if upgrade:
            # A version has a code of its own, which only some records tell.
            key = key or named(f"product of {upgrade}")
            values |= {"WindowsInstaller": number(1), "UninstallString": text(f"MsiExec.exe /X{key}")}
            for branch in INSTALLER:
                self.key(f"HKEY_LOCAL_MACHINE\\{branch}\\{packed(upgrade)}", {packed(key): text("")}, gone=True)
        software = "HKEY_LOCAL_MACHINE\\SOFTWARE\\" + ("WOW6432Node\\" if small else "")
        self.key(f"{software}{UNINSTALL}\\{key}", values, gone=True)

    def autostart(self, fact):
        getattr(self, fact["mechanism"])(fact)

    def service(self, fact, kind=0x10):
        # Of a service whose key the record does not tell, another indicator cannot be this name.
        name = fact.get("service") or f"Service of {self.product}"
        program = next(iter(fact["exec"]), None) or self.program(f"{name}.exe")
        self.put(program)
        start = 2 if fact.get("enabled") in (True, "yes") else 3
        self.key(f"{SERVICES}\\{name}", {"Type": number(kind), "Start": number(start), "ErrorControl": number(1), "ImagePath": expanded(f'"{program}"'),
                 "DisplayName": text(f"A name that is translated ({name})"), "ObjectName": text("LocalSystem")}, gone=True)

    def driver(self, fact):
        name = fact["service"]
        self.put(f"C:\\windows\\system32\\drivers\\{name}.sys")
        self.key(f"{SERVICES}\\{name}", {"Type": number(1), "Start": number(0), "ErrorControl": number(1),
                 "ImagePath": expanded(f"\\SystemRoot\\system32\\drivers\\{name}.sys")}, gone=True)

    def run(self, fact):
        program = next(iter(fact["exec"]), None) or self.program()
        self.put(program)
        key = f"{HIVES.get((fact.get('place') or '')[:4], HIVES['HKCU'])}\\{RUN}"
        self.key(key, {fact["run_entry"]: text(f'"{program}"')})
        self.gone_keys.append(f"[{key}]\n{text(fact['run_entry'])}=-\n")

    def scheduled_task(self, fact):
        name = fact["task"]
        program = next(iter(fact["exec"]), None) or self.program()
        self.put(program)
        file = self.out / f"{self.product}.{len(self.list)}.task"
        enabled = "false" if fact.get("enabled") in (False, "no") else "true"
        file.write_bytes(TASK.format(name=name, enabled=enabled, program=program).replace("\n", "\r\n").encode("utf-16"))
        self.put(f"C:\\windows\\system32\\Tasks{name}", file)
        code = named(name)
        self.key(f"{TASK_CACHE}\\Tree{name}", {"Id": text(code), "Index": number(3)}, gone=True)
        self.key(f"{TASK_CACHE}\\Tasks\\{code}", {"Path": text(name), "URI": text(name)}, gone=True)

    def registry_key(self, fact):
        hive, rest = fact["path"].split("\\", 1)
        self.key(f"{HIVES[hive]}\\{rest}")

    def process(self, fact):
        path = self.own_home(fact.get("exe") or "") or self.program(fact["name"], must=True)
        self.put(path)
        self.programs.append(path)

    def extension(self, fact):
        number_of = len(self.keys.get(FORCED, {})) + 1
        self.key(FORCED, {str(number_of): text(f"{fact['id']};https://clients2.google.com/service/update2/crx")})

    def signature(self, fact):
        path = self.own_home(fact["path"])
        self.put(path)
        self.signers.append(f"{path}\t{fact['signer']}\n")

    def gone(self):
        """The programs and the folder that they are in; what was written elsewhere stays."""
        folders = {re.match(r"c:\\program files( \(x86\))?\\[^\\]+", path, re.I)[0] for path in self.list if path.lower().startswith("c:\\program files")}
        programs = [path for path in self.list if path.lower().startswith("c:\\windows\\") and not path.endswith("\\")]
        return "".join(f"gone\t{path}\n" for path in [*sorted(folders), *programs])

    def write(self):
        def reg(ending, body):
            body = "Windows Registry Editor Version 5.00\n\n" + body
            (self.out / f"{self.product}{ending}").write_bytes(body.replace("\n", "\r\n").encode("utf-16"))

        blocks = ("".join([f"[{key}]\n", *(f"{text(name)}={value}\n" for name, value in values.items()), "\n"]) for key, values in self.keys.items())
        reg(".reg", "".join(blocks))
        reg(".gone.reg", "\n".join(self.gone_keys))
        lines = (f"folder\t{path}\n" if what == "folder" else f"file\t{path}\t{what}\n" for path, what in self.list.items())
        for ending, body in ((".list", "".join(lines)), (".gone", self.gone()), (".programs", "".join(f"{path}\n" for path in self.programs)),
                             (".signers", "".join(self.signers))):
            (self.out / f"{self.product}{ending}").write_text(body)


if __name__ == "__main__":
    Layout(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])).write()
