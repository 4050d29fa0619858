# SPDX-License-Identifier: GPL-3.0-or-later
"""What one test came to."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """state is passed, failed, skipped, or unsteady (failed beside others, passed when run again alone); text is the output of
    a failure or the reason of a skip."""
    name: str
    state: str
    text: str = ""


def from_command(name, completed):
    """A Result of a finished subprocess whose output was captured in stdout (with stderr merged in)."""
    if completed.returncode == 0:
        return Result(name, "passed")
    return Result(name, "failed", f"exit code {completed.returncode}\n{completed.stdout}")
