# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine with 1,000 deployments, 100 of them with a worker, against what the provider and the user allow: the account's
request quota as its headers tell it, the age of what is known of workers, the wait of a delete and a stop, the share of a
core, and memory. There is no other program to put beside it, so the peer is the limit itself."""
import json
import subprocess
import sys

import build

LIMIT_SECONDS = 1200


def measure(_):
    where = build.build("bench", "engine_bench").resolve()
    done = subprocess.run([str(where / "bin/engine_bench")], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=LIMIT_SECONDS)
    if done.returncode != 0:
        sys.exit(f"engine_bench: {done.stderr.strip()}")
    return rows_of(json.loads(done.stdout.splitlines()[-1]))


def rows_of(found):
    if found["refused"]:
        sys.exit(f"engine_bench: {found['refused']} calls were refused with 429")
    what = f"{found['deployments']:,} deployments"
    per_minute = found["calls_per_minute"]
    return [
        _row(f"busiest minute, {what}", "calls", found["busiest_minute"], "quota a minute", found["quota_minute"]),
        _row(f"calls an hour, {what}", "calls", per_minute * 60, "quota an hour", found["quota_hour"]),
        _row(f"calls a day, {what}", "calls", per_minute * 1440, "quota a day", found["quota_day"]),
        _row(f"stalest of {found['with_workers']} workers", "s", found["stalest_seconds"], "limit", 60),
        _row("delete waits", "ms", found["delete_ms"], "limit", 2000),
        _row("stop waits", "ms", found["stop_ms"], "limit", 2000),
        _row("engine thread", "% of a core", found["engine_core"] * 100, "a core", 100),
        _row("memory a deployment", "KiB", found["kib_per_deployment"], "limit", 256),
    ]


def _row(name, unit, ours, peer_name, peer):
    return {"name": name, "ours": round(ours, 1), "unit": unit, "peer_name": peer_name, "peer": peer,
            "ratio": round(ours / peer, 3), "ours_spread": 0.0, "peer_spread": 0.0, "runs": 1}
