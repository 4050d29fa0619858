# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pipeline takes, read from its signature and from diffusers' own maps of tasks; a small table (table.json) says the
rest. Nothing goes by the name of a model."""
import inspect
import json
import pathlib

TABLE = json.loads((pathlib.Path(__file__).parent / "table.json").read_text())
GUIDANCE_NAMES = ("guidance_scale", "true_cfg_scale", "distilled_guidance_scale")
LEAST_SIDE, MOST_SIDE = 64, 2048
MOST_STEPS = 1000
MOST_FRAMES = 1000
MOST_PICTURES = 16
SIDE_STEP = 16


class Adapter:
    def __init__(self, pipeline, standards=None):
        """`standards`: steps and guidance that its model was made for, where they are known; the class has only one for all."""
        self.pipeline = pipeline
        self.standards = standards or {}
        self.name = type(pipeline).__name__
        self.arguments = arguments_of(pipeline)
        self.row = TABLE.get(self.name, {})
        self.tasks = tasks_of(pipeline, self.arguments, self.frames_argument)

    @property
    def frames_argument(self):
        named = self.row.get("frames_argument", "num_frames")
        return named if named in self.arguments else None

    @property
    def guidance_argument(self):
        named = self.row.get("guidance")
        return named or next((name for name in GUIDANCE_NAMES if name in self.arguments), None)

    @property
    def makes_video(self):
        return self.frames_argument is not None

    def capabilities(self):
        steps, guidance = self.standard("num_inference_steps", 30), self.standard(self.guidance_argument, 0.0)
        without = self.row.get("without_guidance_embeds")
        transformer = getattr(self.pipeline, "transformer", None)
        if without and not getattr(getattr(transformer, "config", None), "guidance_embeds", True):
            steps, guidance = without["steps"], without["guidance"]
        steps, guidance = self.standards.get("steps", steps), self.standards.get("guidance", guidance)
        can = {
            "tasks": self.tasks,
            "width": self.side("width"), "height": self.side("height"),
            "steps": {"least": 1, "most": MOST_STEPS, "standard": int(steps)},
            "guidance": {"least": 0, "most": 100 if self.guidance_argument else 0,
                         "standard": float(guidance) if self.guidance_argument else 0.0},
            "strength": {"least": 0.01, "most": 1, "standard": 0.8},
            "pictures": 1 if self.makes_video else MOST_PICTURES,
            "negative": "negative_prompt" in self.arguments,
        }
        if self.makes_video:
            rule = self.row.get("frames", {"step": 1, "offset": 0})
            standard = int(self.standard(self.frames_argument, 49))
            least = rule["offset"] + rule["step"]
            can["frames"] = {"least": least, "most": MOST_FRAMES, "standard": standard, **rule}
            fps = self.row.get("fps", 16)
            can["fps"] = {"least": 1, "most": 60, "standard": fps}
        return can

    def standard(self, name, otherwise):
        """What the pipeline takes if nothing is said; `otherwise` if that is nothing."""
        parameter = self.arguments.get(name)
        given = parameter is not None and parameter.default not in (None, inspect.Parameter.empty)
        return parameter.default if given else otherwise

    def side(self, name):
        sample = sample_size_of(self.pipeline)
        scale = getattr(self.pipeline, "vae_scale_factor", 8)
        own = sample * scale if sample else MOST_SIDE // 2
        standard = int(self.standard(name, own)) // SIDE_STEP * SIDE_STEP
        standard = max(SIDE_STEP, standard)
        return {"least": min(LEAST_SIDE, standard), "most": max(MOST_SIDE, standard), "standard": standard,
                "step": SIDE_STEP}


def sample_size_of(pipeline):
    """In latents, what the pipeline takes where nothing is said: its own figure, or its model's. Nothing if neither has one."""
    models = (getattr(pipeline, name, None) for name in ("unet", "transformer"))
    own = [getattr(pipeline, "default_sample_size", None)]
    own += [getattr(getattr(model, "config", None), "sample_size", None) for model in models]
    return next((size for size in own if isinstance(size, int) and size > 0), None)


def arguments_of(pipeline):
    parameters = inspect.signature(type(pipeline).__call__).parameters
    return {name: parameter for name, parameter in parameters.items() if name != "self"}


def tasks_of(pipeline, arguments, frames_argument):
    image = arguments.get("image")
    if image is None:
        if frames_argument:
            return ["text-to-video"]
        return ["text-to-image"] + [task for task in ("image-to-image", "inpaint") if sibling_of(pipeline, task)]
    kind = "video" if frames_argument else "image"
    # Many take none though they cannot do without: that it is in the map of words alone is what counts.
    needs_image = image.default is inspect.Parameter.empty or not draws_from_words(pipeline)
    return ([] if needs_image else [f"text-to-{kind}"]) + [f"image-to-{kind}"]


def draws_from_words(pipeline):
    from diffusers.pipelines import auto_pipeline

    return type(pipeline) in auto_pipeline.AUTO_TEXT2IMAGE_PIPELINES_MAPPING.values()


def sibling_of(pipeline, task):
    """The class that does this task with the same parts; None if diffusers knows none."""
    from diffusers.pipelines import auto_pipeline

    key = next((key for key, value in auto_pipeline.AUTO_TEXT2IMAGE_PIPELINES_MAPPING.items()
                if value is type(pipeline)), None)
    mapping = {"image-to-image": auto_pipeline.AUTO_IMAGE2IMAGE_PIPELINES_MAPPING,
               "inpaint": auto_pipeline.AUTO_INPAINT_PIPELINES_MAPPING}.get(task, {})
    return mapping.get(key) if key else None


def adapter_for(adapter, task):
    """The same model for another task, which shares every part with it."""
    sibling = sibling_of(adapter.pipeline, task)
    if sibling is None or task == "text-to-image":
        return adapter
    # Without its type the parts that both share would be widened to float32.
    return Adapter(sibling.from_pipe(adapter.pipeline, dtype=adapter.pipeline.dtype), adapter.standards)
