# SPDX-License-Identifier: GPL-3.0-or-later
"""A job becomes a call of the pipeline, and what it returns files of plain pixels. Steps are seen through the progress bar,
which nearly every pipeline has; a cancel is an exception out of it."""
import pathlib

from visgate_diffusers.adapter import adapter_for
from visgate_diffusers.pixels import frames_of, is_blank

LARGEST_SEED = (1 << 53) - 1


class Cancelled(Exception):
    """The job is no longer wanted."""


class Broken(Exception):
    """What came out is no picture."""


class Steps:
    """Stands in for a pipeline's progress bar."""

    def __init__(self, before, total, report, check):
        self.before, self.total, self.report, self.check = before, total, report, check
        self.done = 0

    def step(self):
        self.check()
        self.done = min(self.done + 1, self.total - self.before)
        self.report({"type": "step", "i": self.before + self.done, "n": self.total})

    def bar(self, iterable=None, total=None):
        self.check()
        self.report({"type": "phase", "phase": "step"})
        return Bar(self, iterable)


class Bar:
    """As pipelines use theirs: walked through, or entered and told of each step."""

    def __init__(self, steps, iterable):
        self.steps, self.iterable = steps, iterable

    def __iter__(self):
        for item in self.iterable:
            yield item
            self.steps.step()
        self.steps.report({"type": "phase", "phase": "decode"})

    def __len__(self):
        return len(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.steps.report({"type": "phase", "phase": "decode"})

    def update(self, count=1):
        self.steps.step()

    def set_postfix(self, *arguments, **named):
        """Nobody reads it."""

    set_description = set_postfix


def draw(model, job, folder, report, check):
    if model is None:
        raise Broken("no model is loaded")
    adapter = model.adapter
    if job["task"] != model.adapter.tasks[0]:
        adapter = model.siblings.setdefault(job["task"], adapter_for(model.adapter, job["task"]))
    files = []
    try:
        for index in range(job.get("count", 1)):
            report({"type": "phase", "phase": "encode_text"})
            seed = (job["seed"] + index) & LARGEST_SEED
            files += draw_one(model, adapter, job, seed, index, pathlib.Path(folder), report, check)
    finally:
        if hasattr(adapter.pipeline, "maybe_free_model_hooks"):
            adapter.pipeline.maybe_free_model_hooks()
    return {"files": files}


def draw_one(model, adapter, job, seed, index, folder, report, check):
    import torch

    steps_each = real_steps(job)
    steps = Steps(index * steps_each, job.get("count", 1) * steps_each, report, check)
    arguments = {name: value for name, value in model.arguments.items() if name in adapter.arguments}
    arguments.update(arguments_for(adapter, job, folder))
    arguments["generator"] = torch.Generator(device="cpu").manual_seed(seed)
    if "callback_on_step_end" in adapter.arguments:
        arguments["callback_on_step_end"] = refuse_nan(torch)
    adapter.pipeline.progress_bar = steps.bar
    with torch.inference_mode():
        output = adapter.pipeline(**arguments)
    check()
    frames = frames_of(output)
    if is_blank(frames):
        raise Broken("the model drew a picture without anything in it")
    name = f"{index}.rgb"
    with open(folder / name, "wb") as file:
        for frame in frames:
            file.write(frame.rgb)
    return [{"name": name, "width": frames[0].width, "height": frames[0].height, "frames": len(frames), "seed": seed}]


def real_steps(job):
    """Of image-to-image only a part is done."""
    if job["task"] in ("image-to-image", "inpaint") and job.get("strength"):
        return max(1, int(job["steps"] * min(1.0, job["strength"])))
    return max(1, job["steps"])


def arguments_for(adapter, job, folder):
    takes = adapter.arguments
    wanted = {
        "prompt": job["prompt"], "width": job["width"], "height": job["height"],
        "num_inference_steps": job["steps"], "strength": job.get("strength"),
        "negative_prompt": job.get("negative_prompt") or None,
    }
    if adapter.guidance_argument:
        wanted[adapter.guidance_argument] = job["guidance"]
        if adapter.guidance_argument == "true_cfg_scale" and job["guidance"] > 1:
            wanted["negative_prompt"] = wanted["negative_prompt"] or " "  # without one guidance is silently off
    if adapter.frames_argument:
        wanted[adapter.frames_argument] = job["frames"]
        wanted[adapter.row.get("fps_argument", "")] = job.get("fps")
        wanted["output_type"] = "pt"
    if job.get("image"):
        wanted["image"] = picture(folder / job["image"], "RGB", job)
    if job.get("mask"):
        wanted["mask_image"] = picture(folder / job["mask"], "L", job)
    return {name: value for name, value in wanted.items() if name in takes and value is not None}


def picture(path, mode, job):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = 64_000_000  # more is a bomb
    with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as image:
        return image.convert(mode).resize((job["width"], job["height"]))


def refuse_nan(torch):
    def look(pipeline, index, timestep, tensors):
        latents = tensors.get("latents")
        if index == 0 and latents is not None and bool(torch.isnan(latents).any()):
            raise Broken("the first step gave no numbers; another precision is needed")
        return {}

    return look
