# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the upscaler of a given base net: `train_upscaler.py SECONDS WEIGHTS --from WEIGHTS`.

It learns to undo what the sampler does to a picture whose truth is known: pictures are noised to a random time and
finished by the base net itself, and others are bent, blurred and stained.
"""
import argparse
import math
import os
import time

import torch
import torch.nn.functional as F

from shapes_model import SIDE, Base, Placed, Upscaler, load, sample, save

parser = argparse.ArgumentParser()
parser.add_argument("seconds", type=float)
parser.add_argument("weights")
parser.add_argument("--from", dest="start", required=True)
parser.add_argument("--rate", type=float, default=3e-3)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--pool", type=int, default=24, help="batches of 48 pictures finished by the base net")
parser.add_argument("--resume", action="store_true", help="go on with the upscaler in --from")
parser.add_argument("--seed", type=int, default=0)
options = parser.parse_args()
torch.manual_seed(options.seed)
torch.set_num_threads(options.threads)
base, net, smooth = load(options.start, Base(), "base."), Upscaler(), Upscaler()
if options.resume:
    load(options.start, net, "upscaler.")
smooth.load_state_dict(net.state_dict())


def sampled_pool():
    """(what the base net made, where the shape truly is), as lists of batches."""
    pool, began = [], time.time()
    for k in range(options.pool):
        placed = Placed(48)
        placed.size[:32] = 0  # the small ones suffer most
        placed.radius = torch.where(placed.size == 0, 4.5 + torch.rand(48), 9 + 1.5 * torch.rand(48))
        first = 6 + k % 8
        t = first / 20
        noised = (1 - t) * torch.randn(48, 3, SIDE, SIDE) + t * placed.draw(SIDE)
        pool.append((sample(base, placed.slots(), first=first, start=noised), placed))
    print("pool", options.pool * 48, round(time.time() - began), flush=True)
    return pool


def worsened(picture):
    """Bends, blurs and stains pictures a little, each by its own amount."""
    n = len(picture)
    grid = F.affine_grid(torch.eye(2, 3)[None].expand(n, -1, -1), list(picture.shape), align_corners=False)
    bend = F.interpolate(torch.randn(n, 2, 5, 5), size=(SIDE, SIDE), mode="bicubic") * (torch.rand(n)[:, None, None, None] * 0.045)
    picture = F.grid_sample(picture, grid + bend.permute(0, 2, 3, 1), padding_mode="border", align_corners=False)
    soft = F.avg_pool2d(F.pad(picture, (1, 1, 1, 1), mode="replicate"), 3, 1)
    picture = torch.lerp(picture, soft, torch.rand(n)[:, None, None, None] * 0.6)
    stain = F.interpolate(torch.randn(n, 3, 4, 4), size=(SIDE, SIDE), mode="bicubic")
    return picture + 0.05 * stain * torch.rand(n)[:, None, None, None] + 0.04 * torch.randn_like(picture)


def pick(placed, chosen):
    part = object.__new__(Placed)
    for name, values in vars(placed).items():
        setattr(part, name, values[chosen])
    return part


pool = sampled_pool()
optimiser = torch.optim.AdamW(net.parameters(), options.rate, weight_decay=1e-4)
begun, step, running = time.time(), 0, 0.0
while time.time() - begun < options.seconds:
    done = (time.time() - begun) / options.seconds
    for group in optimiser.param_groups:
        group["lr"] = options.rate * min(1, (step + 1) / 100) * (0.5 * (1 + math.cos(math.pi * done)) + 0.02)
    if step % 2:
        made, placed = pool[step // 2 % len(pool)]
        chosen = torch.randperm(len(made))[:12]
        small, truth = made[chosen], pick(placed, chosen)
    else:
        truth = Placed(12)
        small = worsened(truth.draw(SIDE))
    loss = (net(small, truth.slots()) - truth.draw(SIDE * 8)).abs().mean()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    step += 1
    with torch.no_grad():
        for average, latest in zip(smooth.parameters(), net.parameters()):
            average.lerp_(latest, 1 - min(0.995, 1 - 1 / (step + 10)))
    running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
    if step % 50 == 0:
        print(step, round(time.time() - begun), "loss", round(running, 4), flush=True)
    if step % 500 == 0:
        save(options.weights, {"base.": base, "upscaler.": smooth}, {"model": "shapes", "format": "pt"})
save(options.weights, {"base.": base, "upscaler.": smooth}, {"model": "shapes", "format": "pt"})
