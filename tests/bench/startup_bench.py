# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to first paint, and memory when idle, of the window beside KeePassXC and qBittorrent as Debian packages them.

All three are started alike: a fresh desktop session with an empty home each time (KeePassXC and qBittorrent are only spared
their first-start dialogs), watched from outside through Xlib every 2 ms until a window holds more than flat colour. Memory
is the proportional set size of the process and its children, IDLE_SECONDS after that.
"""
import json
import subprocess
import sys
from pathlib import Path

import rows

SESSION = "tests/support/with_session"
IDLE_SECONDS = 5
LIMIT_SECONDS = 60
PEERS = {
    "KeePassXC": ("keepassxc", {"keepassxc/keepassxc.ini": "[General]\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\n"}),
    "qBittorrent": ("qbittorrent", {"qBittorrent/qBittorrent.conf": "[LegalNotice]\nAccepted=true\n"
                                    "[BitTorrent]\nSession\\Port=0\n"}),
}


def measure(build_folder):
    programs = {"visgate": ([str(build_folder / "bin/visgate")], {})}
    for name, (package, files) in PEERS.items():
        programs[name] = ([f"/usr/bin/{package}"], files)
    taken = rows.interleaved({name: lambda c=command, f=files: once(c, f) for name, (command, files) in programs.items()})
    found = []
    for field, what, unit in (("paint_ms", "start to first paint", "ms"), ("idle_mib", "idle memory", "MiB")):
        for name, (package, _) in PEERS.items():
            found.append(rows.row(f"{what}, beside {name}", unit, [v[field] for v in taken["visgate"]],
                                  f"{name} {_version(package)}", [v[field] for v in taken[name]]))
    return found


def _version(package):
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True,
                          text=True).stdout.split("+")[0]


def once(command, config_files):
    """{paint_ms, idle_mib} of one start in a session of its own."""
    task = {"command": command, "config_files": config_files, "idle_seconds": IDLE_SECONDS, "limit_seconds": LIMIT_SECONDS}
    done = subprocess.run([SESSION, "/usr/bin/python3", str(Path(__file__).with_name("watch_start.py")), json.dumps(task)],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]}: {done.stderr.strip()}")
    return json.loads(done.stdout.splitlines()[-1])
