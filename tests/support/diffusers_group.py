# SPDX-License-Identifier: GPL-3.0-or-later
"""The diffusers runner against the real torch and diffusers, on the processor, with tiny models of random weights. Runs by
name only: what it installs under build/ takes gigabytes."""
import os
import shutil
import subprocess
from pathlib import Path

import build
from results import Result, from_command

PINS = Path("packaging/packages/python-diffusers.txt")
FOLDER = Path("build/venv-diffusers")
TESTS = Path("tests/diffusers")
SCRIPTS = ("families", "bootstrap", "chain", "window")
SESSION = "tests/support/with_session"  # for those that drive our own programs
RECIPES = Path("../shared/recipes/worker")  # what makes the tiny models, and stands for CUDA's libraries
INSTALL_SECONDS, TEST_SECONDS = 1800, 1800


class Unavailable(Exception):
    """The picture engine cannot be installed here; the text says why."""


def run(options):
    if not RECIPES.is_dir():
        yield from skipped(f"{RECIPES} is not at hand")
        return
    try:
        environment = install()
    except Unavailable as reason:
        yield from skipped(str(reason))
        return
    environment["VISGATE_BIN"] = str((build.build("asan") / "bin").resolve())
    for name in SCRIPTS:
        done = subprocess.run([SESSION, FOLDER / "bin/python3", TESTS / f"{name}_test.py"], env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              timeout=TEST_SECONDS)
        yield from_command(f"diffusers/{name}", done)


def skipped(reason):
    for name in SCRIPTS:
        yield Result(f"diffusers/{name}", "skipped", reason)


def install():
    """The environment for its Python."""
    stamp, pins, stubs = FOLDER / "pins.txt", PINS.read_text(encoding="utf-8"), FOLDER / "stubs"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != pins:
        shutil.rmtree(FOLDER, ignore_errors=True)
        _do(["/usr/bin/python3", "-m", "venv", FOLDER])
        _do([FOLDER / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--no-deps",
             "--requirement", PINS])
        (libraries,) = FOLDER.glob("lib/python3*/site-packages/torch/lib")
        _do(["/usr/bin/python3", RECIPES / "stub_cuda.py", libraries, stubs])
        stamp.write_text(pins, encoding="utf-8")
    environment = {**os.environ, "LD_LIBRARY_PATH": str(stubs.absolute()), "OMP_NUM_THREADS": "1",
                   "PYTHONDONTWRITEBYTECODE": "1"}
    models = FOLDER / "models"
    if not models.is_dir():
        _do([FOLDER / "bin/python3", RECIPES / "tiny_pipelines.py", "make", models], environment)
    return {**environment, "VISGATE_TINY_MODELS": str(models.absolute())}


def _do(command, environment=None):
    try:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", timeout=INSTALL_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"the picture engine cannot be installed: {error}") from error
    if done.returncode != 0:
        why = (done.stdout.strip().splitlines() or ["no reason given"])[-1]
        raise Unavailable(f"the picture engine cannot be installed: {why}")
