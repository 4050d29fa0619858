# SPDX-License-Identifier: GPL-3.0-or-later
"""A job's input, every field held to what the model can do: worker/supervisor/job_input.cpp, in its words. All bad fields are
named, not only the first."""
import base64
import binascii
import dataclasses
import json
import math

from visgate_bootstrap import addresses
from visgate_bootstrap.settings import is_secret_name

LONGEST_PROMPT = 4000
LARGEST_SEED = (1 << 53) - 1
MOST_OF_ANYTHING = 1_000_000
MOST_PICTURES = 64
MOST_UPLOADS = 64
MOST_PICTURE_TEXT = 28 * 1024 * 1024  # 20 MB and a bit, in base64
STANDARD_MS, LONGEST_MS = 600_000, 604_800_000
SIGNATURE = "X-Amz-Signature="
VIDEO = ("text-to-video", "image-to-video")
TAKES_IMAGE = ("image-to-image", "inpaint", "image-to-video")


@dataclasses.dataclass
class JobInput:
    is_debug: bool = False
    job: dict = dataclasses.field(default_factory=dict)  # as the runner is asked
    pictures: dict = dataclasses.field(default_factory=dict)  # bytes of "image" and "mask"
    uploads: list = dataclasses.field(default_factory=list)
    ignored: list = dataclasses.field(default_factory=list)
    deadline: float = STANDARD_MS / 1000  # seconds
    bad: list = dataclasses.field(default_factory=list)  # (field, what is wrong with it)


def read(document, can, random_seed):
    result = JobInput()
    given = document.get("input") if isinstance(document, dict) else None
    if not isinstance(given, dict):
        result.bad.append(("input", "must be an object"))
        return result
    if given.get("debug") is True:
        result.is_debug = True
        return result
    fields = _Fields(given, result.bad)
    task, is_able = _read_task(fields, can)
    job = result.job
    job.update(
        task=task, prompt=_read_prompt(fields), negative_prompt=_read_negative(fields, can, result), image="", mask="",
        width=fields.stepped("width", can["width"], "pixels"), height=fields.stepped("height", can["height"], "pixels"),
        steps=fields.whole("num_inference_steps", can["steps"]["least"], can["steps"]["most"], can["steps"]["standard"]),
        guidance=fields.number("guidance_scale", can["guidance"]), strength=0.0,
        count=fields.whole("num_images", 1, max(1, min(MOST_PICTURES, can.get("pictures", 1))), 1),
        frames=1, fps=0)
    seed = fields.whole("seed", 0, LARGEST_SEED, None)
    job["seed"] = random_seed() & LARGEST_SEED if seed is None else seed
    if is_able and task in TAKES_IMAGE:
        job["strength"] = fields.number("strength", can["strength"])
        for name in ("image", "mask"):
            if picture := _read_picture(fields, name):
                result.pictures[name] = picture
                job[name] = name
    if is_able and task in VIDEO:
        job["frames"] = fields.stepped("num_frames", can["frames"], "frames")
        job["fps"] = fields.stepped("fps", can["fps"], "frames a second")
    formats = ("mp4", "webp") if task in VIDEO else ("png",)
    if fields.find("format") is not None and given["format"] not in formats:
        fields.refuse("format", f"this worker writes {' or '.join(formats)} only")
    _read_uploads(fields, result)
    policy = document.get("policy")
    if isinstance(policy, dict):
        result.deadline = _Fields(policy, result.bad).whole("executionTimeout", 1, LONGEST_MS, STANDARD_MS) / 1000
    return result


def error_of(bad):
    message = "The input cannot be used:" + "".join(f" {name} {what}." for name, what in bad)
    return {"code": "E_INPUT", "message": message, "fields": [{"name": name, "message": what} for name, what in bad]}


def secrets_in(value, is_secret=False):
    """Texts of members whose names speak of credentials, and signatures, anywhere in a job."""
    if isinstance(value, str):
        if SIGNATURE in value:
            return [value[value.index(SIGNATURE) + len(SIGNATURE):]]
        return [value] if is_secret else []
    if isinstance(value, dict):
        return [found for name, member in value.items() for found in secrets_in(member, is_secret or is_secret_name(name))]
    if isinstance(value, list):
        return [found for member in value for found in secrets_in(member, is_secret)]
    return []


