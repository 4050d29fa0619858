# SPDX-License-Identifier: GPL-3.0-or-later
"""Configures and builds a preset, each at most once a run, whether it works or not.

What later groups need is built ahead, while the tests of earlier ones run: they wait more than they compute, and have the
processor first when they do.
"""
import subprocess
import threading
import time
from pathlib import Path

lenient = False  # ./test --lenient
_built = set()
_broken = {}
_one_at_a_time = threading.RLock()


class BuildFailed(Exception):
    """The preset does not configure or compile; the compiler's words were already printed."""


def folder(preset):
    return Path("build") / preset


def configure(preset):
    if (preset, "configure") in _built:
        return folder(preset)
    # What is tested is held to it, what users get included; ./run lets the warnings of their compilers pass.
    warnings = f"-DVISGATE_STRICT={'OFF' if lenient else 'ON'}"
    if subprocess.run(["cmake", "--preset", preset, warnings], stdin=subprocess.DEVNULL).returncode != 0:
        raise BuildFailed(f"cmake --preset {preset} failed")
    _built.add((preset, "configure"))
    return folder(preset)


def ahead(wanted):
    """Builds what build() will be asked for, in that order, beside the caller. `wanted`: tuples of build()'s arguments."""
    def work():
        for arguments in wanted:
            try:
                build(*arguments)
            except BuildFailed:
                pass  # told again to the group that asks for it

    threading.Thread(target=work, daemon=True).start()


def build(preset, *targets):
    """Builds the named targets, or everything; returns the build folder. Waits for a build that is under way, unless what is
    asked for stands."""
    key = (preset, *targets)
    if key not in _built and key not in _broken:
        with _one_at_a_time:
            _build(key)
    if key in _broken:
        raise BuildFailed(_broken[key])
    return folder(preset)


def _build(key):
    if key in _built or key in _broken:
        return
    preset, *targets = key
    try:
        configure(preset)
    except BuildFailed as error:
        _broken[key] = str(error)
        return
    begin = time.monotonic()
    command = ["nice", "-n", "10", "cmake", "--build", "--preset", preset]
    if targets:
        command += ["--target", *targets]
    if subprocess.run(command, stdin=subprocess.DEVNULL).returncode != 0:
        _broken[key] = f"building preset {preset} failed"
        return
    _built.add(key)
    print(f"built {preset} in {(time.monotonic() - begin) / 60:.1f} min", flush=True)
