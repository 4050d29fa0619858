# SPDX-License-Identifier: GPL-3.0-or-later
class PngInfo:
    def __init__(self):
        self.chunks = []

    def add_text(self, name, value):
        self.chunks.append((b"tEXt", name.encode() + b"\0" + value.encode("latin-1")))

    def add_itxt(self, name, value):
        self.chunks.append((b"iTXt", name.encode() + b"\0\0\0\0\0" + value.encode()))