class _Fields:
    def __init__(self, values, bad):
        self._values, self._bad = values, bad

    def find(self, name):
        return self._values.get(name)

    def refuse(self, name, what):
        self._bad.append((name, what))

    def whole(self, name, least, most, otherwise):
        value = self.find(name)
        if value is None:
            return otherwise
        if not _is_number(value) or value != int(value) or not least <= value <= most:
            self.refuse(name, f"must be a whole number from {least} to {most}")
            return otherwise
        return int(value)

    def number(self, name, allowed):
        value = self.find(name)
        if value is None:
            return allowed["standard"]
        least, most = float(allowed["least"]), float(allowed["most"])
        if not _is_number(value) or not least <= value <= most:
            self.refuse(name, f"must be a number from {json.dumps(least)} to {json.dumps(most)}")
            return allowed["standard"]
        return value

    def stepped(self, name, allowed, what):
        """One side of the picture, or another number of which not all between the least and the most will do."""
        asked = self.whole(name, 0, MOST_OF_ANYTHING, allowed["standard"])
        least, most = allowed["least"], allowed["most"]
        step, offset = max(1, allowed.get("step", 1)), allowed.get("offset", 0)
        if self.find(name) is None or (least <= asked <= most and (asked - offset) % step == 0):
            return asked
        if least == most:
            self.refuse(name, f"this model draws {most}x{most} only; ask for {most}")
        else:
            self.refuse(name, f"must be from {least} to {most} {what}; the nearest that this model can do is "
                              f"{_nearest(asked, least, most, step, offset)}")
        return allowed["standard"]


def _is_number(value):
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and math.isfinite(value))


def _nearest(value, least, most, step, offset):
    inside = min(max(value, least), most)
    below = inside - (inside - offset) % step
    above = below + step
    if below < least:
        return above if above <= most else least
    return above if above <= most and above - value < value - below else below


def _read_task(fields, can):
    """What the fields ask for, and whether this model can do it."""
    has = {name: fields.find(name) is not None for name in ("image", "mask", "num_frames", "strength", "fps")}
    draws_pictures = any(task not in VIDEO for task in can["tasks"])
    if has["num_frames"] or not draws_pictures:
        task = "image-to-video" if has["image"] else "text-to-video"
    elif has["mask"]:
        task = "inpaint"
    else:
        task = "image-to-image" if has["image"] else "text-to-image"
    if task not in can["tasks"]:
        cause = next((name for name in ("mask", "image", "num_frames") if has[name]), "image")
        lacks_image = task not in TAKES_IMAGE and not has[cause]
        fields.refuse(cause, "is missing: this model starts from a picture" if lacks_image else f"this model cannot do {task}")
        return task, False
    if task == "inpaint" and not has["image"]:
        fields.refuse("image", "is missing: a mask says what of it is to change")
    for name, is_used in (("strength", task in ("image-to-image", "inpaint")), ("fps", task in VIDEO), ("mask", task == "inpaint")):
        if has[name] and not is_used:
            fields.refuse(name, f"is not for {task}")
    return task, True


def _rule(text):
    """What is wrong with a prompt; empty if nothing is."""
    for letter in text:
        point = ord(letter)
        if (point < 0x20 and letter not in "\n\r\t") or 0x7F <= point < 0xA0:
            return f"holds the control character U+{point:04X}"
    if len(text) > LONGEST_PROMPT:
        return f"has {len(text)} characters; at most {LONGEST_PROMPT} are possible"
    return "" if text.strip(" \n\r\t") else "is empty"


def _read_prompt(fields):
    prompt = fields.find("prompt")
    if prompt is None:
        fields.refuse("prompt", "is missing")
    elif not isinstance(prompt, str):
        fields.refuse("prompt", "must be text")
    elif rule := _rule(prompt):
        fields.refuse("prompt", rule)
    else:
        return prompt
    return ""


def _read_negative(fields, can, result):
    negative = fields.find("negative_prompt")
    if negative is None or negative == "":
        return ""
    if not can.get("negative"):
        result.ignored.append("negative_prompt")
    elif not isinstance(negative, str):
        fields.refuse("negative_prompt", "must be text")
    elif rule := _rule(negative):
        fields.refuse("negative_prompt", rule)
    else:
        return negative
    return ""


def _read_picture(fields, name):
    """A picture in the job itself: base64, or a data: address of it."""
    text = fields.find(name)
    if text is None:
        return b""
    if isinstance(text, str) and text[:8].lower().startswith(("http://", "https://")):
        fields.refuse(name, "must be the picture itself in base64: this worker fetches nothing from addresses")
        return b""
    if not isinstance(text, str) or len(text) > MOST_PICTURE_TEXT:
        fields.refuse(name, "is larger than a picture may be" if isinstance(text, str)
                      else "must be a PNG, JPEG or WebP picture in base64")
        return b""
    if text.startswith("data:"):
        text = text.partition(",")[2]
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not (data.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")):
        fields.refuse(name, "must be a PNG, JPEG or WebP picture in base64")
        return b""
    return data


def _read_uploads(fields, result):
    targets = fields.find("upload_urls")
    if targets is None:
        return
    if isinstance(targets, list) and len(targets) <= MOST_UPLOADS and all(map(addresses.is_allowed, targets)):
        result.uploads = targets
    else:
        fields.refuse("upload_urls", "must be a list of https addresses")
