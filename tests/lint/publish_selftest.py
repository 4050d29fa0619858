# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/container/publish against a container tool that only writes down what it was asked."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PUBLISH = Path(__file__).resolve().parents[2] / "packaging/container/publish"
TOOL = """#!/bin/sh
echo "$@" >> "$RECORD"
case "$1 $2" in
"info ") exit "${INFO:-0}" ;;
"push "*) exit "${PUSH:-0}" ;;
"image inspect") echo registry.example/you/worker@sha256:0123 ;;
esac
"""


class Publish(unittest.TestCase):
    def run_with(self, *arguments, **settings):
        with tempfile.TemporaryDirectory() as folder:
            tool, record = Path(folder) / "tool", Path(folder) / "record"
            tool.write_text(TOOL, encoding="utf-8")
            tool.chmod(0o755)
            environment = {**os.environ, "CONTAINER_TOOL": str(tool), "RECORD": str(record), **settings}
            done = subprocess.run([str(PUBLISH), *arguments], env=environment, capture_output=True, text=True)
            asked = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
        self.lines = asked
        return done, [line.split()[0] for line in asked]

    def test_builds_pushes_and_ends_with_the_name_by_digest(self):
        done, asked = self.run_with("registry.example/you/worker:0.1.0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(asked, ["info", "build", "push", "image"])
        self.assertEqual(done.stdout.strip(), "registry.example/you/worker@sha256:0123")

    def test_can_stop_before_the_push(self):
        done, asked = self.run_with("--no-push", "registry.example/you/worker:0.1.0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(asked, ["info", "build"])
        self.assertIn("--target full", self.lines[1])

    def test_builds_the_small_one_where_it_is_asked_for(self):
        for options in (["--native", "--no-push"], ["--no-push", "--native"]):
            done, asked = self.run_with(*options, "registry.example/you/worker:0.1.0")
            self.assertEqual((done.returncode, asked), (0, ["info", "build"]), done.stderr)
            self.assertIn("--target native", self.lines[1])

    def test_refuses_names_that_cannot_be_pinned(self):
        for name in ("worker", "registry.example/you/worker:latest", "registry.example/you/worker@sha256:0123"):
            done, asked = self.run_with(name)
            self.assertEqual((done.returncode, asked), (3, []), name)

    def test_says_what_is_missing(self):
        done, _ = self.run_with("registry.example/you/worker:0.1.0", CONTAINER_TOOL="/nonexistent/tool")
        self.assertEqual(done.returncode, 3)
        self.assertIn("is not installed", done.stderr)
        done, asked = self.run_with("registry.example/you/worker:0.1.0", INFO="1")
        self.assertEqual((done.returncode, asked), (3, ["info"]))

    def test_a_refused_push_fails_with_advice(self):
        done, asked = self.run_with("registry.example/you/worker:0.1.0", PUSH="1")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(asked, ["info", "build", "push"])
        self.assertIn("login registry.example", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_without_an_image_it_says_how_it_is_used(self):
        done, _ = self.run_with()
        self.assertEqual(done.returncode, 2)
        self.assertIn("usage:", done.stderr)


if __name__ == "__main__":
    unittest.main()
