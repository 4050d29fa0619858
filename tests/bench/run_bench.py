# SPDX-License-Identifier: GPL-3.0-or-later
"""./bench NAME [--json FILE]: runs one bench or all of them; all of them rewrites docs/benchmarks.md."""
import argparse
import json
import os
import platform
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]

import build  # noqa: E402
import engine_bench  # noqa: E402
import rows  # noqa: E402
import startup_bench  # noqa: E402
import worker_bench  # noqa: E402

BENCHES = {"startup": startup_bench.measure, "worker": worker_bench.measure, "engine": engine_bench.measure}
PAGE = Path("docs/benchmarks.md")


def table(results):
    lines = ["# Benchmarks", "",
             "Written by `./bench all`, which measures Visgate beside another program on one machine in one run: medians of "
             f"{rows.RUNS} interleaved runs of an optimised build. The ratio is ours over the peer's; the goal is the largest "
             "ratio that is good enough ([goals](../tests/bench/goals.json)). Spread is half the distance between the smallest "
             "and the largest value, as a share of the median.", "",
             f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.freedesktop_os_release()['PRETTY_NAME']}.", ""]
    return "\n".join(lines + [section(bench, found) for bench, found in results.items()])


def section(bench, found):
    lines = [f"## {bench}", "", "| What | Visgate | Peer | | Ratio | Goal | |", "|---|---|---|---|---|---|---|"]
    lines += [f"| {r['name']} | {r['ours']} {r['unit']} ± {r['ours_spread']:.0%} | {r['peer']} {r['unit']} "
              f"± {r['peer_spread']:.0%} | {r['peer_name']} | {r['ratio']} | {r['goal']} | {'met' if r['ok'] else 'missed'} |"
              for r in found]
    return "\n".join(lines) + "\n"


def with_section(page, bench, found):
    """The page with one bench's section replaced, or added at its end."""
    fresh = section(bench, found)
    old = re.compile(rf"^## {re.escape(bench)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    if old.search(page):
        return old.sub(lambda _: fresh + "\n", page).rstrip("\n") + "\n"
    return page.rstrip("\n") + "\n\n" + fresh


def main():
    parser = argparse.ArgumentParser(prog="./bench", description="Measures Visgate beside another program.")
    parser.add_argument("name", choices=[*BENCHES, "all"])
    parser.add_argument("--json", metavar="FILE", help="also write the rows there")
    parser.add_argument("--page", action="store_true", help=f"also bring this bench's section of {PAGE} up to date")
    given = parser.parse_args()
    os.chdir(HERE.parents[1])
    where = build.build("release").resolve() if given.name != "engine" else None  # that one has a preset of its own
    results, problems = {}, []
    for name in BENCHES if given.name == "all" else [given.name]:
        results[name], wrong = rows.judge(name, BENCHES[name](where))
        problems += wrong
    for found in results.values():
        for r in found:
            print(f"{'ok    ' if r['ok'] else 'MISSED'} {r['name']}: {r['ours']} {r['unit']}, {r['peer_name']} {r['peer']} "
                  f"{r['unit']}, ratio {r['ratio']} (goal {r['goal']})")
    if given.json:
        Path(given.json).write_text(json.dumps([r for found in results.values() for r in found], indent=2) + "\n",
                                    encoding="utf-8")
    if given.name == "all":
        PAGE.write_text(table(results), encoding="utf-8")
    elif given.page:
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), given.name, results[given.name]), encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
