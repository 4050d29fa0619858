# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs inside a private session: starts one program, waits for its painted window, and weighs it when idle."""
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from x11_window import Display

POLL_SECONDS = 0.002


def children(pid):
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += children(int(child))
    return found


def pss_mib(pid):
    total = 0
    for process in children(pid):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def main(task):
    for name, text in task["config_files"].items():
        path = Path(os.environ["XDG_CONFIG_HOME"]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    display = Display()
    begin = time.monotonic()
    program = subprocess.Popen(task["command"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        while not display.has_painted_window():
            if program.poll() is not None:
                sys.exit(f"ended with {program.returncode} before it had a window")
            if time.monotonic() - begin > task["limit_seconds"]:
                sys.exit("had no painted window in time")
            time.sleep(POLL_SECONDS)
        paint_ms = (time.monotonic() - begin) * 1000
        time.sleep(task["idle_seconds"])
        if program.poll() is not None:
            sys.exit(f"ended with {program.returncode} while idle")
        print(json.dumps({"paint_ms": paint_ms, "idle_mib": pss_mib(program.pid)}))
    finally:
        display.close()
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
