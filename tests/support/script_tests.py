# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests written as programs of their own: each tests/GROUP/NAME_test.py, in a private desktop session.

A script finds the built programs in the folder VISGATE_BIN. It ends with 0, with 77 and a reason on its last line for a
skip, or it failed.
"""
import os
import subprocess
from pathlib import Path

from results import Result, from_command

SESSION = "tests/support/with_session"
SKIP = 77
LIMIT_SECONDS = 3000


def scripts(group):
    return sorted(Path("tests", group).glob("*_test.py"))


def run(group, programs, python="/usr/bin/python3"):
    for script in scripts(group):
        yield _run(f"{group}/{script.stem}", script, python, programs)


def _run(name, script, python, programs):
    try:
        done = subprocess.run([SESSION, python, str(script)], env={**os.environ, "VISGATE_BIN": str(programs)},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired as late:
        return Result(name, "failed", f"not done after {LIMIT_SECONDS} s\n{late.stdout or ''}")
    if done.returncode == SKIP:
        return Result(name, "skipped", (done.stdout.strip().splitlines() or ["no reason given"])[-1])
    return from_command(name, done)
