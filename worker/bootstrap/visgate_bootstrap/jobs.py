# SPDX-License-Identifier: GPL-3.0-or-later
"""The model loaded, and one job after the other from its input to its end: worker/supervisor/supervisor.cpp. All on one thread;
what comes out is what the provider's SDK posts."""
import errno
import json
import pathlib
import secrets
import tempfile
import time
import traceback

from visgate_bootstrap import artifacts, job_input, upload
from visgate_bootstrap.failure import Failure, Lost, Unwanted
from visgate_bootstrap.limits import Deadlines, Failures

MOST_RESULT_BYTES = 7 * 1024 * 1024
ON_PROCESSOR = "placing on cpu"


class Jobs:
    """`progress(document, body)` tells how far a job is; it must not block."""

    def __init__(self, settings, identity, runner, model, events, redactor, most_bytes=MOST_RESULT_BYTES):
        self.settings, self.identity, self.runner, self.model = settings, identity, runner, model
        self.events, self.redactor, self.most_bytes = events, redactor, most_bytes
        self.progress = lambda document, body: None
        self._failures, self._steps = Failures(settings.failure_threshold), []
        self.load_seconds = 0.0
        self.leaving = None  # (reason, exit code) once this worker is to take no more jobs

    def load(self):
        began = time.monotonic()

        def stop():
            late = time.monotonic() - began > self.settings.load_seconds
            return Failure("E_LOAD_TIMEOUT", "The model did not load in time.") if late else None

        try:
            self.runner.load(self.model, self._on_load_phase, stop)
        except Failure as failure:
            raise Failure("E_LOAD" if failure.code == "E_RUNTIME" else failure.code, failure.message) from None
        self.load_seconds = time.monotonic() - began
        self.events.emit("ready", load_s=self.load_seconds, runner="diffusers", gpu=self.identity.gpu, vram=self.identity.vram)

    def load_again(self):
        """After a job has cost the runner. The Failure for which this worker leaves; None if the model is there."""
        if self.runner.is_loaded:
            return None
        if self.leaving:
            return Failure("E_LOAD", "This worker has no model any more.")
        try:
            self.load()
        except Failure as failure:
            self.events.failed(failure.code, failure.message)
            self.leaving = ("the model did not load", 1)
            return failure
        return None

    def _on_load_phase(self, phase):
        if phase == ON_PROCESSOR and not self.settings.allows_processor:
            raise Failure("E_NO_RUNTIME", "torch cannot use this machine's GPU, most likely because its driver is older than "
                                          "torch wants; nothing is drawn on the processor instead.")
        self.events.emit("load", phase=phase)

    def do(self, document, stop):
        """What is to be posted; Unwanted if nothing is, because the job was cancelled."""
        job_id = document["id"]
        for secret in job_input.secrets_in(document):
            self.redactor.add(secret)
        if failure := self.load_again():
            return _fault(failure.code, self.redactor.redact(failure.message), True)
        asked = job_input.read(document, self.runner.capabilities, lambda: secrets.randbits(53))
        if asked.is_debug:
            return {**artifacts.describe(self.identity, self.runner.capabilities), "state": "loaded", "loaded": True,
                    "load_s": self.load_seconds}
        if asked.bad:
            error = job_input.error_of(asked.bad)
            self.events.failed(error["code"], error["message"], job_id)
            return {"error": error}
        try:
            return self._draw(document, asked, stop)
        except Unwanted:
            raise
        except Failure as failure:
            return self._fail(job_id, failure)
        except Exception as error:  # a file that cannot be written, a fault of ours: the job's end, and no silence
            self.events.log("ERROR", traceback.format_exc(), job_id)
            is_full = isinstance(error, OSError) and error.errno == errno.ENOSPC
            return self._fail(job_id, Failure("E_DISK_FULL" if is_full else "E_RUNTIME", f"{type(error).__name__}: {error}"))

    def _draw(self, document, asked, stop):
        job_id, job = document["id"], asked.job
        began = time.monotonic()
        first_step = last_step = began
        steps_done = 0
        deadlines = Deadlines(self._steps, asked.deadline)

        def ended():
            if reason := stop():
                return reason
            late = deadlines.complaint()
            return Failure("E_TIMEOUT", late) if late else None

        def on_step(step, count):
            nonlocal first_step, last_step, steps_done
            now = last_step = time.monotonic()
            steps_done = step
            first_step = now if step == 1 else first_step
            deadlines.step_done(step == count)
            left = (now - began) / step * (count - step)
            self.events.emit("step", job=job_id, i=step, n=count, eta_s=left)
            self.progress(document, {"step": step, "steps": count, "eta_s": left, "events": self.events.window()})

        with tempfile.TemporaryDirectory(prefix="visgate-job-") as folder:
            for name, data in asked.pictures.items():
                pathlib.Path(folder, name).write_bytes(data)
            made = self.runner.generate(job, folder, deadlines.enter, on_step, ended)
            generated = time.monotonic()
            files = artifacts.encode(made, self.identity, job)
        encoded = time.monotonic()
        upload_error = upload.put_all(files, asked.uploads, stop) if asked.uploads else ""
        if reason := stop():
            raise reason
        output = artifacts.result(files, self.identity, job)
        output["timings"] = {"queue": 0.0, "load": self.load_seconds, "first_step": first_step - began,
                             "steps": generated - began, "encode": encoded - generated,
                             "upload": time.monotonic() - encoded if asked.uploads and not upload_error else 0.0}
        if steps_done > 0:
            output["timings"]["decode"] = generated - last_step
        if steps_done > 1:
            output["timings"]["step"] = (last_step - first_step) / (steps_done - 1)
        if upload_error:
            output["upload_error"] = upload_error
        if asked.ignored:
            output["ignored_fields"] = asked.ignored
        self._failures.success()
        return self._measured(job_id, output, encoded - began)

    def _measured(self, job_id, output, seconds):
        size = len(json.dumps({"output": output}, ensure_ascii=False).encode("utf-8", "replace"))
        if size > self.most_bytes:
            self.events.failed("E_OUTPUT_TOO_LARGE", "The result is too large to be returned directly.", job_id)
            return _fault("E_OUTPUT_TOO_LARGE", f"The result has {size} bytes; at most {self.most_bytes} can be returned "
                                                "directly.")
        self.events.emit("result", job=job_id, seconds=seconds, artifacts=len(output["artifacts"]))
        return output

    def _fail(self, job_id, failure):
        message = self.redactor.redact(failure.message)
        self.events.failed(failure.code, message, job_id)
        is_last = self._failures.failed(isinstance(failure, Lost) or not self.runner.is_loaded)
        if is_last:
            self.leaving = ("too many failures in a row", 1)
        return _fault(failure.code, message, is_last)


def _fault(code, message, stops_worker=False):
    """`refresh_worker` is the SDK's word for an end that takes the worker with it."""
    return {"error": {"code": code, "message": message}, **({"refresh_worker": True} if stops_worker else {})}
