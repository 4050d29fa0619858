# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs what requirements.txt pins into a folder of its own: on the network volume where there is one, so that the next
worker finds it there. The folder takes its name when everything is in it, in one step: workers that install at the same
time, and one that is killed, leave nothing half done under that name."""
import errno
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from visgate_bootstrap.failure import Failure
from visgate_bootstrap.settings import without_secrets

MARKER = ".visgate-complete"
BEAT_SECONDS = 2
SILENCE_SECONDS = 300  # pip says a line for each package
LEFT_BEHIND_SECONDS = 24 * 3600
UNITS = {"bytes": 1, "kB": 1000, "MB": 1000_000, "GB": 1000_000_000}
DOWNLOADED = re.compile(r"\s*Downloading \S+ \(([0-9.]+) (bytes|kB|MB|GB)\)")


def install(requirements, settings, events, environment):
    """The folder that the modules are in."""
    key = f"{hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]}-cp{sys.version_info[0]}{sys.version_info[1]}"
    homes = ([settings.volume / "visgate/wheels"] if settings.has_volume else []) + [settings.scratch / "visgate-wheels"]
    for home in homes:
        if is_complete(home / key, key):
            events.log("INFO", f"The picture engine is there already: {home / key}")
            return home / key
    for home in homes:
        try:
            return _install(requirements, home, key, events, environment)
        except OSError as error:
            reason = error.strerror or str(error)
            events.log("WARN", f"The picture engine cannot be kept in {home}: {reason}")
            last = Failure("E_DISK_FULL" if error.errno == errno.ENOSPC else "E_NO_RUNTIME",
                           f"The picture engine could not be installed in {home}: {reason}.")
    raise last


def is_complete(folder, key):
    try:
        return (folder / MARKER).read_text() == key
    except OSError:
        return False


def _install(requirements, home, key, events, environment):
    home.mkdir(parents=True, exist_ok=True)
    _sweep(home)
    building = pathlib.Path(tempfile.mkdtemp(prefix=".installing-", dir=home))
    try:
        _run_pip(requirements, building, events, environment)
        (building / MARKER).write_text(key)
        building.chmod(0o755)
        try:
            os.rename(building, home / key)
        except OSError:
            if not is_complete(home / key, key):  # another worker was quicker
                raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return home / key


def _sweep(home):
    """What workers that were killed left behind."""
    for folder in home.glob(".installing-*"):
        try:
            if time.time() - folder.stat().st_mtime > LEFT_BEHIND_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # another one sweeps as well


def _run_pip(requirements, target, events, environment):
    # The image's torch is never touched: what is installed comes alone, and nothing is resolved.
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:", "--no-input",
               "--disable-pip-version-check", "--no-cache-dir", "--no-compile", "--progress-bar=off",
               "--target", str(target), "--requirement", str(requirements)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               errors="replace", env={**without_secrets(environment), "PIP_ROOT_USER_ACTION": "ignore"})
    silence = _Silence(process)
    lines, done, began = [], 0, time.monotonic()
    told = began
    events.emit("download", bytes=0, total=0, bytes_per_s=0)
    try:
        for line in process.stdout:
            silence.broken()
            lines.append(line.strip())
            if found := DOWNLOADED.match(line):
                done += int(float(found[1]) * UNITS[found[2]])
                now = time.monotonic()
                if now - told >= BEAT_SECONDS:
                    told = now
                    events.emit("download", bytes=done, total=0, bytes_per_s=int(done / (now - began)))
        status = process.wait()
    finally:
        silence.stop()
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()
    if silence.was_too_long:
        raise Failure("E_NO_RUNTIME", f"Installing the picture engine stood still for {SILENCE_SECONDS} seconds.")
    if status != 0:
        text = "\n".join(lines)
        if "No space left on device" in text:
            raise OSError(errno.ENOSPC, "no space left on device")
        for line in lines[-20:]:
            events.log("ERROR", line)
        why = next((line for line in reversed(lines) if line.startswith("ERROR:")), lines[-1] if lines else "no reason given")
        raise Failure("E_NO_RUNTIME", f"The picture engine could not be installed: {why[:500]}")


class _Silence:
    """Ends a process that says nothing for too long."""

    def __init__(self, process):
        self.was_too_long = False
        self._process = process
        self._heard = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def broken(self):
        self._heard.set()

    def stop(self):
        self._over = True
        self._heard.set()
        self._thread.join()

    def _watch(self):
        while not self._over:
            if not self._heard.wait(SILENCE_SECONDS):
                self.was_too_long = True
                self._process.kill()
                return
            self._heard.clear()
