# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's program where there is no display: it answers what needs none, and says in a sentence what it lacks."""
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(os.environ["VISGATE_BIN"]) / "visgate"
if not PROGRAM.exists():
    print("the window is not built")
    sys.exit(77)
HERE = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}


def run(*arguments, **more):
    return subprocess.run([PROGRAM, *arguments], env={**HERE, **more}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=120)


for argument, words in (("--help", "Usage: visgate"), ("--version", "visgate 0.")):
    done = run(argument)
    assert done.returncode == 0 and words in done.stdout, (argument, done)
for display in ({}, {"DISPLAY": ":97531"}):
    done = run(**display)
    assert done.returncode == 3, done
    assert "needs a display" in done.stderr and "visgatectl --help" in done.stderr, done
print("answers without a display")
