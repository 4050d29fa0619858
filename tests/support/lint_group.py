# SPDX-License-Identifier: GPL-3.0-or-later
"""Formatting, static analysis and the source rules.

The rules take a second and always look at everything. Formatting, clang-tidy and clazy look at the files a change
touches (against the point where it left main, or the commit before), or at every file with --long.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import time
from pathlib import Path

import build
from results import Result, from_command

SCRIPTS = ["run", "test", "bench", ".ci/run", "packaging/packages/install.sh", "tests/support/with_session", "tests/support/locales",
           "packaging/container/publish", "tests/deb/life_in_a_clean_system", "tests/deb/inside_the_clean_system",
           "tests/journey/on_a_fresh_system", "packaging/windows/dependencies"]
CHANGED_FILES_BUDGET_SECONDS = 300
# QSqlDatabase is a handle: writing to a copy of it writes to the connection.
CLAZY_CHECKS = "level1,no-writing-to-temporary"
# GoogleTest's macros make such statics; a test waits within the life of what its lambdas capture.
CLAZY_CHECKS_OF_TESTS = CLAZY_CHECKS + ",no-non-pod-global-static,no-lambda-in-connect"


def _command(name, *arguments):
    return from_command(name, subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                             stderr=subprocess.STDOUT, text=True, errors="replace"))


def rules():
    """The source rules, and the tests of the harness's own scripts (among them: planted violations are found)."""
    yield _command("rules/sources", "/usr/bin/python3", "tests/lint/source_rules.py")
    yield _command("rules/translations", "/usr/bin/python3", "translations/check.py")
    yield _command("rules/translations_selftest", "/usr/bin/python3", "translations/check.py", "--selftest")
    for script in sorted([*Path("tests/lint").glob("*_selftest.py"), *Path("tests/bench").glob("*_selftest.py")]):
        yield _command(f"rules/{script.stem}", "/usr/bin/python3", str(script))


def lint(options):
    files = _files(options)
    print(f"   {len(files)} C++ files to look at", flush=True)
    scripts = [script for script in SCRIPTS if Path(script).exists()]
    yield _command("lint/shellcheck", "shellcheck", "-x", *scripts)
    if not files:
        return
    yield _command("lint/clang-format", "clang-format", "--dry-run", "--Werror", *files)
    units = [file for file in files if file.endswith(".cpp")]
    if units:
        yield from _analyse(units, options)


def _newest(program):
    """PROGRAM-16 and so on where a distribution numbers it, the highest; PROGRAM itself where it does not."""
    numbered = {int(match.group(1)): path for folder in os.get_exec_path() for path in Path(folder).glob(f"{program}-*")
                if (match := re.fullmatch(rf"{program}-(\d+)", path.name)) and os.access(path, os.X_OK)}
    return str(numbered[max(numbered)]) if numbered else program


def _git(*arguments):
    return subprocess.run(["git", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True)


def _base():
    """The commit a change is measured from: where it left main, or its parent; None in a clone without history."""
    head = _git("rev-parse", "HEAD").stdout.strip()
    for main in ("origin/main", "main"):
        merge_base = _git("merge-base", "HEAD", main)
        if merge_base.returncode == 0 and merge_base.stdout.strip() != head:
            return merge_base.stdout.strip()
    parent = _git("rev-parse", "--verify", "--quiet", "HEAD~1")
    return parent.stdout.strip() if parent.returncode == 0 else None


def _files(options):
    base = None if options.long else _base()
    if base is None:
        names = _git("ls-files").stdout.splitlines()
    else:
        names = _git("diff", "--name-only", "--diff-filter=d", base).stdout.splitlines()
        names += _git("ls-files", "--others", "--exclude-standard").stdout.splitlines()
    return sorted({name for name in names if name.endswith((".cpp", ".h"))})


def _analyse(units, options):
    where = build.build("clazy", "autogen")
    database = {str(Path(entry["directory"], entry["file"]).resolve()) for entry in
                json.loads((where / "compile_commands.json").read_text(encoding="utf-8"))}
    known = [unit for unit in units if str(Path(unit).resolve()) in database]
    tidy = _newest("clang-tidy")
    deadline = None if options.long else time.monotonic() + CHANGED_FILES_BUDGET_SECONDS

    def look(unit):
        if deadline is not None and time.monotonic() > deadline:
            return [Result(f"lint/analysis/{unit}", "skipped", "out of time for changed files; --long looks at all")]
        checks = CLAZY_CHECKS_OF_TESTS if unit.startswith("tests/") else CLAZY_CHECKS
        return [_command(f"lint/clang-tidy/{unit}", tidy, "-p", str(where), "--quiet",
                         "--warnings-as-errors=*", unit),
                _command(f"lint/clazy/{unit}", "clazy-standalone", "-p", str(where), f"--checks={checks}",
                         "--extra-arg=-Werror", "--extra-arg=-Wno-unknown-warning-option", unit)]

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for found in pool.map(look, known):
            yield from found
