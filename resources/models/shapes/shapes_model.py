# SPDX-License-Identifier: GPL-3.0-or-later
"""The two nets of the demo model, the pictures they learn from, and the safetensors file both live in.

Slots of a prompt, in order: shape, size, foreground, background. The last index of each embedding means "not said"
and is what guidance compares with. The C++ twin of this file is worker/runners/builtin.
"""
import json
import math
import struct

import torch
import torch.nn as nn
import torch.nn.functional as F

SHAPES = ["circle", "square", "triangle", "ring", "cross", "diamond"]
SIZES = ["small", "large"]
COLOURS = {
    "red": (0.9, 0.15, 0.15), "green": (0.1, 0.7, 0.2), "blue": (0.15, 0.3, 0.9), "yellow": (0.95, 0.85, 0.1),
    "purple": (0.6, 0.2, 0.8), "orange": (0.98, 0.55, 0.1), "white": (0.97, 0.97, 0.97), "black": (0.05, 0.05, 0.05),
}
PALETTE = torch.tensor(list(COLOURS.values()))
SLOT_SIZES = (len(SHAPES), len(SIZES), len(COLOURS), len(COLOURS))
NOTHING = torch.tensor(SLOT_SIZES)
SIDE = 32
SCALE = 8


class Placed:
    """A batch of prompts with the place and radius of each shape, so that it can be drawn at any resolution."""

    def __init__(self, n):
        self.shape = torch.randint(len(SHAPES), (n,))
        self.size = torch.randint(len(SIZES), (n,))
        self.front = torch.randint(len(COLOURS), (n,))
        self.back = (self.front + torch.randint(1, len(COLOURS), (n,))) % len(COLOURS)
        self.radius = torch.where(self.size == 0, 4.5 + torch.rand(n), 9 + 1.5 * torch.rand(n))
        room = (SIDE / 2 - self.radius - 1) * 0.6
        self.x = SIDE / 2 + (torch.rand(n) * 2 - 1) * room
        self.y = SIDE / 2 + (torch.rand(n) * 2 - 1) * room

    def slots(self):
        return torch.stack([self.shape, self.size, self.front, self.back], 1)

    def draw(self, side):
        """RGB in [-1, 1]; edges are one pixel wide at 256 and a third of a pixel softer at 32."""
        step = SIDE / side
        axis = (torch.arange(side) + 0.5) * step
        dy = axis[None, :, None] - self.y[:, None, None]
        dx = axis[None, None, :] - self.x[:, None, None]
        r = self.radius[:, None, None]
        far = (dx ** 2 + dy ** 2).sqrt()
        distance = torch.stack([
            far - r,
            torch.maximum(dx.abs(), dy.abs()) - r * 0.88,
            torch.maximum(dy - r * 0.8, (dx.abs() * 1.732 - dy) * 0.5 - r * 0.45),
            (far - r * 0.75).abs() - r * 0.28,
            torch.minimum(torch.maximum(dx.abs() - r, dy.abs() - r * 0.3),
                          torch.maximum(dy.abs() - r, dx.abs() - r * 0.3)),
            (dx.abs() + dy.abs() - r * 1.15) * 0.707,
        ], 1)[torch.arange(len(self.shape)), self.shape]
        cover = torch.sigmoid(-distance * 3 / step)[:, None]
        front = PALETTE[self.front][:, :, None, None]
        back = PALETTE[self.back][:, :, None, None]
        return (front * cover + back * (1 - cover)) * 2 - 1


class Res(nn.Module):
    """Two normalised convolutions; the prompt and the time scale and shift what lies between them."""

    def __init__(self, inputs, outputs, embedding):
        super().__init__()
        self.n1 = nn.GroupNorm(8, inputs)
        self.c1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.n2 = nn.GroupNorm(8, outputs)
        self.c2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.e = nn.Linear(embedding, 2 * outputs)
        self.sk = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x, e):
        h = self.c1(F.silu(self.n1(x)))
        scale, shift = self.e(e)[:, :, None, None].chunk(2, 1)
        h = self.n2(h) * (1 + scale) + shift
        return self.sk(x) + self.c2(F.silu(h))


