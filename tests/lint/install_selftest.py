# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/packages/install.sh on systems made of stand-ins: who may install, what is shown, and what exit code 3 means."""
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REAL = ("bash", "cat", "comm", "env", "printf", "sed", "sort")
MISSING = "cmake"


class Install(unittest.TestCase):
    def install(self, *, user=0, sudo=None, apt=True, missing=(MISSING,), system="Linux", tools=()):
        """Runs install_packages build; sudo is None (absent), or the exit code of 'sudo -n true'."""
        with tempfile.TemporaryDirectory() as folder:
            place, record = Path(folder), Path(folder) / "record"
            for name in REAL:
                (place / name).symlink_to(shutil.which(name))

            def stand_in(name, body):
                (place / name).write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
                (place / name).chmod(0o755)

            stand_in("id", f"echo {user}")
            stand_in("uname", f"echo {system}")
            if apt:
                wanted = (ROOT / "packaging/packages/debian-build.txt").read_text(encoding="utf-8").split("\n")
                there = [name for name in wanted if name and not name.startswith("#") and name not in missing]
                stand_in("dpkg-query", "printf '%s installed\\n' " + " ".join(there))
                stand_in("apt-get", f'echo "apt-get $*" >> {record}')
            if sudo is not None:
                stand_in("sudo", f'[ "$*" = "-n true" ] && exit {sudo}\necho "sudo $*" >> {record}\nshift\n"$@"')
            for name in tools:
                stand_in(name, f'echo "{name} $*" >> {record}')
            done = subprocess.run([str(place / "bash"), "-c", "set -euo pipefail; . packaging/packages/install.sh; "
                                   "install_packages build; echo installed"], cwd=ROOT, env={"PATH": str(place)},
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True)
            done.record = record.read_text(encoding="utf-8") if record.exists() else ""
            return done

    def test_nothing_missing_runs_nothing(self):
        done = self.install(missing=(), user=1000)
        self.assertEqual((done.returncode, done.stderr, done.record), (0, "", ""))

    def test_root_sees_each_command_and_gets_the_package(self):
        done = self.install()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("+ apt-get update", done.stderr)
        self.assertRegex(done.stderr, rf"\+ .*apt-get install .*\b{MISSING}\b")
        self.assertRegex(done.record, rf"apt-get install .*\b{MISSING}\b")
        self.assertNotIn("ninja-build", done.record)

    def test_a_user_who_may_become_root_goes_through_sudo(self):
        done = self.install(user=1000, sudo=0)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.record, r"sudo -n .*apt-get install")

    def test_without_rights_the_line_is_printed_and_nothing_runs(self):
        for sudo in (None, 1):
            done = self.install(user=1000, sudo=sudo)
            self.assertEqual((done.returncode, done.record, done.stdout), (3, "", ""))
            self.assertRegex(done.stderr, rf"sudo apt-get install .*\b{MISSING}\b")

    def test_macos_without_homebrew_lists_the_formulas(self):
        done = self.install(apt=False, system="Darwin")
        self.assertEqual(done.returncode, 3)
        self.assertIn("qtkeychain", done.stderr)

    def test_another_system_gets_a_list(self):
        done = self.install(apt=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn("qt6-base-dev", done.stderr)

    def test_another_system_with_the_tools_goes_on(self):
        done = self.install(apt=False, tools=("cmake", "ninja"))
        self.assertEqual((done.returncode, done.stdout.strip()), (0, "installed"), done.stderr)


if __name__ == "__main__":
    unittest.main()
