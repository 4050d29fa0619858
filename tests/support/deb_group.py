# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the Debian package, looks at it, and lives with it once in a system that holds nothing else."""
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import build
from results import Result, from_command

LIFE = "tests/deb/life_in_a_clean_system"
# The one lintian tag that is known and wanted: there is no bug report to close in a package that Debian does not hold.
LINTIAN_ALLOWED = "initial-upload-closes-no-bugs"


def _run(name, *command):
    return from_command(name, subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                             stderr=subprocess.STDOUT, text=True, errors="replace"))


def run(options):
    where = build.build("release")
    packages = where / "packages"
    shutil.rmtree(packages, ignore_errors=True)
    made = _run("deb/cpack", "cpack", "--config", str(where / "CPackConfig.cmake"), "-G", "DEB")
    yield made
    found = sorted(packages.glob("*.deb"))
    if made.state != "passed" or len(found) != 1:
        return
    deb = str(found[0])
    yield _run("deb/desktop-file", "desktop-file-validate", "packaging/linux/org.visgate.Visgate.desktop")
    yield _run("deb/appstream", "appstreamcli", "validate", "--no-net", "packaging/linux/org.visgate.Visgate.metainfo.xml")
    yield _run("deb/lintian", "lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", LINTIAN_ALLOWED, deb)
    yield _needs("visgatectl", where, r"Qt6(Gui|Widgets|Charts|Svg)")
    yield _needs("visgate-worker", where, r"Qt6")
    yield _life(deb)


def _needs(program, where, forbidden):
    """What the program asks the loader for, itself and through the libraries it names."""
    name = f"deb/{program}-needs-no-{'qt-gui' if 'Gui' in forbidden else 'qt'}"
    done = subprocess.run(["readelf", "--dynamic", "--wide", str(where / "bin" / program)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", done.stdout)
    loaded = subprocess.run(["ldd", str(where / "bin" / program)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    wrong = [line for line in needed + loaded.stdout.split() if re.search(forbidden, line)]
    if done.returncode != 0 or not needed or wrong:
        return Result(name, "failed", f"{done.stdout if not needed else ''}needs {', '.join(wrong)}")
    return Result(name, "passed")


def _life(deb):
    name = "deb/life-in-a-clean-system"
    with tempfile.TemporaryDirectory(prefix="visgate-deb.") as folder:
        picture = Path(folder) / "picture.png"
        try:
            done = subprocess.run([LIFE, deb, str(picture)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, errors="replace", timeout=900)
        except subprocess.TimeoutExpired as late:
            return Result(name, "failed", f"not done after 15 minutes\n{(late.stdout or b'')[-4000:]}")
        if done.returncode == 77:
            return Result(name, "skipped", done.stdout.strip().splitlines()[-1])
        if done.returncode == 0 and not picture.read_bytes().startswith(b"\x89PNG\r\n"):
            return Result(name, "failed", "the journey inside left no PNG\n" + done.stdout)
        return from_command(name, done)
