# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of a model as the hub lays it out becomes a pipeline on the device that is there, as exactly as its memory allows.
Only safetensors, and never a model's own program code."""
import pathlib
import re

from visgate_diffusers.adapter import Adapter

ROOM = 1.25  # of the weights, for what is computed beside them


class Refused(Exception):
    """A reason that the worker has a code for."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Model:
    def __init__(self, adapter, arguments):
        self.adapter = adapter
        self.arguments = arguments  # of each call, beside those of the job
        self.siblings = {}

    def capabilities(self):
        return self.adapter.capabilities()


def load(wanted, report):
    import torch

    folder = pathlib.Path(wanted.get("folder", ""))
    if not folder.is_dir():
        raise Refused("E_MODEL_NOT_FOUND", f"there is no model in {folder}")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = precision(torch, device, wanted.get("precision", ""))
    report({"type": "phase", "phase": "reading weights"})
    pipeline = read(folder, dtype)
    if hasattr(pipeline, "set_progress_bar_config"):
        pipeline.set_progress_bar_config(disable=True)
    report({"type": "phase", "phase": f"placing on {device}"})
    notes = place(torch, pipeline, device, weight_bytes(folder), wanted.get("offload", ""))
    for note in notes:
        report({"type": "phase", "phase": note})
    vae = getattr(pipeline, "vae", None)
    if hasattr(vae, "enable_tiling"):
        vae.enable_tiling()
    adapter = Adapter(pipeline, wanted.get("standards"))
    if not adapter.tasks:
        raise Refused("E_TASK", f"{adapter.name} makes nothing that this runner can deliver")
    if wanted.get("task") and wanted["task"] not in adapter.tasks:
        raise Refused("E_TASK", f"{adapter.name} cannot do {wanted['task']}; it can do {', '.join(adapter.tasks)}")
    return Model(adapter, wanted.get("arguments", {}))


def read(folder, dtype):
    from diffusers import DiffusionPipeline

    if (folder / "model_index.json").is_file():
        return DiffusionPipeline.from_pretrained(
            str(folder), dtype=dtype, local_files_only=True, use_safetensors=True, variant=variant_of(folder, dtype))
    if (folder / "modular_model_index.json").is_file():
        from diffusers import ModularPipeline

        pipeline = ModularPipeline.from_pretrained(str(folder), local_files_only=True)
        pipeline.load_components(dtype=dtype)
        return pipeline
    raise Refused("E_LOAD", "this is no model of diffusers: it has no model_index.json")


def variant_of(folder, dtype):
    """Which weights to read where parts have several, or none but those of one variant. None: the plain ones."""
    parts = {}
    for file in folder.glob("*/*.safetensors"):
        found = re.search(r"\.(fp16|bf16)[.-]", file.name)
        parts.setdefault(file.parent.name, set()).add(found.group(1) if found else None)
    order = {"float32": (None, "fp16", "bf16"), "bfloat16": ("bf16", "fp16", None)}
    for variant in order.get(str(dtype).removeprefix("torch."), ("fp16", "bf16", None)):
        used = variant is None or any(variant in kinds for kinds in parts.values())
        if used and all(variant in kinds or None in kinds for kinds in parts.values()):
            return variant
    return None


def precision(torch, device, wanted):
    if wanted in ("float32", "float16", "bfloat16"):
        return getattr(torch, wanted)
    if device == "cpu":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def weight_bytes(folder):
    return sum(file.stat().st_size for file in folder.rglob("*.safetensors"))


def place(torch, pipeline, device, weights, wanted):
    """What was given up for memory, if anything."""
    if device == "cpu":
        return []
    free, _ = torch.cuda.mem_get_info()
    if wanted == "none" or (not wanted and weights * ROOM < free):
        pipeline.to(device)
        return []
    if wanted != "sequential" and hasattr(pipeline, "enable_model_cpu_offload"):
        pipeline.enable_model_cpu_offload()
        return ["parts of the model take turns on the GPU: its memory is too small for all of them"]
    pipeline.enable_sequential_cpu_offload()
    return ["layers of the model take turns on the GPU: its memory is too small for its parts"]
