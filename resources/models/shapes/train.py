# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the base net: `train.py SECONDS WEIGHTS [--from WEIGHTS] [--rate 2e-3]`.

The weights in this folder took 85 minutes on two cores in three legs (10, 20, 55 minutes at 2e-3, 1.2e-3, 1.5e-3).
"""
import argparse
import math
import os
import time

import torch

from shapes_model import NOTHING, Base, Placed, Upscaler, load, save

parser = argparse.ArgumentParser()
parser.add_argument("seconds", type=float)
parser.add_argument("weights")
parser.add_argument("--from", dest="start")
parser.add_argument("--rate", type=float, default=2e-3)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--seed", type=int, default=0)
options = parser.parse_args()
torch.manual_seed(options.seed)
torch.set_num_threads(options.threads)

net, smooth, upscaler = Base(), Base(), Upscaler()
if options.start:
    load(options.start, net, "base.")
    load(options.start, upscaler, "upscaler.")
smooth.load_state_dict(net.state_dict())
optimiser = torch.optim.AdamW(net.parameters(), options.rate, weight_decay=1e-4)
begun, step, running, batch = time.time(), 0, 0.0, 64
while time.time() - begun < options.seconds:
    done = (time.time() - begun) / options.seconds
    for group in optimiser.param_groups:
        group["lr"] = options.rate * min(1, step / 200) * (0.5 * (1 + math.cos(math.pi * done)) + 0.02)
    placed = Placed(batch)
    picture, slots = placed.draw(32), placed.slots()
    slots = torch.where((torch.rand(batch) < 0.1)[:, None], NOTHING[None], slots)
    t = torch.rand(batch)
    noise = torch.randn_like(picture)
    mixed = (1 - t[:, None, None, None]) * noise + t[:, None, None, None] * picture
    loss = ((net(mixed, t, slots) - (picture - noise)) ** 2).mean()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    step += 1
    with torch.no_grad():
        for average, latest in zip(smooth.parameters(), net.parameters()):
            average.lerp_(latest, 1 - min(0.998, 1 - 1 / (step + 10)))
    running = loss.item() if step == 1 else 0.99 * running + 0.01 * loss.item()
    if step % 200 == 0:
        print(step, round(time.time() - begun), "loss", round(running, 4), flush=True)
save(options.weights, {"base.": smooth, "upscaler.": upscaler}, {"model": "shapes", "format": "pt"})
