# SPDX-License-Identifier: GPL-3.0-or-later
"""Other people's clients against our servers, run by a Python that has the pinned Runpod SDK."""
import build
import runpod_sdk
import script_tests
from results import Result


def run(options):
    try:
        python = runpod_sdk.python()
    except runpod_sdk.Unavailable as reason:
        for script in script_tests.scripts("interop"):
            yield Result(f"interop/{script.stem}", "skipped", str(reason))
        return
    yield from script_tests.run("interop", (build.build("asan") / "bin").resolve(), python)
