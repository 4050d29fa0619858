# SPDX-License-Identifier: GPL-3.0-or-later
from diffusers import PictureImg2ImgPipeline, PicturePipeline, StableDiffusionPipeline

AUTO_TEXT2IMAGE_PIPELINES_MAPPING = {"picture": PicturePipeline, "stable-diffusion": StableDiffusionPipeline}
AUTO_IMAGE2IMAGE_PIPELINES_MAPPING = {"picture": PictureImg2ImgPipeline}
AUTO_INPAINT_PIPELINES_MAPPING = {}
