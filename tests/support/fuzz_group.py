# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the fuzzers with clang and gives each its seconds; a crash leaves its input in build/fuzz/crashes."""
import concurrent.futures
import os
import subprocess
import time

import build
from results import Result

SHORT_SECONDS, LONG_SECONDS = 10, 300


def run(options):
    where = build.build("fuzz", "fuzzers")
    binaries = sorted(path for path in (where / "bin").iterdir() if path.name.startswith("fuzz_") and os.access(path, os.X_OK))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        yield from pool.map(lambda binary: _fuzz(where, binary, options), binaries)


def _fuzz(where, binary, options):
    name = binary.name.removeprefix("fuzz_")
    found, crashes = where / "corpus" / name, where / "crashes"
    found.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(exist_ok=True)
    seconds = LONG_SECONDS if options.long else SHORT_SECONDS
    command = [str(binary), f"-seed={options.seed}", f"-max_total_time={seconds}", "-rss_limit_mb=2048", "-timeout=10",
               f"-artifact_prefix={crashes}/{name}-", "-print_final_stats=1", str(found)]
    seeds = f"tests/fuzz/corpus/{name}"
    if os.path.isdir(seeds):
        command.append(seeds)
    begin = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace")
    stats = dict(line.removeprefix("stat::").split(":", 1) for line in done.stdout.splitlines() if line.startswith("stat::"))
    runs = int(stats.get("number_of_executed_units", "0").strip())
    print(f"   {name}: {runs} inputs in {time.monotonic() - begin:.0f} s", flush=True)
    if done.returncode != 0 or runs == 0:
        return Result(f"fuzz/{name}", "failed", f"exit code {done.returncode}\n" + "\n".join(done.stdout.splitlines()[-60:]))
    return Result(f"fuzz/{name}", "passed")
