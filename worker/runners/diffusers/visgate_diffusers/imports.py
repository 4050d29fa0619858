# SPDX-License-Identifier: GPL-3.0-or-later
"""What every load needs and takes seconds to import. Nothing here may touch CUDA."""


def everything():
    import diffusers
    import torch
    import transformers

    return diffusers, torch, transformers