class Base(nn.Module):
    """Velocity of the rectified flow from noise (t = 0) to a 32x32 picture (t = 1)."""

    def __init__(self, c=32, width=128):
        super().__init__()
        self.emb = nn.ModuleList([nn.Embedding(n + 1, width) for n in SLOT_SIZES])
        self.t = nn.Sequential(nn.Linear(64, width), nn.SiLU(), nn.Linear(width, width))
        self.o = nn.Sequential(nn.SiLU(), nn.Linear(width, width), nn.SiLU())
        self.i = nn.Conv2d(3, c, 3, padding=1)
        self.d1 = Res(c, c, width)
        self.p1 = nn.Conv2d(c, 2 * c, 3, 2, 1)
        self.d2 = Res(2 * c, 2 * c, width)
        self.p2 = nn.Conv2d(2 * c, 3 * c, 3, 2, 1)
        self.d3 = Res(3 * c, 3 * c, width)
        self.m = Res(3 * c, 3 * c, width)
        self.u3 = Res(6 * c, 2 * c, width)
        self.u2 = Res(4 * c, c, width)
        self.u1 = Res(2 * c, c, width)
        self.on = nn.GroupNorm(8, c)
        self.out = nn.Conv2d(c, 3, 3, padding=1)

    def forward(self, x, t, slots):
        frequency = torch.exp(-math.log(1000) * torch.arange(32) / 32)
        angle = t[:, None] * frequency[None] * 1000
        e = self.t(torch.cat([angle.sin(), angle.cos()], 1))
        for k, table in enumerate(self.emb):
            e = e + table(slots[:, k])
        e = self.o(e)
        h1 = self.d1(self.i(x), e)
        h2 = self.d2(self.p1(h1), e)
        h3 = self.d3(self.p2(h2), e)
        h = self.m(h3, e)
        h = F.interpolate(self.u3(torch.cat([h, h3], 1), e), scale_factor=2.0)
        h = F.interpolate(self.u2(torch.cat([h, h2], 1), e), scale_factor=2.0)
        h = self.u1(torch.cat([h, h1], 1), e)
        return self.out(F.silu(self.on(h)))


class Upscaler(nn.Module):
    """A 32x32 picture and its prompt to 256x256 in one pass."""

    def __init__(self, c=40, width=64):
        super().__init__()
        self.emb = nn.ModuleList([nn.Embedding(n + 1, width) for n in SLOT_SIZES])
        self.i = nn.Conv2d(3, c, 3, padding=1)
        self.r = nn.ModuleList([Res(c, c, width) for _ in range(4)])
        self.a = nn.Conv2d(c, 32 * 4, 1)
        self.b = nn.Conv2d(32, 32, 3, padding=1)
        self.g = nn.Conv2d(32, 8 * 16, 1)
        self.out = nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, x, slots):
        e = sum(table(slots[:, k]) for k, table in enumerate(self.emb))
        h = self.i(x)
        for block in self.r:
            h = block(h, e)
        h = F.silu(F.pixel_shuffle(self.a(h), 2))
        h = F.silu(self.b(h))
        h = F.silu(F.pixel_shuffle(self.g(h), 4))
        return self.out(h)


def sample(net, slots, steps=20, guidance=2.0, start=None, first=0):
    """Euler steps from `first` of `steps`; `start` is noise, or a picture noised to t = first / steps."""
    x = torch.randn(len(slots), 3, SIDE, SIDE) if start is None else start
    nothing = NOTHING[None].expand(len(slots), -1)
    with torch.no_grad():
        for i in range(first, steps):
            t = torch.full((len(slots),), i / steps)
            free = net(x, t, nothing)
            x = x + (free + guidance * (net(x, t, slots) - free)) / steps
    return x


def load(path, net, prefix):
    """Fills `net` from the tensors of a safetensors file that begin with `prefix`."""
    raw = open(path, "rb").read()
    size = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:8 + size])
    state = {}
    for name, entry in header.items():
        if name == "__metadata__" or not name.startswith(prefix):
            continue
        begin, end = entry["data_offsets"]
        kind = {"F32": torch.float32, "F16": torch.float16}[entry["dtype"]]
        data = bytearray(raw[8 + size + begin:8 + size + end])
        state[name[len(prefix):]] = torch.frombuffer(data, dtype=kind).float().reshape(entry["shape"])
    net.load_state_dict(state)
    return net


def save(path, nets, metadata):
    """Writes {prefix: net} as one safetensors file of half-precision tensors."""
    header, blob = {"__metadata__": metadata}, b""
    for prefix, net in nets.items():
        for name, tensor in net.state_dict().items():
            data = tensor.half().contiguous().numpy().tobytes()
            header[prefix + name] = {"dtype": "F16", "shape": list(tensor.shape),
                                     "data_offsets": [len(blob), len(blob) + len(data)]}
            blob += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + blob)
