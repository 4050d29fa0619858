# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that is started while the owner of the data folder closes: it finds the folder taken, and nobody answers it
any more. It sees to it that the folder has an owner again."""
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(os.environ["VISGATE_BIN"])
if not (BIN / "visgate").exists():
    print("the window is not built")
    sys.exit(77)
WATCHDOG_S = 600


def wait_for(what, is_so):
    end = time.monotonic() + WATCHDOG_S
    while not (value := is_so()):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return value


def owner(lock):
    """The socket and the process that the lock file names."""
    lines = lock.read_text().split("\n") if lock.exists() else []
    return (lines[0], int(lines[1])) if len(lines) > 1 and lines[1] else None


with tempfile.TemporaryDirectory() as folder:
    data = Path(folder, "data")
    lock = data / "owner.lock"
    (Path(folder) / "run").mkdir(mode=0o700)
    here = {**os.environ, "VISGATE_DATA_DIR": str(data), "XDG_RUNTIME_DIR": f"{folder}/run", "LC_ALL": "C.UTF-8"}
    first = subprocess.Popen([BIN / "visgatectl", "serve"], env=here, stdin=subprocess.DEVNULL)
    door, _ = wait_for("no owner came", lambda: owner(lock))
    first.terminate()
    first.wait(WATCHDOG_S)

    # Its last moments, for as long as this test likes: the folder is held, and whoever knocks is not answered.
    held = lock.open("r+")
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    held.truncate()
    held.write(f"{door}\n{os.getpid()}")
    held.flush()
    Path(door).unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(door)
    listener.listen()
    listener.settimeout(WATCHDOG_S)
    window = subprocess.Popen([BIN / "visgate"], env=here, stdin=subprocess.DEVNULL)
    try:
        listener.accept()[0].close()
        listener.close()
        Path(door).unlink()
        held.close()
        _, successor = wait_for("the window stays without an owner",
                                lambda: (now := owner(lock)) and now[1] != os.getpid() and now)
        assert window.poll() is None, window.returncode
        assert successor not in (window.pid, first.pid), "the window itself has begun as a client"
        listed = subprocess.run([BIN / "visgatectl", "list", "--json"], env=here, stdin=subprocess.DEVNULL,
                                capture_output=True, text=True, timeout=WATCHDOG_S)
        assert listed.returncode == 0 and json.loads(listed.stdout)["deployments"] == [], listed
        assert owner(lock)[1] == successor
    finally:
        window.terminate()
        window.wait(WATCHDOG_S)
        if (last := owner(lock)) and last[1] != os.getpid():
            os.kill(last[1], signal.SIGTERM)
print("the window has found itself an owner")
