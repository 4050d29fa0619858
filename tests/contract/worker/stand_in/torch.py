# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for torch where the real one is not installed: as much as the diffusers runner touches of it."""
import contextlib
import random

float32, float16, bfloat16, uint8 = "float32", "float16", "bfloat16", "uint8"


class OutOfMemoryError(RuntimeError):
    pass


class Generator:
    def __init__(self, device="cpu"):
        self.random = random.Random()

    def manual_seed(self, seed):
        self.random.seed(seed)
        return self


class cuda:
    @staticmethod
    def is_available():
        return False


@contextlib.contextmanager
def inference_mode():
    yield


class _Truth:
    def __init__(self, value):
        self.value = value

    def any(self):
        return self.value


def isnan(latents):
    return _Truth(latents == "nan")
