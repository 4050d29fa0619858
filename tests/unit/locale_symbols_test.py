# SPDX-License-Identifier: GPL-3.0-or-later
"""No program of ours holds what writes or reads a number through the locale: the compiler knows the types that the source rule
can only guess from names."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

FORBIDDEN = re.compile(r"std::(__cxx11::)?(to_w?string\((double|float|long double)\)|sto(d|f|ld)\()")
if shutil.which("nm") is None:
    print("nm is missing")
    sys.exit(77)
looked = 0
for name in ("visgate", "visgatectl", "visgate-worker"):
    program = Path(os.environ["VISGATE_BIN"]) / name
    if not program.exists():
        continue
    symbols = subprocess.run(["nm", "--demangle", program], check=True, capture_output=True, text=True).stdout
    assert "main" in symbols, f"{name} has no symbols"
    found = sorted({line.split(maxsplit=2)[-1] for line in symbols.splitlines() if FORBIDDEN.search(line)})
    assert not found, f"{name}: {found}"
    looked += 1
assert looked, "nothing is built"
print(f"{looked} programs write and read numbers alike everywhere")
