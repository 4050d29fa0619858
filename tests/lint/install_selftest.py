# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/packages/install.sh on systems made of stand-ins: who may install, what is shown, and what exit code 3 means."""
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REAL = ("bash", "cat", "comm", "env", "printf", "sed", "sleep", "sort")
MISSING = "cmake"


class Install(unittest.TestCase):
    def install(self, *, user=0, sudo=None, apt=True, missing=(MISSING,), system="Linux", tools=(), locked=0, patience=60,
                lists="build", known=()):
        """Runs install_packages with these lists; sudo is None (absent), or the exit code of 'sudo -n true'; `known` are the
        packages that apt could install, if it knows anything yet."""
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
                there = [name for name in self.names(*lists.split()) if name not in missing]
                stand_in("apt-cache", f"""case " {' '.join(known)} " in
                    *" $2 "*) printf '%s:\\n  Installed: (none)\\n  Candidate: 1.0\\n' "$2" ;;
                    *) printf '%s:\\n  Installed: (none)\\n  Candidate: (none)\\n' "$2" ;;
                    esac""")
                stand_in("dpkg-query", "printf '%s installed\\n' " + " ".join(there))
                # `locked` times it meets the lock of a package manager that works by itself.
                stand_in("apt-get", f"""echo "apt-get $*" >> {record}
                    [ "${{LC_ALL:-}}" = C ] || {{ echo "E: Kilit alınamadı" >&2; exit 100; }}
                    mapfile -t calls < {record}
                    if [ "${{#calls[@]}}" -le {locked} ]; then
                        echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (unattended-upgr)" >&2
                        exit 100
                    fi""")
            if sudo is not None:
                stand_in("sudo", f'[ "$*" = "-n true" ] && exit {sudo}\necho "sudo $*" >> {record}\nshift\n"$@"')
            for name in tools:
                stand_in(name, f'echo "{name} $*" >> {record}')
            done = subprocess.run([str(place / "bash"), "-c", "set -euo pipefail; . packaging/packages/install.sh; "
                                   f"install_packages {lists}; echo installed"], cwd=ROOT, env={"PATH": str(place),
                                                                            "VISGATE_LOCK_LOOK_SECONDS": "0.01",
                                                                            "VISGATE_LOCK_PATIENCE_SECONDS": str(patience)},
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True)
            done.record = record.read_text(encoding="utf-8") if record.exists() else ""
            return done

    @staticmethod
    def names(*lists):
        """Every package that the lists name; of a line with alternatives all of them."""
        for name in lists:
            text = (ROOT / f"packaging/packages/debian-{name}.txt").read_text(encoding="utf-8")
            for line in text.split("\n"):
                yield from () if line.startswith("#") else line.replace("|", " ").replace(" -", "").split()

    def test_of_alternatives_one_that_is_here_will_do(self):
        done = self.install(lists="build test", missing=("clang",))
        self.assertEqual((done.returncode, done.stderr, done.record), (0, "", ""))

    def test_of_alternatives_the_first_that_the_distribution_has_is_installed(self):
        for known, wanted in ((("clang", "clang-14"), "clang"), (("clang-14",), "clang-14"), ((), "clang")):
            done = self.install(lists="build test", missing=("clang", "clang-14"), known=known)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.record, rf"apt-get install --yes --no-install-recommends {wanted}\n")

    def test_what_only_some_distributions_have_is_installed_there_and_not_missed_elsewhere(self):
        done = self.install(missing=("libqt6opengl6-dev",), known=("libqt6opengl6-dev",))
        self.assertRegex(done.record, r"apt-get install --yes --no-install-recommends libqt6opengl6-dev\n")
        done = self.install(missing=("libqt6opengl6-dev",))
        self.assertEqual((done.returncode, done.stderr, done.record), (0, "", ""))

    def test_nothing_missing_runs_nothing(self):
        done = self.install(missing=(), user=1000)
        self.assertEqual((done.returncode, done.stderr, done.record), (0, "", ""))

    def test_root_sees_each_command_and_gets_the_package(self):
        done = self.install()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("+ apt-get update", done.stderr)
        self.assertRegex(done.stderr, rf"\+ apt-get install .*\b{MISSING}\b")
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

    def test_a_held_lock_is_waited_for_and_said(self):
        done = self.install(locked=3)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("Another program is installing packages"), 1, done.stderr)
        self.assertIn("unattended-upgr", done.stderr)
        self.assertEqual([line.split()[1] for line in done.record.splitlines()], ["update"] * 4 + ["install"])

    def test_a_lock_that_is_never_let_go_ends_with_what_apt_said(self):
        done = self.install(locked=1000, patience=0)
        self.assertEqual((done.returncode, done.stdout), (100, ""))
        self.assertIn("unattended-upgr", done.stderr)

    def test_fedora_is_told_capabilities_and_its_own_line(self):
        done = self.install(apt=False, tools=("dnf", "cmake", "ninja"))
        self.assertEqual((done.returncode, done.stdout, done.record), (3, "", ""), done.stderr)
        self.assertRegex(done.stderr, r"sudo dnf install .*'gcc-c\+\+'.*'pkgconfig\(libwebp\)'")
        self.assertIn("a C++20 compiler", done.stderr)
        self.assertNotRegex(done.stderr, r"-dev\b")
        self.assertNotIn("    Ninja\n", done.stderr)

    def test_arch_is_told_its_own_names(self):
        self.assertRegex(self.install(apt=False, tools=("pacman",)).stderr, "sudo pacman -S --needed gcc cmake ninja pkgconf .*libwebp")

    def test_another_system_that_has_it_all_goes_on(self):
        done = self.install(apt=False, tools=("c++", "cmake", "ninja", "pkg-config"))
        self.assertEqual((done.returncode, done.stdout.strip(), done.stderr), (0, "installed", ""))

    def test_an_unknown_system_is_told_what_is_missing(self):
        done = self.install(apt=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn("libwebp", done.stderr)
        self.assertIn("with the headers", done.stderr)

    def test_every_need_of_debian_stands_among_the_capabilities(self):
        needs = (ROOT / "packaging/packages/needs.txt").read_text(encoding="utf-8").splitlines()
        rows = [line.split("|") for line in needs if line and not line.startswith("#")]
        self.assertTrue(all(len(row) == 4 and re.match(r" (command|pc|cmake):\S+ $", row[1]) for row in rows))
        found = " ".join(row[1] for row in rows)
        for package in re.findall(r"find_package\((?:Qt6 \S* ?COMPONENTS )?(\w[\w-]*)", "".join(
                path.read_text(encoding="utf-8") for path in ROOT.glob("core/**/CMakeLists.txt"))):
            if package not in ("Threads", "PkgConfig", "Qt6"):
                self.assertRegex(found.lower(), package.lower().rstrip("6"))


if __name__ == "__main__":
    unittest.main()
