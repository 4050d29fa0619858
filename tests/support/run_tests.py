# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the groups of tests that ./test was asked for and prints one summary line at the end.

A group that yields no Result counts as failed: nothing ran is not green.
"""
import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import build  # noqa: E402
import container_group  # noqa: E402
import cross_group  # noqa: E402
import ctest_group  # noqa: E402
import deb_group  # noqa: E402
import diffusers_group  # noqa: E402
import fresh_group  # noqa: E402
import fuzz_group  # noqa: E402
import interop_group  # noqa: E402
import journey_group  # noqa: E402
import lint_group  # noqa: E402
import locale_group  # noqa: E402
from results import Result  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Options:
    """What the command line said, for every group."""
    seed: int
    long: bool
    jobs: int


@dataclass(frozen=True)
class Group:
    """`run` yields Results; `builds` are the arguments of build.build() that it will give first."""
    run: Callable
    builds: tuple = ()


ASAN, TSAN, FUZZ, RELEASE = ("asan",), ("tsan", "unit_tests"), ("fuzz", "fuzzers"), ("release",)
GROUPS = {
    "rules": Group(lambda options: lint_group.rules()),
    "unit": Group(lambda options: ctest_group.run("asan", "unit", options), ASAN),
    "contract": Group(lambda options: ctest_group.run("asan", "contract", options), ASAN),
    "engine": Group(lambda options: ctest_group.run("asan", "engine", options), ASAN),
    "gui": Group(lambda options: ctest_group.run("asan", "gui", options), ASAN),
    "locale": Group(locale_group.run, ASAN),
    "chaos": Group(lambda options: ctest_group.run("asan", "chaos", options), ASAN),
    # Here it waits for the network beside the builds that the groups after it wait for.
    "interop": Group(interop_group.run, ASAN),
    "tsan": Group(lambda options: ctest_group.run("tsan", "unit", options), TSAN),
    "fuzz": Group(fuzz_group.run, FUZZ),
    "journey": Group(journey_group.run, RELEASE),
    "deb": Group(deb_group.run, RELEASE),
    "lint": Group(lint_group.lint),
    "fresh": Group(fresh_group.run, RELEASE),
    "cross": Group(cross_group.run),
    "diffusers": Group(diffusers_group.run, ASAN),
    "container": Group(container_group.run, ASAN),
}
ONLY_BY_NAME = {"lint": "the files of a change", "fresh": "bare Debian systems, an hour",
                "cross": "Windows by mingw-w64 and wine, and macOS as far as a compiler goes",
                "diffusers": "real models' code on the processor; installs gigabytes under build/",
                "container": "the worker's images, built and run; takes 20 GB for a while"}
STATES = ("passed", "failed", "skipped", "unsteady")
DEFAULT = [name for name in GROUPS if name not in ONLY_BY_NAME]


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="./test", description="Builds and runs the tests of Visgate.",
        epilog="Groups: " + ", ".join(GROUPS) + ". Without --group all run but " + " and ".join(ONLY_BY_NAME) + ".")
    parser.add_argument("--group", action="append", choices=[*GROUPS, "default"], metavar="NAME",
                        help="run only this group; may be given several times; 'default' stands for those that run without it")
    parser.add_argument("--seed", type=int, default=1, metavar="N",
                        help="seed of everything random in the tests (VISGATE_TEST_SEED), 1 unless told")
    parser.add_argument("--long", action="store_true",
                        help="longer chaos and fuzzing (VISGATE_TEST_LONG=1), and lint on every file")
    parser.add_argument("--lenient", action="store_true",
                        help="compiler warnings are no errors; for compilers newer than those that Visgate was tried with")
    given = parser.parse_args(arguments)
    build.lenient = given.lenient
    names = []
    for name in given.group or ["default"]:
        names += [n for n in (DEFAULT if name == "default" else [name]) if n not in names]
    cores = os.cpu_count() or 2
    # The tests wait for each other's processes about a third of their time.
    return names, Options(seed=given.seed, long=given.long, jobs=cores + cores // 2)


def run_group(name, options):
    print(f"== {name}", flush=True)
    begin = time.monotonic()
    results = []
    try:
        for result in GROUPS[name].run(options):
            results.append(result)
            if result.state in ("failed", "unsteady"):
                print(f"{result.state.upper()} {result.name}\n{result.text}", flush=True)
    except build.BuildFailed as error:
        results.append(Result(f"{name}/build", "failed", str(error)))
        print(f"FAILED {name}/build: {error}", flush=True)
    if not results:
        results.append(Result(f"{name}/nothing-ran", "failed", "the group holds no test"))
        print(f"FAILED {name}: not one test ran", flush=True)
    minutes = (time.monotonic() - begin) / 60
    print(f"== {name}: {minutes:.1f} min, {summary(results)}", flush=True)
    return results, minutes


def summary(results):
    """ "3 passed, 0 failed, 1 skipped", and how many were unsteady where there are any."""
    counts = {state: sum(result.state == state for result in results) for state in STATES}
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count or state != "unsteady")


def in_short(result):
    """One line: the whole reason of a skip, the most telling line of a failure."""
    lines = [line.strip() for line in result.text.splitlines() if line.strip()] or ["no reason given"]
    if result.state == "skipped":
        return " ".join(lines)
    telling = [line for line in lines if re.search(r"\bFailure\b|\bERROR\b|\berror:|Error:|rror\b.*:", line)]
    return (telling or lines)[0][:200]


def main(arguments):
    names, options = parse(arguments)
    os.chdir(ROOT)
    os.environ["VISGATE_TEST_SEED"] = str(options.seed)
    if options.long:
        os.environ["VISGATE_TEST_LONG"] = "1"
    print(f"groups: {' '.join(names)}; seed {options.seed}", flush=True)
    begin = time.monotonic()
    results, minutes = [], {}
    build.ahead(list(dict.fromkeys(GROUPS[name].builds for name in names if GROUPS[name].builds)))
    for name in names:
        group_results, minutes[name] = run_group(name, options)
        results += group_results

    print("\nminutes a group: " + ", ".join(f"{name} {value:.1f}" for name, value in minutes.items())
          + f"; together {(time.monotonic() - begin) / 60:.1f}")
    for name in set(ONLY_BY_NAME) - set(names):
        print(f"not run: {name}, which runs by name only ({ONLY_BY_NAME[name]})")
    for state in ("skipped", "unsteady", "failed"):
        for result in results:
            if result.state == state:
                print(f"{state}: {result.name}: {in_short(result)}")
    print(summary(results), flush=True)
    return 1 if any(result.state == "failed" for result in results) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
