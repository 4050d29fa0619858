# SPDX-License-Identifier: GPL-3.0-or-later
"""What the environment says, checked as worker/supervisor/settings.cpp does: nothing is guessed and nothing is ignored."""
import dataclasses
import pathlib
import re
import tempfile

from visgate_bootstrap.failure import Failure

WEEK = 7 * 24 * 3600
SECRET_SIGNS = ("key", "token", "secret", "password", "passwd", "credential", "authorization")
TASKS = ("text-to-image", "image-to-image", "inpaint", "text-to-video", "image-to-video")
# Letters and digits alone; each task's own name is a spelling of it as well.
SPELLINGS = {
    "text2image": "text-to-image", "text2img": "text-to-image", "txt2img": "text-to-image", "t2i": "text-to-image",
    "image2image": "image-to-image", "img2img": "image-to-image", "i2i": "image-to-image", "inpainting": "inpaint",
    "text2video": "text-to-video", "txt2vid": "text-to-video", "t2v": "text-to-video",
    "image2video": "image-to-video", "img2vid": "image-to-video", "i2v": "image-to-video",
}


@dataclasses.dataclass
class Settings:
    model_id: str
    revision: str
    task: str
    precision: str
    offload: str
    standards: dict  # of a job that names none: steps, guidance
    gpu: str
    idle_seconds: int
    failure_threshold: int
    load_seconds: int
    cache_folders: list
    volume: pathlib.Path  # the network volume, whether one is mounted or not
    scratch: pathlib.Path  # the container's own disk
    allows_processor: bool

    @property
    def has_volume(self):
        return self.volume.is_dir()


def read(environment):
    reader = _Reader(environment)
    model_id = reader.text("HF_MODEL_ID")
    if not model_id:
        raise Failure("E_CONFIG", "HF_MODEL_ID is missing: it says which model is to be loaded")
    folders = [pathlib.Path(part) for part in reader.text("VISGATE_CACHE_DIRS").split(":") if part]
    return Settings(
        model_id=model_id, revision=reader.text("HF_REVISION"), task=reader.task("TASK"),
        precision=reader.choice("VISGATE_PRECISION", ("float32", "float16", "bfloat16")),
        offload=reader.choice("VISGATE_OFFLOAD", ("none", "model", "sequential")), standards=_standards(reader),
        gpu=reader.text("RUNPOD_GPU_TYPE_ID"),
        idle_seconds=reader.number("VISGATE_IDLE_TIMEOUT_SECONDS", 1, WEEK, 3900),
        failure_threshold=reader.number("VISGATE_FAILURE_THRESHOLD", 1, 1000, 3),
        load_seconds=reader.number("VISGATE_LOAD_TIMEOUT_SECONDS", 1, WEEK, 600),
        cache_folders=folders, volume=pathlib.Path(reader.text("VISGATE_VOLUME") or "/runpod-volume"),
        scratch=pathlib.Path(tempfile.gettempdir()),
        allows_processor=reader.text("VISGATE_ALLOW_CPU") == "1")


def _standards(reader):
    found = {"steps": reader.number("VISGATE_STANDARD_STEPS", 1, 1000, None), "guidance": reader.decimal("VISGATE_STANDARD_GUIDANCE", 100)}
    return {name: value for name, value in found.items() if value is not None}


class _Reader:
    def __init__(self, environment):
        self.environment = environment

    def text(self, name):
        return self.environment.get(name, "")

    def number(self, name, least, most, otherwise):
        value = self.text(name)
        if not value:
            return otherwise
        if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise Failure("E_CONFIG", f"{name} must be a whole number from {least} to {most}")
        return int(value)

    def decimal(self, name, most):
        value = self.text(name)
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value) or float(value) > most:
            raise Failure("E_CONFIG", f"{name} must be a number from 0 to {most}")
        return float(value)

    def choice(self, name, choices):
        value = self.text(name).lower()
        if value and value not in choices:
            raise Failure("E_CONFIG", f"{name} {value} is not in this worker; it has {', '.join(choices)}")
        return value

    def task(self, name):
        value = self.text(name)
        plain = re.sub("[-_ ]", "", value).lower()
        found = SPELLINGS.get(plain) or next((task for task in TASKS if task.replace("-", "") == plain), "")
        if value and not found:
            raise Failure("E_CONFIG", f"{name} {value} is not known; known are {', '.join(TASKS)}")
        return found


def is_secret_name(name):
    lower = name.lower()
    return any(sign in lower for sign in SECRET_SIGNS) or lower == "accessid"


def secret_values(environment):
    return [value for name, value in environment.items() if value and is_secret_name(name)]


def without_secrets(environment):
    """For processes that are started from here: not the secrets, nothing of the queue, and not the package itself."""
    return {name: value for name, value in environment.items()
            if not is_secret_name(name) and not name.startswith(("RUNPOD_", "VISGATE_PACKAGE_")) and name != "VISGATE_WEBHOOK"}
