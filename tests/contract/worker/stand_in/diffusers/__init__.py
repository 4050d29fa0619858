# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for diffusers where the real one is not installed: pipelines that draw noise out of their seed, and misbehave on
demand (the prompt says how)."""
import json
import os
import pathlib
import signal
import time

import torch


class Picture:
    """As much of a picture as the runner reads."""

    def __init__(self, size, data):
        self.size, self.data = size, data

    def convert(self, mode):
        return self

    def tobytes(self):
        return self.data


class Output(dict):
    def __getattr__(self, name):
        return self[name]


class DiffusionPipeline:
    vae_scale_factor = 8
    default_sample_size = 4
    dtype = torch.float32

    @classmethod
    def from_pretrained(cls, folder, dtype=None, local_files_only=False, use_safetensors=False, variant=None):
        assert local_files_only and use_safetensors
        for part in {file.parent for file in pathlib.Path(folder).glob("*/*.safetensors")}:
            names = [f"diffusion_pytorch_model.{variant}.safetensors", "diffusion_pytorch_model.safetensors"]
            if not any((part / name).is_file() for name in (names if variant else names[1:])):
                raise OSError(f"no weights of variant {variant} in {part}")
        index = json.loads((pathlib.Path(folder) / "model_index.json").read_text())
        act(index.get("load", ""))
        return globals()[index["_class_name"]]()

    @classmethod
    def from_pipe(cls, other, dtype):
        assert dtype == other.dtype
        return cls()

    def set_progress_bar_config(self, **named):
        """As the real one's."""

    def maybe_free_model_hooks(self):
        """As the real one's."""

    def draw(self, prompt, width, height, steps, generator, look=None):
        act(prompt, "encode")
        if "with" in prompt:
            with self.progress_bar(total=steps) as bar:
                for _ in range(steps):
                    act(prompt, "step")
                    bar.update()
        else:
            for index, _ in enumerate(self.progress_bar(range(steps))):
                act(prompt, "step")
                if look:
                    look(self, index, 0, {"latents": "nan" if prompt == "nan" else "numbers"})
        act(prompt, "decode")
        size = width * height * 3
        if prompt == "stripes":  # what can be packed small
            value = (bytes(range(256)) * (size // 256 + 1))[:size]
        else:
            value = bytes(size) if prompt == "black" else generator.random.randbytes(size)
        return Picture((width, height), value)


def act(prompt, phase="load"):
    """'hang step', 'sleep decode', 'killed encode', 'memory step': what happens where."""
    words = prompt.split()
    if len(words) < 2 or words[1] != phase:
        return
    if words[0] == "hang":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(3600)
    if words[0] == "sleep":
        time.sleep(0.3)
    if words[0] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if words[0] == "memory":
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")


class PicturePipeline(DiffusionPipeline):
    def __call__(self, prompt=None, negative_prompt=None, height=None, width=None, num_inference_steps=20,
                 guidance_scale=3.5, generator=None, callback_on_step_end=None, output_type="pil"):
        return Output(images=[self.draw(prompt, width, height, num_inference_steps, generator, callback_on_step_end)])


class StableDiffusionPipeline(PicturePipeline):
    """One that the panel knows by its name as well."""


class PictureImg2ImgPipeline(DiffusionPipeline):
    def __call__(self, prompt=None, image=None, strength=0.6, height=None, width=None, num_inference_steps=20,
                 guidance_scale=3.5, generator=None):
        steps = max(1, int(num_inference_steps * strength))
        return Output(images=[self.draw(prompt, width, height, steps, generator)])


class VideoPipeline(DiffusionPipeline):
    def __call__(self, prompt=None, height=32, width=32, num_frames=9, num_inference_steps=5, guidance_scale=5.0,
                 generator=None, output_type="np"):
        act(prompt, "encode")
        frames = [self.draw(prompt, width, height, num_inference_steps if index == 0 else 0, generator)
                  for index in range(num_frames)]
        return Output(frames=[frames])


class ModularPipeline(DiffusionPipeline):
    @classmethod
    def from_pretrained(cls, folder, local_files_only=False):
        return PicturePipelineOfBlocks()


class PicturePipelineOfBlocks(PicturePipeline):
    def load_components(self, dtype=None):
        """As the real one's."""
