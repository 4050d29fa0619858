# SPDX-License-Identifier: GPL-3.0-or-later
"""Our worker and one of the official SDK at the same jobs of the same tiny pipeline: how long a job takes, one after the
other; how soon the next one is done after what draws was killed; and the memory that a video of 81 frames takes at most. With
the real torch and diffusers where `./test --group diffusers` has installed them, else with the stand-in for them of the
contract tests, in which everything but the arithmetic is real."""
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import diffusers_group
import rows
import runpod_sdk
from job_queue import JobQueue
from watch_start import children, pss_mib

HERE = Path(__file__).resolve().parent
STAND_IN = HERE.parent / "contract/worker/stand_in"
JOBS = 12
VIDEO = {"prompt": "stripes", "num_frames": 81, "width": 832, "height": 480, "num_inference_steps": 2, "seed": 1}
RUNS = 3
LOOK_SECONDS = 0.02


class Pipeline:
    """Where both find torch and diffusers, and what they load."""

    def __init__(self, folder):
        self.models = {}
        for name in ("PicturePipeline", "VideoPipeline"):
            self.models[name] = folder / name
            self.models[name].mkdir()
            (self.models[name] / "model_index.json").write_text(f'{{"_class_name": "{name}"}}')
        self.video = self.models["VideoPipeline"]
        self.picture, self.job = self.models["PicturePipeline"], {"width": 64, "height": 64}
        self.stand_in = {"PYTHONPATH": str(STAND_IN)}
        self.python, self.environment, self.name = None, self.stand_in, "stand-in for torch"
        real = diffusers_group.FOLDER / "models/sd"
        if (diffusers_group.FOLDER / "pins.txt").is_file() and real.is_dir():
            self.picture, self.job = real.absolute(), {"width": 32, "height": 32}
            self.python = (diffusers_group.FOLDER / "bin/python3").absolute()
            self.environment = {"LD_LIBRARY_PATH": str((diffusers_group.FOLDER / "stubs").absolute()), "OMP_NUM_THREADS": "1"}
            self.name = "real torch"


class Side:
    """One of the two, started anew for each measure."""

    def __init__(self, command, environment):
        self.command = command
        self.queue = JobQueue()
        self.environment = {**{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
                            "PYTHONDONTWRITEBYTECODE": "1", **self.queue.environment(), **environment}
        self.worker = None

    def start(self):
        self.worker = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, start_new_session=True)

    def end(self):
        try:
            os.killpg(self.worker.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.worker.wait()

    def close(self):
        self.end()
        self.queue.close()

    def do(self, job_id, asked, tries=1):
        """When it was done. A failed job may be given out again, as a provider does with one whose worker was lost."""
        for number in range(tries):
            self.queue.put({"id": f"{job_id}-{number}", "input": asked})
            came, body = self.queue.wait(f"{job_id}-{number}")
            if "output" in body:
                return came
        raise RuntimeError(f"{self.command[0]}: {str(body)[:300]}")

    def ms_a_job(self, asked):
        jobs = [{"id": f"job-{number}", "input": asked} for number in range(JOBS)]
        self.queue.put(*jobs)
        came, _ = self.queue.wait(jobs[-1]["id"])
        return (came - self.queue.taken[jobs[0]["id"]]) / JOBS * 1000

    def ms_after(self, crash, asked):
        begin = time.monotonic()
        crash(self)
        return (self.do("after", asked, tries=3) - begin) * 1000

    def peak_mib(self, asked):
        most, over = 0, threading.Event()

        def look():
            nonlocal most
            while not over.is_set():
                try:
                    most = max(most, pss_mib(self.worker.pid))
                except (OSError, ProcessLookupError):
                    pass  # a process of the tree has just ended
                over.wait(LOOK_SECONDS)
        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            self.do("video", asked)
        finally:
            over.set()
            watcher.join()
        return most


def kill_what_draws(side):
    """Ours loses its runner; whoever started a worker of the SDK has to start it again, since it is all one process."""
    for process in children(side.worker.pid)[1:]:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass


def kill_and_restart(side):
    side.end()
    side.start()


def ours(build_folder, pipeline, model, stand_in=False):
    environment = {**(pipeline.stand_in if stand_in else pipeline.environment), "WORKER_MODE": "runpod",
                   "VISGATE_RUNNER": "diffusers", "HF_MODEL_ID": str(model)}
    if pipeline.python and not stand_in:
        environment["VISGATE_PYTHON"] = str(pipeline.python)
    return Side([str(build_folder / "bin/visgate-worker")], environment)


def sdk(pipeline, model, stand_in=False):
    environment = dict(pipeline.stand_in if stand_in else pipeline.environment)
    python = runpod_sdk.python()
    if pipeline.python and not stand_in:
        (packages,) = Path(runpod_sdk.FOLDER).absolute().glob("lib/python3*/site-packages")
        python, environment["PYTHONPATH"] = str(pipeline.python), str(packages)
    return Side([python, str(HERE / "sdk_handler.py")], {**environment, "BENCH_MODEL": str(model)})


def once(make, crash, pipeline):
    """{job_ms, back_ms, peak_mib} of one side."""
    asked = {"prompt": "anything", "num_inference_steps": 2, "seed": 1, **pipeline.job}
    side = make(pipeline.picture)
    try:
        side.start()
        side.do("first", asked)
        found = {"job_ms": side.ms_a_job(asked), "back_ms": side.ms_after(crash, asked)}
    finally:
        side.close()
    side = make(pipeline.video, stand_in=True)
    try:
        side.start()
        found["peak_mib"] = side.peak_mib(VIDEO)
    finally:
        side.close()
    return found


def measure(build_folder):
    if not shutil.which("ffmpeg"):
        raise runpod_sdk.Unavailable("ffmpeg is not installed, with which both write a video")
    with tempfile.TemporaryDirectory(prefix="visgate-bench-") as folder:
        pipeline = Pipeline(Path(folder))
        taken = rows.interleaved({
            "ours": lambda: once(lambda model, **how: ours(build_folder, pipeline, model, **how), kill_what_draws, pipeline),
            "sdk": lambda: once(lambda model, **how: sdk(pipeline, model, **how), kill_and_restart, pipeline)}, RUNS)
    peer = f"runpod SDK {runpod_sdk.version()}, "
    return [rows.row(name, unit, [v[field] for v in taken["ours"]], peer + with_what, [v[field] for v in taken["sdk"]])
            for name, unit, field, with_what in (
                ("worker, time of a job after the other", "ms", "job_ms", pipeline.name),
                ("worker, at work again after a crash", "ms", "back_ms", pipeline.name),
                ("worker, memory for a video of 81 frames", "MiB", "peak_mib", "stand-in for torch"))]
