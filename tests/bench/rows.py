# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a bench: ours beside a peer's, from interleaved runs, against the goals of goals.json.

A ratio is ours over the peer's, so that smaller is better and a goal is the largest ratio that is good enough.
"""
import json
import statistics
from pathlib import Path

GOALS = Path(__file__).resolve().parent / "goals.json"
RUNS = 5


def interleaved(measures, runs=RUNS):
    """Calls each function of {name: function} once a round and returns {name: [values of all rounds]}. One round more than
    is counted comes first, so that no program pays alone for reading its files from disk."""
    values = {name: [] for name in measures}
    for round_number in range(-1, runs):
        for name, measure in measures.items():
            value = measure()
            if round_number >= 0:
                values[name].append(value)
    return values


def spread(values):
    """Half the distance between the smallest and the largest, as a share of the median."""
    return round((max(values) - min(values)) / 2 / statistics.median(values), 3)


def row(name, unit, ours, peer_name, peer):
    """One row without its goal; ours and peer are lists of one value a run."""
    ours_median, peer_median = statistics.median(ours), statistics.median(peer)
    return {"name": name, "ours": round(ours_median, 1), "unit": unit, "peer_name": peer_name, "peer": round(peer_median, 1),
            "ratio": round(ours_median / peer_median, 3), "ours_spread": spread(ours), "peer_spread": spread(peer),
            "runs": len(ours)}


def judge(bench, measured, goals=None):
    """The rows with goal and ok, in the order of the goals, and what is wrong: rows that miss their goal, that were not
    measured, or that have no goal."""
    goals = json.loads(GOALS.read_text(encoding="utf-8")) if goals is None else goals
    by_name = {entry["name"]: entry for entry in measured}
    rows, problems = [], []
    for goal in goals.get(bench, []):
        found = by_name.pop(goal["name"], None)
        if found is None:
            problems.append(f"{bench}: '{goal['name']}' was not measured")
            continue
        judged = {**found, "goal": goal["goal"], "ok": found["ratio"] <= goal["goal"]}
        rows.append(judged)
        if not judged["ok"]:
            problems.append(f"{bench}: '{judged['name']}' is {judged['ratio']}, the goal is {judged['goal']}")
    problems += [f"{bench}: '{name}' has no goal" for name in by_name]
    if not rows:
        problems.append(f"{bench}: no row at all")
    return rows, problems
