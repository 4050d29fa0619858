# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual environment with the official Runpod SDK, pinned, made once under build/."""
import shutil
import subprocess
from pathlib import Path

PINS = Path("packaging/packages/python-runpod-sdk.txt")
FOLDER = Path("build/venv-runpod-sdk")


class Unavailable(Exception):
    """The SDK cannot be installed here; the text says why."""


def version():
    for line in PINS.read_text(encoding="utf-8").splitlines():
        if line.startswith("runpod=="):
            return line.removeprefix("runpod==")
    raise Unavailable(f"{PINS} pins no runpod")


def python():
    """The path of a Python interpreter that can import runpod."""
    stamp, pins = FOLDER / "pins.txt", PINS.read_text(encoding="utf-8")
    interpreter = (FOLDER / "bin/python3").absolute()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == pins and interpreter.exists():
        return str(interpreter)
    shutil.rmtree(FOLDER, ignore_errors=True)
    for command in (["/usr/bin/python3", "-m", "venv", str(FOLDER)],
                    [str(FOLDER / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:",
                     "--requirement", str(PINS)]):
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, timeout=300)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unavailable(f"the Runpod SDK cannot be installed: {error}") from error
        if done.returncode != 0:
            raise Unavailable(f"the Runpod SDK cannot be installed: {(done.stdout.strip().splitlines() or ['no reason given'])[-1]}")
    stamp.write_text(pins, encoding="utf-8")
    return str(interpreter)
