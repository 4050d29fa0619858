# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker as people write it for the official SDK: loads a pipeline, draws a picture or a video for each job, and returns the
file in base64. Its folder comes in BENCH_MODEL."""
import base64
import os
import shutil
import struct
import subprocess
import tempfile
import zlib

import runpod
import torch
from diffusers import DiffusionPipeline

pipe = DiffusionPipeline.from_pretrained(os.environ["BENCH_MODEL"], local_files_only=True, use_safetensors=True)
pipe.set_progress_bar_config(disable=True)
if not hasattr(pipe, "progress_bar"):  # the stand-in for diffusers leaves it to whoever calls it
    pipe.progress_bar = iter


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(picture):
    (width, height), rgb = picture.size, picture.convert("RGB").tobytes()
    lines = b"".join(b"\0" + rgb[row * width * 3:(row + 1) * width * 3] for row in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def mp4(frames, width, height):
    with tempfile.TemporaryDirectory() as folder:
        command = [shutil.which("ffmpeg"), "-loglevel", "error", "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size",
                   f"{width}x{height}", "-framerate", "16", "-i", "-", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt",
                   "yuv420p", "-y", f"{folder}/out.mp4"]
        subprocess.run(command, input=b"".join(frame.convert("RGB").tobytes() for frame in frames), check=True)
        with open(f"{folder}/out.mp4", "rb") as file:
            return file.read()


def handler(job):
    asked = job["input"]
    named = {name: asked[name] for name in ("prompt", "width", "height", "num_inference_steps", "num_frames") if name in asked}
    made = pipe(generator=torch.Generator().manual_seed(asked["seed"]), **named)
    file = mp4(made.frames[0], asked["width"], asked["height"]) if "num_frames" in asked else png(made.images[0])
    return {"data": base64.b64encode(file).decode()}


runpod.serverless.start({"handler": handler})
