# SPDX-License-Identifier: GPL-3.0-or-later
"""The reading of CTest's reports: a failure, a crash, a skip with its reason and a test that never ran stay apart, and so does what fails on a
busy computer alone. And builds:
the tests of one that stands do not wait for the next."""
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import build  # noqa: E402
import ctest_group  # noqa: E402
from results import Result  # noqa: E402

REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="x" tests="4" failures="1" disabled="0" skipped="2">
 <testcase name="unit/A.passes" status="run"><system-out>[ OK ]</system-out></testcase>
 <testcase name="unit/A.fails" status="fail"><failure message=""/><system-out>a.cpp:3: Failure</system-out></testcase>
 <testcase name="unit/A.skips" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
  <system-out>[ RUN      ] A.skips
../../tests/unit/a_test.cpp:7: Skipped
no keyring here,
two lines

[  SKIPPED ] A.skips (0 ms)
</system-out></testcase>
 <testcase name="contract/script" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>looking
no document here
</system-out></testcase>
 <testcase name="unit/gone" status="notrun"><skipped message="Unable to find executable"/><system-out/></testcase>
</testsuite>
"""


class Report(unittest.TestCase):
    def test_states_are_told_apart(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.xml"
            path.write_text(REPORT, encoding="utf-8")
            found = {result.name: (result.state, result.text) for result in ctest_group.parse(path)}
        self.assertEqual(found["unit/A.passes"][0], "passed")
        self.assertEqual(found["unit/A.fails"], ("failed", "a.cpp:3: Failure"))
        self.assertEqual(found["unit/A.skips"], ("skipped", "no keyring here, two lines"))
        self.assertEqual(found["contract/script"], ("skipped", "no document here"))
        self.assertEqual(found["unit/gone"][0], "failed")

    def test_a_report_without_tests_gives_no_result(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.xml"
            path.write_text('<testsuite name="x" tests="0"></testsuite>', encoding="utf-8")
            self.assertEqual(ctest_group.parse(path), [])


class OnceMore(unittest.TestCase):
    """What fails beside other tests and passes alone is told apart from what fails, and from what a sanitizer found."""

    def states(self, results, alone):
        asked = []

        def run_alone(name):
            asked.append(name)
            return alone.get(name)

        return [result.state for result in ctest_group.once_more(results, run_alone)], asked

    def test_one_that_passes_alone_is_unsteady(self):
        results = [Result("a", "passed"), Result("b", "failed", "late"), Result("c", "failed", "wrong")]
        states, asked = self.states(results, {"b": [Result("b", "passed")], "c": [Result("c", "failed", "wrong")]})
        self.assertEqual(states, ["passed", "unsteady", "failed"])
        self.assertEqual(asked, ["b", "c"])

    def test_what_cannot_be_run_again_has_failed(self):
        for again in (None, [], [Result("b", "passed"), Result("bb", "passed")], [Result("b", "skipped", "no time")]):
            self.assertEqual(self.states([Result("b", "failed", "late")], {"b": again})[0], ["failed"])

    def test_a_finding_is_not_tried_again(self):
        for text in ("WARNING: ThreadSanitizer: data race", "ERROR: AddressSanitizer: heap-use-after-free",
                     "a.cpp:3:5: runtime error: signed integer overflow"):
            self.assertEqual(self.states([Result("b", "failed", text)], {}), (["failed"], []))

    def test_many_failures_are_no_accident(self):
        results = [Result(str(i), "failed", "late") for i in range(ctest_group.FEW + 1)]
        self.assertEqual(self.states(results, {}), (["failed"] * len(results), []))


class Build(unittest.TestCase):
    def test_what_stands_is_given_while_another_is_built(self):
        is_building, may_end = threading.Event(), threading.Event()

        def compile_it(command, **_):
            if command[-1] == "second" and "--build" in command:
                is_building.set()
                may_end.wait(60)
            return mock.Mock(returncode=1 if command[-1] == "broken" else 0)

        with mock.patch.object(build.subprocess, "run", compile_it), mock.patch.object(build, "print", create=True):
            build.build("first")
            build.ahead([("second",)])
            self.assertTrue(is_building.wait(60))
            self.assertEqual(build.build("first"), build.folder("first"))
            may_end.set()
            self.assertEqual(build.build("second"), build.folder("second"))
            for _ in range(2):
                with self.assertRaises(build.BuildFailed):
                    build.build("broken")


if __name__ == "__main__":
    unittest.main()
