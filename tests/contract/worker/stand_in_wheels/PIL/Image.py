# SPDX-License-Identifier: GPL-3.0-or-later
import struct
import zlib


class Exif(dict):
    pass


class _Picture:
    def __init__(self, size, data):
        self.size, self.data = size, data

    def save(self, target, kind, pnginfo=None, compress_level=6, append_images=(), exif=None, **options):
        if kind == "WEBP":
            assert options["save_all"] and exif
            return target.write(b"RIFF----WEBP" + self.data + b"".join(picture.data for picture in append_images))
        width, height = self.size
        rows = b"".join(b"\0" + self.data[at:at + width * 3] for at in range(0, len(self.data), width * 3))
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunks = [(b"IHDR", header), *pnginfo.chunks, (b"IDAT", zlib.compress(rows, compress_level)), (b"IEND", b"")]
        target.write(b"\x89PNG\r\n\x1a\n")
        for name, data in chunks:
            target.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))


def frombytes(mode, size, data):
    assert mode == "RGB" and len(data) == size[0] * size[1] * 3
    return _Picture(size, data)
