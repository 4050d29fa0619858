# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes wheels that stand for torch, diffusers and the other modules of the picture engine into FOLDER, and the lock that
names them by their sums: pip installs and checks them as it does the real ones. `stand_in_wheels.py FOLDER`."""
import hashlib
import json
import sys
import zipfile
from pathlib import Path

MODULES = {
    "torch": "__version__ = '0.0.1+standin'\nclass cuda:\n    is_available = staticmethod(lambda: False)\n",
    "diffusers": "__version__ = '0.0.2'\n",
    "transformers": "",
    "accelerate": "",
    "safetensors": "",
}
BYTES = 30_000_000  # what the lock says of each: two do not go into one batch


def wheel(folder, name, source):
    path = folder / f"{name}-1.0-py3-none-any.whl"
    meta = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/__init__.py", source)
        archive.writestr(f"{meta}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{meta}/WHEEL", "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{meta}/RECORD", f"{name}/__init__.py,,\n{meta}/METADATA,,\n{meta}/WHEEL,,\n{meta}/RECORD,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    packages = [{"name": name, "version": "1.0", "bytes": BYTES, "sha256": [wheel(folder, name, source)]}
                for name, source in MODULES.items()]
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    lock = {"format": 1, "pythons": [here], "installed_bytes": 1_000_000, "packages": packages}
    (folder / "lock.json").write_text(json.dumps(lock), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
