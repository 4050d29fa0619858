# SPDX-License-Identifier: GPL-3.0-or-later
"""What pipelines return, in whichever form, as frames of plain bytes."""
import dataclasses


@dataclasses.dataclass
class Frame:
    width: int
    height: int
    rgb: bytes


def frames_of(output):
    """The one picture, or the one video, of a pipeline's output."""
    found = first_of(output, "frames")
    if found is None:
        found = first_of(output, "images")
    if found is None:
        found = output[0] if isinstance(output, (list, tuple)) else output
    first = found[0]
    if hasattr(first, "convert"):  # pictures of PIL: a list of one, or of a video's frames
        return [from_pil(picture) for picture in found]
    if isinstance(first, (list, tuple)):
        return [from_pil(picture) for picture in first]
    return from_array(first)


def first_of(output, name):
    value = output.get(name) if hasattr(output, "get") else getattr(output, name, None)
    return value if value is not None and len(value) > 0 else None


def from_pil(picture):
    plain = picture.convert("RGB")
    return Frame(plain.size[0], plain.size[1], plain.tobytes())


def from_array(array):
    """Values from 0 to 1: a tensor with channels before rows, or an array with channels last; bytes are made where it is."""
    if hasattr(array, "detach"):
        array = array if array.dim() == 4 else array.unsqueeze(0)
        import torch

        array = (array.detach().float().clamp(0, 1) * 255).round().to(torch.uint8).movedim(1, -1).cpu().numpy()
    else:
        array = array if array.ndim == 4 else array[None]
        array = (array.clip(0, 1) * 255).round().astype("uint8")
    return [Frame(frame.shape[1], frame.shape[0], frame.tobytes()) for frame in array]


def is_blank(frames):
    """All of one value: what a failed decoder leaves."""
    return all(frame.rgb.count(frame.rgb[0]) == len(frame.rgb) for frame in frames)
