# SPDX-License-Identifier: GPL-3.0-or-later
"""Other people's clients against our servers: each tests/interop/*_test.py, run by a Python that has the pinned Runpod SDK.

A script finds the programs in VISGATE_BIN. It ends with 0, with 77 and a reason on its last line for a skip, or it failed.
"""
import os
import subprocess
from pathlib import Path

import build
import runpod_sdk
from results import Result, from_command

SESSION = "tests/support/with_session"
SKIP = 77


def run(options):
    scripts = sorted(Path("tests/interop").glob("*_test.py"))
    try:
        python = runpod_sdk.python()
    except runpod_sdk.Unavailable as reason:
        for script in scripts:
            yield Result(f"interop/{script.stem}", "skipped", str(reason))
        return
    programs = (build.build("asan") / "bin").resolve()
    for script in scripts:
        yield _run(script, python, programs)


def _run(script, python, programs):
    name = f"interop/{script.stem}"
    try:
        done = subprocess.run([SESSION, python, str(script)], env={**os.environ, "VISGATE_BIN": str(programs)},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", timeout=300)
    except subprocess.TimeoutExpired as late:
        return Result(name, "failed", f"not done after 300 s\n{late.stdout or ''}")
    if done.returncode == SKIP:
        return Result(name, "skipped", (done.stdout.strip().splitlines() or ["no reason given"])[-1])
    return from_command(name, done)
