# SPDX-License-Identifier: GPL-3.0-or-later
"""What this machine has: a Python with torch, and a GPU that answers. Neither torch nor a CUDA context is made here: the driver
is asked, in milliseconds."""
import ctypes
import dataclasses
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys

from visgate_bootstrap.failure import Failure

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)  # what requirements.txt has hashes for
OLDEST_TORCH = (2, 6)  # what transformers takes
OTHER_PYTHONS = ("python", "python3.13", "python3.12", "python3.11")
HAS_TORCH = ("import importlib.util, sys; has = importlib.util.find_spec('torch'); "
             f"sys.exit(not (has and {OLDEST_PYTHON} <= sys.version_info[:2] <= {NEWEST_PYTHON}))")
TRIED = "VISGATE_PYTHON_CHOSEN"
MAJOR, MINOR = 75, 76  # CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_*
NAME_BYTES = 256


@dataclasses.dataclass
class Gpu:
    name: str
    vram: int  # bytes
    compute: str  # "8.9"
    driver: str


def choose_python(environment):
    """Goes on as the image's Python that has torch, where this is another one; says why where there is none."""
    version = torch_version()
    if version is None or not OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        for name in () if environment.get(TRIED) else OTHER_PYTHONS:
            other = shutil.which(name)
            if other and subprocess.run([other, "-c", HAS_TORCH], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, check=False).returncode == 0:
                os.execve(other, [other, "-m", "visgate_bootstrap"], {**environment, TRIED: "1"})
        have = f"Python {sys.version_info[0]}.{sys.version_info[1]} {'with' if version else 'without'} torch"
        raise Failure("E_NO_RUNTIME", f"The image has no Python 3.11, 3.12 or 3.13 with torch; python3 is {have}.")
    numbers = [int(number) for number in re.findall("[0-9]+", version)[:2]]
    if tuple(numbers) < OLDEST_TORCH:
        raise Failure("E_NO_RUNTIME", f"The image's torch {version} is too old: 2.6 is the oldest that will do.")
    return version


def torch_version():
    try:
        return importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return None


def find_gpu(library="libcuda.so.1"):
    """The first GPU; Failure if there is none that the driver can use."""
    try:
        cuda = ctypes.CDLL(library)
    except OSError:
        raise Failure("E_NO_RUNTIME", "This machine has no GPU driver; nothing is drawn on a processor that is paid for as a "
                                      "GPU.") from None

    def ask(name, *arguments):
        status = getattr(cuda, name)(*arguments)
        if status != 0:
            raise Failure("E_NO_RUNTIME", f"The GPU cannot be used: {name} answered {status}.")

    count, device, value, memory = ctypes.c_int(), ctypes.c_int(), ctypes.c_int(), ctypes.c_size_t()
    ask("cuInit", 0)
    ask("cuDeviceGetCount", ctypes.byref(count))
    if count.value < 1:
        raise Failure("E_NO_RUNTIME", "This machine has no GPU.")
    ask("cuDeviceGet", ctypes.byref(device), 0)
    name = ctypes.create_string_buffer(NAME_BYTES)
    ask("cuDeviceGetName", name, NAME_BYTES, device)
    ask("cuDeviceTotalMem_v2", ctypes.byref(memory), device)
    numbers = []
    for attribute in (MAJOR, MINOR):
        ask("cuDeviceGetAttribute", ctypes.byref(value), attribute, device)
        numbers.append(str(value.value))
    return Gpu(name.value.decode(errors="replace"), memory.value, ".".join(numbers), driver_version())


def driver_version(file="/proc/driver/nvidia/version"):
    try:
        with open(file, encoding="utf-8", errors="replace") as text:
            found = re.search(r"Kernel Module.*?\s(\d+\.\d+(?:\.\d+)?)\s", text.read())
    except OSError:
        return ""
    return found[1] if found else ""
