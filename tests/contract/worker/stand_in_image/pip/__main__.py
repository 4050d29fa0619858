# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import shutil
import sys
import time

arguments = sys.argv[1:]
assert {"install", "--require-hashes", "--no-deps", "--only-binary=:all:"} <= set(arguments), arguments
target = pathlib.Path(arguments[arguments.index("--target") + 1])
requirements = pathlib.Path(arguments[arguments.index("--requirement") + 1]).read_text()
assert "torch" not in [line.partition("==")[0] for line in requirements.splitlines()]
assert not any(name.startswith("VISGATE_PACKAGE_") or "TOKEN" in name or "KEY" in name for name in os.environ), "secrets"
with open(os.environ["VISGATE_STAND_IN_PIP_LOG"], "a") as log:
    log.write(f"{target}\n")
(target / "half").mkdir()
behaviour = os.environ.get("VISGATE_STAND_IN_PIP", "")
if behaviour == "hangs":
    time.sleep(3600)
if behaviour == "fails":
    print("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", flush=True)
    sys.exit(1)
if behaviour == "full":
    print("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", flush=True)
    sys.exit(1)
for name in os.environ["VISGATE_STAND_IN_WHEELS"].split():
    print(f"  Downloading {name}-1.0-py3-none-any.whl (1.5 MB)", flush=True)
    shutil.copytree(pathlib.Path(__file__).parents[2] / "stand_in_wheels" / name, target / name)
