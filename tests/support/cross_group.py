# SPDX-License-Identifier: GPL-3.0-or-later
"""The other systems, from Linux: what of the project needs no Qt built for Windows by mingw-w64 and tested under wine, and every
platform file compiled for macOS. Asked for by name; what its tools cannot do here is named as skipped."""
import json
import os
import shutil
import subprocess
from pathlib import Path

import build
from results import Result, from_command

LIBRARIES = Path("build/windows-libraries")
HEADERS = Path("build/macos-headers")
PINS = Path("packaging/packages/python-ziglang.txt")
VENV = Path("build/venv-ziglang")
NO_SOURCE = 3
PATIENCE_SECONDS = 3600
TOOLS = ("x86_64-w64-mingw32-g++-posix", "wine", "make", "perl")
MACOS = ("aarch64-macos", "x86_64-macos")
ROOTS = ("app", "cli", "core", "ui", "worker")


def run(options):
    yield from _macos()
    yield from _windows()


def _command(*words, **more):
    return subprocess.run(list(words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", **more)


# --- Windows ---------------------------------------------------------------------------------------------------------

def _windows():
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        yield Result("cross/windows", "skipped", f"{', '.join(missing)}: not installed")
        return
    print("libraries for Windows, some minutes the first time", flush=True)
    done = _command("packaging/windows/dependencies", str(LIBRARIES))
    if done.returncode == NO_SOURCE:
        yield Result("cross/windows", "skipped", f"a library's source is not to be had: {_last_line(done)}")
        return
    if done.returncode != 0:
        yield from_command("cross/windows/libraries", done)
        return
    programs = build.build("windows-cross", "unit_tests", "contract_tests") / "bin"
    for label in ("unit", "contract"):
        yield from _under_wine(programs / f"{label}_tests.exe", label)


def _under_wine(program, label):
    report = program.with_suffix(".json")
    report.unlink(missing_ok=True)
    prefix = Path("build/wine").absolute()
    try:
        done = _command("wine", str(program), f"--gtest_output=json:{report}", timeout=PATIENCE_SECONDS,
                        env={**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all"})
    except subprocess.TimeoutExpired:
        yield Result(f"cross/windows/{label}", "failed", f"still running after {PATIENCE_SECONDS} s")
        return
    if not report.exists():
        yield Result(f"cross/windows/{label}", "failed", f"exit code {done.returncode}\n{done.stdout[-4000:]}")
        return
    for suite in json.loads(report.read_text(encoding="utf-8"))["testsuites"]:
        for case in suite["testsuite"]:
            name = f"cross/windows/{label}/{suite['name']}.{case['name']}"
            text = "\n".join(failure["failure"] for failure in case.get("failures", []))
            skipped = case.get("result") == "SKIPPED"
            yield Result(name, "failed" if text else "skipped" if skipped else "passed", text or ("says so itself" if skipped else ""))


# --- macOS -----------------------------------------------------------------------------------------------------------

def _macos():
    try:
        compiler = _zig()
    except OSError as error:
        yield Result("cross/macos", "skipped", f"the compiler cannot be installed: {error}")
        return
    include = ["-I.", *_header_flags()]
    for target in MACOS:
        for source in _platform_files():
            done = _command(*compiler, "-target", target, "-std=c++20", "-Wall", "-Wextra", "-Wconversion", "-Wshadow",
                            "-Wold-style-cast", "-Wnon-virtual-dtor", "-Werror",
                            # Debian's Boost is older than the standard library, which has lost what it asks for.
                            "-DBOOST_ASIO_HAS_STD_INVOKE_RESULT", *include, "-c", "-o", str(HEADERS / "compiled.o"), str(source))
            yield from_command(f"cross/{target}/{source}", done)


def _platform_files():
    """Those that a build for macOS takes (cmake/visgate.cmake says so)."""
    files = [path for root in ROOTS for path in sorted(Path(root).rglob("*.cpp")) if "platform" in path.parts]
    return [path for path in files if not {"linux", "windows"} & set(path.parts)]


def _header_flags():
    """The system's own headers of libraries that are headers alone, apart from those of its C library."""
    HEADERS.mkdir(parents=True, exist_ok=True)
    for name in ("boost", "nlohmann", "tl", "qcoro6"):
        link = HEADERS / name
        if not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(Path("/usr/include") / name)
    qt = Path(_command("qmake6", "-query", "QT_INSTALL_HEADERS").stdout.strip())
    folders = [HEADERS, HEADERS / "qcoro6/qcoro", HEADERS / "qcoro6/QCoro", qt, *(qt / f"Qt{module}" for module in ("Core", "Gui", "Widgets"))]
    return [flag for folder in folders for flag in ("-isystem", str(folder))]


def _zig():
    """The words that call the pinned compiler."""
    stamp, pins = VENV / "pins.txt", PINS.read_text(encoding="utf-8")
    python = VENV.absolute() / "bin/python3"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != pins:
        shutil.rmtree(VENV, ignore_errors=True)
        for command in (["/usr/bin/python3", "-m", "venv", str(VENV)],
                        [str(VENV / "bin/pip"), "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:",
                         "--requirement", str(PINS)]):
            done = _command(*command, timeout=600)
            if done.returncode != 0:
                raise OSError(_last_line(done))
        stamp.write_text(pins, encoding="utf-8")
    return [str(python), "-m", "ziglang", "c++"]


def _last_line(done):
    return (done.stdout.strip().splitlines() or ["no reason given"])[-1]
