# SPDX-License-Identifier: GPL-3.0-or-later
"""What a newcomer types: ./run without a display, once more in a hurry, and every command of README.md; on a Turkish and on a
German desktop, too."""
import os
import re
import shlex
import subprocess
import time
from pathlib import Path

import build
from locale_group import LOCALES
from results import Result

SESSION = "tests/support/with_session"
SECOND_RUN_LIMIT_SECONDS = 10
PALETTE = {"red": (230, 40, 40), "white": (247, 247, 247)}
TOLERANCE = 60  # how far a drawn colour may lie from the palette, per channel


def run(options):
    build.build("release")
    yield _first_picture("journey/run-without-display", None)
    yield _first_picture("journey/run-again", SECOND_RUN_LIMIT_SECONDS)
    yield from _readme()
    for locale in LOCALES:
        yield _first_picture(f"journey/run-in-{locale}", None, locale)
    yield from _readme(LOCALES[0])
    yield _with_another_allocator()


def readme_commands(text):
    """The lines of README.md's fenced sh blocks; text blocks are for what a reader must adapt first."""
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from (line for line in block.splitlines() if line.strip() and not line.startswith("#"))


def colour_at(picture, x, y):
    """Red, green and blue at (x, y); fractions of the size, 0 to 1."""
    size = subprocess.run(["identify", "-format", "%w %h", picture], check=True, capture_output=True, text=True).stdout
    width, height = map(int, size.split())
    at = f"{int(x * (width - 1))},{int(y * (height - 1))}"
    values = subprocess.run(["convert", picture, "-depth", "8", "-format",
                             f"%[fx:round(255*p{{{at}}}.r)] %[fx:round(255*p{{{at}}}.g)] %[fx:round(255*p{{{at}}}.b)]", "info:"],
                            check=True, capture_output=True, text=True).stdout
    return tuple(int(value) for value in values.split())


def near(colour, name):
    """Whether the colour is the palette's of that name, as a drawing shows it."""
    return all(abs(a - b) <= TOLERANCE for a, b in zip(colour, PALETTE[name]))


def _without_display(command, locale=None):
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    if locale:
        environment["VISGATE_TEST_LOCALE"] = locale
    return subprocess.run([SESSION, "env", "-u", "DISPLAY", *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, errors="replace", timeout=3000, env=environment)


def _first_picture(name, limit_seconds, locale=None):
    begin = time.monotonic()
    done = _without_display(["./run"], locale)
    seconds = time.monotonic() - begin
    said = f"{done.stderr}{done.stdout}"
    if done.returncode != 0 or not done.stdout.strip():
        return Result(name, "failed", f"exit code {done.returncode}\n{said}")
    picture = Path(done.stdout.strip().splitlines()[-1])
    if not picture.is_absolute() or not picture.read_bytes().startswith(b"\x89PNG\r\n"):
        return Result(name, "failed", f"the last line names no PNG\n{said}")
    centre, corner = colour_at(str(picture), 0.5, 0.5), colour_at(str(picture), 0.02, 0.02)
    if not near(centre, "red") or not near(corner, "white"):
        return Result(name, "failed", f"asked for red on white, centre is {centre}, corner is {corner}")
    if limit_seconds is not None and seconds > limit_seconds:
        return Result(name, "failed", f"took {seconds:.1f} s, the limit is {limit_seconds} s\n{said}")
    print(f"   {name}: {seconds:.1f} s, centre {centre}, corner {corner}", flush=True)
    return Result(name, "passed")


def _with_another_allocator():
    """Some systems load an allocator of their own before every program."""
    name = "journey/deploy-with-another-allocator"
    done = _without_display(["env", "LD_PRELOAD=libjemalloc.so.2", "build/release/bin/visgatectl", "deploy",
                             "stabilityai/sdxl-turbo", "--target", "practice", "--wait"])
    if done.returncode != 0 or "cannot be preloaded" in done.stderr:
        return Result(name, "failed", f"exit code {done.returncode}\n{done.stderr}{done.stdout}")
    return Result(name, "passed")


def _readme(locale=None):
    """Runs each command in one session, so that a deployment made by one is listed by the next. ./run and ./test alone are
    what this run already is."""
    commands = list(readme_commands(Path("README.md").read_text(encoding="utf-8")))
    here = [command for command in commands if command not in ("./run", "./test")]
    if len(here) < 3 or len(commands) - len(here) != 2:
        yield Result("journey/readme", "failed", f"README.md's commands were not understood: {commands}")
        return
    script = "\n".join(f"echo '>>> {number}'\n{command}\necho '<<< {number}' $?" for number, command in enumerate(here))
    done = _without_display(["bash", "-c", script], locale)
    for number, command in enumerate(here):
        match = re.search(rf"^>>> {number}\n(.*?)^<<< {number} (\d+)$", done.stdout, re.MULTILINE | re.DOTALL)
        name = f"journey/readme{f' in {locale}' if locale else ''}: " + " ".join(shlex.split(command)[:4])
        if match and match.group(2) == "0":
            yield Result(name, "passed")
        else:
            yield Result(name, "failed", f"{command}\n{match.group(1) if match else done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    if Path("circle.png").exists():
        Path("circle.png").unlink()
