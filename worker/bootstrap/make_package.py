#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_package.py FOLDER: writes package.tar.gz, the same bytes from the same sources, and package.0.txt .. package.N.txt, its
base64 in pieces of which each fits into one environment variable (VISGATE_PACKAGE_0 ..)."""
import base64
import gzip
import io
import pathlib
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
PARTS = (HERE / "visgate_bootstrap", HERE.parent / "runners/diffusers/visgate_diffusers")
KINDS = (".py", ".json")
PIECE = 96 * 1024  # Linux takes 128 KiB with the name


def sources():
    """Pairs of the name in the package and the file."""
    found = [(f"{part.name}/{file.name}", file) for part in PARTS for file in part.iterdir() if file.suffix in KINDS]
    return sorted([*found, ("requirements.txt", HERE / "requirements.txt")])


def make():
    """One stream, because files that resemble each other shrink by a quarter more together than one by one."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as package:
        for name, file in sources():
            data = file.read_bytes()
            entry = tarfile.TarInfo(name)  # of no time, and nobody's
            entry.size, entry.mode = len(data), 0o644
            package.addfile(entry, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), 9, mtime=0)


def pieces(package):
    text = base64.b64encode(package).decode()
    return [text[at:at + PIECE] for at in range(0, len(text), PIECE)]


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    package = make()
    (folder / "package.tar.gz").write_bytes(package)
    for number, piece in enumerate(pieces(package)):
        (folder / f"package.{number}.txt").write_text(piece)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
