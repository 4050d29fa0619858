# SPDX-License-Identifier: GPL-3.0-or-later
"""The distributions that README.md promises, bare: ./run and ./test in a system with only git, and the life of the package built here.

Takes as long as two first builds for each of them, so it is asked for by name.
"""
import subprocess
import tempfile
from pathlib import Path

import deb_group
from journey_group import colour_at, near
from results import Result, from_command

SUITES = ("bookworm", "trixie")
SKIP = 77


def run(options):
    deb = deb_group.package()
    for suite in SUITES:
        yield _first_picture(suite)
        if isinstance(deb, Path):
            yield deb_group.life(str(deb), suite)
    if isinstance(deb, Result):
        yield deb


def _first_picture(suite):
    name = f"fresh/run-and-test-on-{suite}-with-only-git"
    with tempfile.TemporaryDirectory(prefix="visgate-fresh.") as folder:
        picture = Path(folder) / "picture.png"
        done = subprocess.run(["tests/journey/on_a_fresh_system", str(picture), suite], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if done.returncode == SKIP:
            return Result(name, "skipped", done.stdout.strip().splitlines()[-1])
        if done.returncode == 0 and not near(colour_at(str(picture), 0.5, 0.5), "red"):
            return Result(name, "failed", "the picture's centre is not red")
        return from_command(name, done)
