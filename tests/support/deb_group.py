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


def package():
    """The one package, as a Path; a failed Result where it cannot be made."""
    where = build.build("release")
    packages = where / "packages"
    shutil.rmtree(packages, ignore_errors=True)
    made = _run("deb/cpack", "cpack", "--config", str(where / "CPackConfig.cmake"), "-G", "DEB")
    found = sorted(packages.glob("*.deb"))
    if made.state != "passed":
        return made
    return found[0] if len(found) == 1 else Result("deb/cpack", "failed", f"not one package: {found}")


def run(options):
    found = package()
    if isinstance(found, Result):
        yield found
        return
    yield Result("deb/cpack", "passed")
    where, deb = build.folder("release"), str(found)
    yield _run("deb/desktop-file", "desktop-file-validate", "packaging/linux/org.visgate.Visgate.desktop")
    yield _run("deb/appstream", "appstreamcli", "validate", "--no-net", "packaging/linux/org.visgate.Visgate.metainfo.xml")
    yield _run("deb/lintian", "lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", LINTIAN_ALLOWED, deb)
    yield _needs("visgatectl", "no-qt-gui", where, r"Qt6(Gui|Widgets|Charts|Svg)")
    yield _needs("visgate-worker", "no-qt", where, r"Qt6")
    # Libraries whose name changes with every release: a package that asks for them installs on one distribution only.
    for program in ("visgate", "visgatectl", "visgate-worker"):
        yield _needs(program, "no-library-of-one-release", where, r"lib(fmt|spdlog|boost_)")
    yield life(deb)


def _needs(program, what, where, forbidden):
    """What the program asks the loader for, itself and through the libraries it names."""
    name = f"deb/{program}-needs-{what}"
    done = subprocess.run(["readelf", "--dynamic", "--wide", str(where / "bin" / program)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", done.stdout)
    loaded = subprocess.run(["ldd", str(where / "bin" / program)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    wrong = [line for line in needed + loaded.stdout.split() if re.search(forbidden, line)]
    if done.returncode != 0 or not needed or wrong:
        return Result(name, "failed", f"{done.stdout if not needed else ''}needs {', '.join(wrong)}")
    return Result(name, "passed")


def life(deb, suite=None):
    """Installs, uses and removes the package in a bare Debian of that name; of this computer's own release unless told."""
    name = "deb/life-in-a-clean-" + (suite or "system")
    with tempfile.TemporaryDirectory(prefix="visgate-deb.") as folder:
        picture = Path(folder) / "picture.png"
        try:
            done = subprocess.run([LIFE, deb, str(picture), *([suite] if suite else [])], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=3600)
        except subprocess.TimeoutExpired as late:
            return Result(name, "failed", f"not done after an hour\n{(late.stdout or b'')[-4000:]}")
        if done.returncode == 77:
            return Result(name, "skipped", done.stdout.strip().splitlines()[-1])
        if done.returncode == 0 and not picture.read_bytes().startswith(b"\x89PNG\r\n"):
            return Result(name, "failed", "the journey inside left no PNG\n" + done.stdout)
        return from_command(name, done)
