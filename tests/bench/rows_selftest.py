# SPDX-License-Identifier: GPL-3.0-or-later
"""The judging of bench rows: a met goal, a missed one, a row that is missing and one that nobody set a goal for."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rows  # noqa: E402


class Rows(unittest.TestCase):
    def test_a_row_is_the_median_and_its_spread(self):
        row = rows.row("x", "ms", [9, 10, 14, 11, 10], "peer 1", [20, 20, 20, 20, 20])
        self.assertEqual((row["ours"], row["peer"], row["ratio"], row["ours_spread"]), (10, 20, 0.5, 0.25))

    def test_goals_decide(self):
        measured = [rows.row("fast", "ms", [1], "p", [2]), rows.row("slow", "ms", [4], "p", [2]),
                    rows.row("stray", "ms", [1], "p", [1])]
        goals = {"b": [{"name": "fast", "goal": 1.0}, {"name": "slow", "goal": 1.0}, {"name": "gone", "goal": 1.0}]}
        judged, problems = rows.judge("b", measured, goals)
        self.assertEqual([(row["name"], row["ok"]) for row in judged], [("fast", True), ("slow", False)])
        self.assertEqual(len(problems), 3, problems)
        self.assertEqual(set(judged[0]) >= {"name", "ours", "unit", "peer_name", "peer", "ratio", "goal", "ok"}, True)

    def test_an_empty_bench_is_a_problem(self):
        self.assertTrue(rows.judge("b", [], {"b": []})[1])

    def test_runs_are_interleaved_after_a_warm_up(self):
        order = []
        values = rows.interleaved({"a": lambda: order.append("a") or 1, "b": lambda: order.append("b") or 2}, runs=2)
        self.assertEqual(order, ["a", "b"] * 3)
        self.assertEqual(values, {"a": [1, 1], "b": [2, 2]})


if __name__ == "__main__":
    unittest.main()
