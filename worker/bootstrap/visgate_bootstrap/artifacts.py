# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain pixels become files with their provenance in them, and what a job returns, in the form of
worker/delivery/picture_result.cpp and core/foundation/worker_protocol/job_output.h."""
import base64
import dataclasses
import hashlib
import io
import json
import pathlib
import shutil
import subprocess

from visgate_bootstrap.failure import Failure
from visgate_diffusers import NAME, VERSION

FASTEST = 1
FILM_SECONDS = 120
FILM_QUALITY = 90
DESCRIPTION, SOFTWARE = 0x010E, 0x0131  # tags of Exif


@dataclasses.dataclass
class Identity:
    model_id: str
    revision: str
    gpu: str
    vram: int = 0  # bytes


@dataclasses.dataclass
class File:
    data: bytes
    content_type: str
    width: int
    height: int
    seed: int
    frames: int = 1
    fps: float = 0
    url: str = ""
    size: int = 0
    sha256: str = ""

    def __post_init__(self):
        self.size = len(self.data)
        self.sha256 = hashlib.sha256(self.data).hexdigest()


def encode(made, identity, job):
    """`made`: what runner.generate() gives; its files are gone then."""
    files = []
    for path, width, height, frames, seed in made:
        texts = {"Software": f"visgate-worker {VERSION}", "prompt": job["prompt"], "seed": str(seed),
                 "model": identity.model_id, "label": identity.model_id, "runner": NAME, "steps": str(job["steps"]),
                 "guidance": json.dumps(job["guidance"])}
        if identity.revision:
            texts["revision"] = identity.revision
        if frames == 1:
            files.append(File(_png(path, width, height, texts), "image/png", width, height, seed))
        else:
            fps = job["fps"] or 16
            data, kind = _film(path, width, height, frames, fps, texts)
            files.append(File(data, kind, width, height, seed, frames, fps))
        path.unlink()
    return files


def result(files, identity, job):
    artifacts = []
    for file in files:
        artifact = {"bytes": file.size, "sha256": file.sha256, "content_type": file.content_type, "width": file.width,
                    "height": file.height, "seed": file.seed}
        if file.frames > 1:
            artifact.update(frames=file.frames, fps=file.fps)
        artifact.update({"url": file.url} if file.url else {"data": base64.b64encode(file.data).decode()})
        artifacts.append(artifact)
    return {"artifacts": artifacts, "model_id": identity.model_id, "runner": NAME, "label": identity.model_id, "demo": False,
            "unknown_words": [], "defaults": [], "seed": job["seed"], "num_inference_steps": job["steps"],
            "guidance_scale": job["guidance"], "revision": identity.revision or None, "gpu": identity.gpu or None}


def describe(identity, can):
    """The answer to a job that only asks how the worker is."""
    def ends(name):
        return [can[name]["least"], can[name]["most"]]

    return {"debug": True, "version": VERSION, "runner": NAME, "model_id": identity.model_id, "label": identity.model_id,
            "demo": False, "revision": identity.revision or None, "gpu": identity.gpu or None, "tasks": can["tasks"],
            "limits": {"width": ends("width"), "height": ends("height"), "num_inference_steps": ends("steps"),
                       "guidance_scale": ends("guidance"), "num_images": [1, can.get("pictures", 1)]},
            "defaults": {"num_inference_steps": can["steps"]["standard"], "guidance_scale": can["guidance"]["standard"]}}


def _png(path, width, height, texts):
    from PIL import Image, PngImagePlugin

    about = PngImagePlugin.PngInfo()
    for name, value in texts.items():
        (about.add_text if value.isascii() else about.add_itxt)(name, value)
    target = io.BytesIO()
    Image.frombytes("RGB", (width, height), path.read_bytes()).save(target, "PNG", compress_level=FASTEST, pnginfo=about)
    return target.getvalue()


def _film(path, width, height, frames, fps, texts):
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg:
        target = pathlib.Path(f"{path}.mp4")
        command = [ffmpeg, "-nostdin", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}",
                   "-r", str(fps), "-i", str(path), "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-pix_fmt",
                   "yuv420p", "-movflags", "+faststart", "-metadata", f"comment={json.dumps(texts)}", "-y", str(target)]
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=FILM_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise Failure("E_TIMEOUT", "Writing the file took too long.") from None
        if done.returncode == 0:
            return target.read_bytes(), "video/mp4"
    return _animation(path, width, height, frames, fps, texts), "image/webp"


def _animation(path, width, height, frames, fps, texts):
    from PIL import Image

    about = Image.Exif()
    about[DESCRIPTION], about[SOFTWARE] = json.dumps(texts), texts["Software"]
    with open(path, "rb") as pixels:
        first, *others = [Image.frombytes("RGB", (width, height), pixels.read(width * height * 3)) for _ in range(frames)]
    target = io.BytesIO()
    first.save(target, "WEBP", save_all=True, append_images=others, duration=round(1000 / fps), loop=0, quality=FILM_QUALITY,
               method=0, exif=about)
    return target.getvalue()
