# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of one CTest label inside a private desktop session and reads the JUnit file they leave; then the label's
tests that are scripts."""
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import build
import script_tests
from results import Result

SESSION = "tests/support/with_session"
# So many failures of one label may come of a busy computer; with more of them something is wrong.
FEW = 3
# What a sanitizer or an assertion of the program's own says happened, however rarely.
FINDING = re.compile(r"Sanitizer|runtime error:|Assertion .* failed|ASSERT failure")


def run(preset, label, options, locale=None, only=None):
    """`locale` ("tr_TR.UTF-8") is that of the session, and stands before the names; `only` is a pattern of test names."""
    # The Qt presets are built whole, so that a label's executables find the programs they start.
    where = build.build(preset, *([f"{label}_tests"] if preset == "tsan" else []))
    stem = ".".join(filter(None, (label, locale)))
    report, log = ((where / f"{stem}.{suffix}").resolve() for suffix in ("xml", "log"))
    # gcc 12's thread sanitizer wants the address layout of a process without randomisation.
    layout = ["setarch", "--addr-no-randomize"] if preset == "tsan" else []
    command = [SESSION, *layout, "ctest", "--test-dir", str(where), "-L", f"^{label}$",
               "--timeout", "36000" if options.long else "3000",
               "--test-output-size-passed", "65536", "--test-output-size-failed", "262144"]
    environment = {**os.environ, **({"VISGATE_TEST_LOCALE": locale} if locale else {})}

    def ctest(file, *arguments):
        file.unlink(missing_ok=True)
        with log.open("a", encoding="utf-8") as output:
            subprocess.run([*command, "--output-junit", str(file), *arguments], stdin=subprocess.DEVNULL, stdout=output,
                           stderr=subprocess.STDOUT, env=environment)
        return file.exists()

    log.unlink(missing_ok=True)
    if not ctest(report, *(["-R", only] if only else []), "--parallel", str(options.jobs)):
        return [Result(f"{preset}/{label}", "failed", "ctest left no report\n" + log.read_text(encoding="utf-8")[-4000:])]
    if options.long:
        print_tables(report)
    results = once_more(parse(report), lambda name: ctest(
        again := report.with_suffix(".again.xml"), "-R", f"^{re.escape(name)}$") and parse(again))
    if locale or preset == "tsan":
        return [Result(f"{locale or preset}/{result.name}", result.state, result.text) for result in results]
    return [*results, *script_tests.run(label, (where / "bin").resolve())]


def once_more(results, run_alone):
    """The few that failed beside other tests run again, each alone. One that then passes depends on how busy the computer is:
    that is said, and no change is refused for it. See docs/decisions/0020."""
    failed = [result for result in results if result.state == "failed"]
    if len(failed) > FEW:
        return results
    return [alone(result, run_alone) if result in failed and not FINDING.search(result.text) else result
            for result in results]


def alone(result, run_alone):
    again = run_alone(result.name) or []
    if [other.state for other in again] != ["passed"]:
        return result
    return Result(result.name, "unsteady", result.text)


def print_tables(report):
    """What the tests themselves printed, such as tables of outcomes; not GoogleTest's own words about them."""
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        lines = [line for line in (case.findtext("system-out") or "").splitlines()
                 if line.strip() and not re.match(r"\[[-=A-Z ]{10}\]|Note: |\S+ FAILED TEST|Running main", line)]
        if lines and case.get("status") == "run":
            print(f"-- {case.get('name')}", *lines, sep="\n", flush=True)


def parse(report):
    """The Results of a JUnit file as CTest writes it."""
    results = []
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = case.get("name")
        output = case.findtext("system-out") or ""
        status = case.get("status")
        if status in ("notrun", "disabled"):
            skipped = case.find("skipped")
            reason = skip_reason(output, (skipped.get("message") or "") if skipped is not None else "")
            if reason:
                results.append(Result(name, "skipped", reason))
            else:
                results.append(Result(name, "failed", f"did not run ({status})\n{output}"))
        elif status == "run":
            results.append(Result(name, "passed"))
        else:
            results.append(Result(name, "failed", output))
    return results


def skip_reason(output, message):
    """GoogleTest prints 'FILE:LINE: Skipped' and the words given to GTEST_SKIP on the lines after it; a script that ends with
    its skip code says why on its last line. Nothing, where a test did not run for any other cause."""
    if message.startswith("SKIP_RETURN_CODE"):
        return (output.strip().splitlines() or [""])[-1].strip()
    match = re.search(r"^\S+:\d+: Skipped\n(.*?)^\[  SKIPPED \]", output, re.MULTILINE | re.DOTALL)
    return " ".join(match.group(1).split()) if match else ""
