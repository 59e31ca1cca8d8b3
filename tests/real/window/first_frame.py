"""Starts a program, and tells when the screen first has its picture.

    first_frame.py RUNS SECONDS PROGRAM...     on the X server of $DISPLAY, on which nothing else is

Measured is from just before the process is started until the server has a window of it whose pixels are no longer those of an empty window: the
first frame of the page. Then it is left alone for SECONDS, in which it looks at the computer and shows what it found. Prints for each run the
milliseconds, the resident memory at the first frame and after those seconds, and the most that it ever was, in KB.
"""
import statistics
import subprocess
import sys
import time

from Xlib import X, display, error


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return int(fields["VmRSS"].split()[0]), int(fields["VmHWM"].split()[0])


def private(pid):
    """What this process alone holds: shared libraries that others hold too are not counted."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return sum(int(line.split()[1]) for line in rollup if line.startswith("Private_"))


def is_drawn(window):
    """Whether the pixels of a window are more than one colour."""
    size = window.get_geometry()
    seen = set()
    # A line across the menu and the head of the page.
    data = window.get_image(0, 30, size.width, 1, X.ZPixmap, 0xFFFFFFFF).data
    for at in range(0, len(data), 4):
        seen.add(data[at:at + 3])
        if len(seen) > 2:
            return True
    return False


def first_frame(server, command, seconds):
    root = server.screen().root
    before = {window.id for window in root.query_tree().children}
    start = time.monotonic()
    process = subprocess.Popen(command)
    try:
        while True:
            if time.monotonic() - start > 30 or process.poll() is not None:
                sys.exit("no window came")
            for window in root.query_tree().children:
                if window.id in before:
                    continue
                try:
                    size = window.get_geometry()
                    if size.width < 300 or window.get_attributes().map_state != X.IsViewable or not is_drawn(window):
                        continue
                except error.XError:
                    continue
                took = (time.monotonic() - start) * 1000
                then = memory(process.pid)[0]
                time.sleep(seconds)
                resident, most = memory(process.pid)
                return took, then, resident, most, private(process.pid)
            time.sleep(0.001)
    finally:
        process.terminate()
        process.wait()


def main():
    runs, seconds, command = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    server = display.Display()
    server.set_error_handler(lambda *_: None)
    found = [first_frame(server, command, seconds) for _ in range(runs)]
    for took, then, resident, most, own in found:
        print(f"run     {took:7.0f} ms to the first frame, {then} KB; {resident} KB after {seconds:.0f} s ({own} KB its own), at most {most} KB")
    middle = [statistics.median(values) for values in zip(*found)]
    for what, value, budget, unit in (
        ("window: start to first frame", middle[0], 500, "ms"),
        ("window: resident at its first frame", middle[1] / 1024, 40, "MB"),
        ("window: resident with the overview shown", middle[2] / 1024, 40, "MB"),
    ):
        print(f"budget  {what:<44} {value:9.1f} {unit} of {budget} {unit}   {'kept' if value <= budget else 'EXCEEDED'}")


main()
