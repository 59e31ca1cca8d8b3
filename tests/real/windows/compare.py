#!/usr/bin/python3
"""Prints every difference between what the running computer shows and what a copy of its disk shows, and fails when there is one.

    compare.py LEAST LIVE-REPORT LIVE-INVENTORY OFFLINE-REPORT OFFLINE-INVENTORY    all in JSON, made with --unmasked

Left out is what only a running computer can show: programs that run, the names the network answers with, whom a program that only runs was
signed by; and when a key of the registry was written, which Wine's export does not tell. It also fails when fewer than LEAST facts agree,
because then hardly anything was compared.
"""
import json
import sys
from collections import Counter

LIVE_ONLY = {"process", "dns"}
LIVE_FIELDS = {"running"}
LIVE_SOURCES = {"processes", "processes_of_others", "process_paths", "dns"}
# A home folder and the Windows folder are written in any case; Windows does not mind.
ANY_CASE = str.lower


def plain(value):
    if isinstance(value, str):
        return ANY_CASE(value)
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def only_running(inventory):
    """The programs that nothing but their running shows."""
    running = {plain(fact.get("exe") or "") for fact in inventory["facts"] if fact["kind"] == "process"}
    rest = [fact for fact in inventory["facts"] if fact["kind"] not in LIVE_ONLY | {"signature"}]
    return running - {plain(path) for fact in rest for path in [fact.get("path"), fact.get("program"), *(fact.get("exec") or [])] if path}


def facts(inventory, left_out_programs):
    for fact in inventory["facts"]:
        if fact["kind"] in LIVE_ONLY or fact["kind"] == "signature" and plain(fact["path"]) in left_out_programs:
            continue
        left_out = LIVE_FIELDS | ({"since"} if fact["kind"] != "file" else set())
        shown = {name: plain(value) for name, value in fact.items() if name not in left_out}
        yield "fact", json.dumps(shown, sort_keys=True, ensure_ascii=False)


def told(report, left_out_programs):
    for finding in report["findings"]:
        product = finding["product"]
        evidence = [piece for piece in finding["evidence"] if piece["proves"] != "running" and plain(piece["where"]) not in left_out_programs]
        if not evidence:
            continue
        for name in ("confidence", "installed", "autostart", "part"):
            if name in finding:
                yield product, f"{name}: {finding[name]}"
        for piece in {(piece["kind"], plain(piece["value"])) for piece in evidence}:
            yield product, f"evidence: {piece[0]} {piece[1]}"
    for seen in report["observations"]:
        for piece in seen["evidence"]:
            yield "observation", f"{seen['id']} by {seen['by']}, level {seen['level']}: {piece['kind']} {plain(piece['value'])}"


def covered(report):
    for account in report["coverage"]:
        if account["source"] not in LIVE_SOURCES:
            reason = (account["reason"] or {}).get("code")
            yield "coverage", f"{account['source']}: {account['status']}, {reason}"


def main():
    live_report, live_inventory, offline_report, offline_inventory = (json.load(open(path)) for path in sys.argv[2:])
    left_out = only_running(live_inventory)
    live = Counter([*covered(live_report), *told(live_report, left_out), *facts(live_inventory, left_out)])
    offline = Counter([*covered(offline_report), *told(offline_report, left_out), *facts(offline_inventory, left_out)])
    for only, which in ((live - offline, "only live"), (offline - live, "only offline")):
        for (about, what), _ in sorted(only.items()):
            print(f"        {which:12} {about}: {what}")
    if any(piece["proves"] == "running" for finding in offline_report["findings"] for piece in finding["evidence"]):
        sys.exit("        a disk was said to run something")
    agree = live & offline
    facts_agree = sum(number for (about, _), number in agree.items() if about == "fact")
    print(f"        {agree.total()} things agree, {facts_agree} of them facts")
    sys.exit(1 if live != offline or facts_agree < int(sys.argv[1]) else 0)


if __name__ == "__main__":
    main()
