# SPDX-License-Identifier: GPL-3.0-or-later
"""The reading of CTest's reports: a failure, a crash, a skip with its reason and a test that never ran stay apart."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import ctest_group  # noqa: E402

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


if __name__ == "__main__":
    unittest.main()
