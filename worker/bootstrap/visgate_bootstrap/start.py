# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker's start, step by step; each step tells what it does, and ends the worker with a reason if it cannot be done."""
import contextlib
import os
import pathlib
import signal
import sys
import traceback
import urllib.parse
import urllib.request

from visgate_bootstrap import cache, fetching, machine, settings, wheels
from visgate_bootstrap.artifacts import Identity
from visgate_bootstrap.callback import callback_of
from visgate_bootstrap.ending import end
from visgate_bootstrap.events import Events
from visgate_bootstrap.failure import AskedToLeave, Failure
from visgate_bootstrap.jobs import Jobs
from visgate_bootstrap.masking import MaskedStream, Redactor
from visgate_bootstrap.runner import Runner
from visgate_bootstrap.service import Service

PACKAGE = pathlib.Path(__file__).resolve().parent.parent
UNHEALTHY_SECONDS = 2
LONGEST_REASON = 256
EXIT_FAILED = 1


def main():
    """Does not come back: the process ends with 0 when it was asked to or is idle, with 1 when it cannot do its work."""
    environment = dict(os.environ)
    redactor = Redactor(settings.secret_values(environment))
    sys.stdout, sys.stderr = MaskedStream(sys.stdout, redactor), MaskedStream(sys.stderr, redactor)
    events, runner = Events(redactor), None
    signal.signal(signal.SIGTERM, on_end_request)
    try:
        machine.choose_python(environment)
        events.callback = callback_of(environment, events)
        events.emit("provisioning")
        wanted = settings.read(environment)
        identity = look_at_machine(wanted, events)
        modules = wheels.install(PACKAGE / "requirements.txt", wanted, events, environment)
        sys.path.insert(0, str(modules))
        model = {"folder": str(model_folder(wanted, events, environment)), "id": wanted.model_id, "task": wanted.task,
                 "precision": wanted.precision, "offload": wanted.offload, "standards": wanted.standards}
        runner = Runner(sys.executable, runner_environment(environment, modules), lambda line: events.log("INFO", line))
        jobs = Jobs(wanted, identity, runner, model, events, redactor)
        jobs.load()
        make_sdk_quiet()
        Service(jobs, wanted, events).run()
    except AskedToLeave:
        end(events, runner, "asked to", 0)
    except Failure as failure:
        give_up(events, runner, failure, environment, redactor)
    except Exception as error:  # a fault of ours: said as one
        events.log("ERROR", traceback.format_exc())
        give_up(events, runner, Failure("E_RUNTIME", f"{type(error).__name__}: {error}"), environment, redactor)


def on_end_request(number, frame):
    raise AskedToLeave


def look_at_machine(wanted, events):
    if wanted.allows_processor:
        events.log("WARN", "VISGATE_ALLOW_CPU: this worker draws on the processor if there is no GPU.")
        return Identity(wanted.model_id, wanted.revision, wanted.gpu)
    gpu = machine.find_gpu()
    events.emit("gpu", name=gpu.name, vram=gpu.vram, compute=gpu.compute, driver=gpu.driver)
    return Identity(wanted.model_id, wanted.revision, wanted.gpu or gpu.name, gpu.vram)


def model_folder(wanted, events, environment):
    found = cache.find(wanted)
    if found is None:
        return fetching.fetch(wanted, events, environment.get("HF_TOKEN"))
    events.emit("load", phase="volume")
    return found


def runner_environment(environment, modules):
    paths = [str(PACKAGE), str(modules), environment.get("PYTHONPATH", "")]
    return {**settings.without_secrets(environment), "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def make_sdk_quiet():
    """Its own checks come when the model fills the GPU, and what they look at has been looked at; its usual lines hold jobs."""
    os.environ.update(RUNPOD_SKIP_AUTO_SYSTEM_CHECKS="true", RUNPOD_SKIP_GPU_CHECK="true")
    os.environ.setdefault("RUNPOD_LOG_LEVEL", "INFO")


def give_up(events, runner, failure, environment, redactor):
    message = redactor.redact(failure.message)
    events.failed(failure.code, message)
    tell_provider(message, environment)
    end(events, runner, "the model did not load" if runner else message, EXIT_FAILED)


def tell_provider(reason, environment):
    """As the provider's SDK reports a worker that cannot work."""
    address = environment.get("RUNPOD_WEBHOOK_PING", "").replace("$RUNPOD_POD_ID", environment.get("RUNPOD_POD_ID", ""))
    key = environment.get("RUNPOD_AI_API_KEY")
    if not address.startswith(("http://", "https://")) or not key:
        return
    query = urllib.parse.urlencode({"status": "unhealthy", "check": "model_load", "reason": reason[:LONGEST_REASON]})
    request = urllib.request.Request(f"{address}{'&' if '?' in address else '?'}{query}", headers={"Authorization": key})
    with contextlib.suppress(OSError):  # told or not, this worker leaves
        urllib.request.urlopen(request, timeout=UNHEALTHY_SECONDS).close()
