# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker on a public image, started as the provider starts it: its arguments split as a shell would, in an empty folder,
with the package in its environment. The image's torch, its pip and what that installs are stand-ins (stand_in, stand_in_image,
stand_in_wheels)."""
import http.server
import importlib.util
import json
import os
import pathlib
import shlex
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading

from waiting import PATIENCE, until

HERE = pathlib.Path(__file__).resolve().parent
BOOTSTRAP = HERE.parents[2] / "worker/bootstrap"
POD, KEY, HUB_TOKEN = "pod-1", "worker-key-0123456789", "hf_" + "Planted" * 4 + "1"


def make_package():
    found = importlib.util.spec_from_file_location("make_package", BOOTSTRAP / "make_package.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


class Provider(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Hands out jobs and takes their ends; and an address to put pictures to."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Desk)
        self.lock = threading.Lock()
        self.jobs, self.stops, self.posts, self.pings, self.puts, self.taken = [], [], [], [], [], []
        self.put_status = 200
        self.secrets = set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """Workers that end leave connections behind."""

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_port}"

    def environment(self):
        return {"RUNPOD_WEBHOOK_GET_JOB": f"{self.base}/v2/e/job-take/$ID?gpu=A", "RUNPOD_POD_ID": POD,
                "RUNPOD_WEBHOOK_POST_OUTPUT": f"{self.base}/v2/e/job-done/$RUNPOD_POD_ID/$ID?gpu=A",
                "RUNPOD_WEBHOOK_PING": f"{self.base}/v2/e/ping/$RUNPOD_POD_ID?gpu=A", "RUNPOD_AI_API_KEY": KEY,
                "RUNPOD_PING_INTERVAL": "1000", "RUNPOD_ENDPOINT_ID": "e"}

    def give(self, job_id, policy=None, **fields):
        given = {"prompt": "a red circle", "width": 32, "height": 32, "num_inference_steps": 3, "seed": 7, **fields}
        with self.lock:
            self.jobs.append({"id": job_id, "input": given, **({"policy": policy} if policy else {})})

    def ends(self, job_id):
        with self.lock:
            return [body for job, body in self.posts if job == job_id and body.get("status") != "IN_PROGRESS"]

    def letters(self, path):
        """What a panel at this address was told."""
        with self.lock:
            return [body for where, body in self.posts if where == path]

    def end(self, job_id):
        return until(lambda: self.ends(job_id), f"no end of {job_id}")[0]

    def news(self, job_id):
        with self.lock:
            return [body["output"] for job, body in self.posts if job == job_id and body.get("status") == "IN_PROGRESS"]


class Desk(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        """Nobody reads it."""

    def answer(self, status, body=None):
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if body is not None:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        server = self.server
        with server.lock:
            if "/ping/" in self.path:
                server.pings.append(self.path)
                return self.answer(200)
            if "/job-stop/" in self.path:
                stops, server.stops[:] = list(server.stops), []
                return self.answer(200, {"jobsToStop": stops}) if stops else self.answer(204)
            job = server.jobs.pop(0) if server.jobs else None
            if job:
                server.taken.append(job["id"])
        self.answer(200, job) if job else self.answer(204)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = self.path.partition("?")[0]
        with self.server.lock:
            if path.startswith("/internal/"):
                self.server.secrets.add(self.headers["X-Visgate-Internal-Secret"])
            self.server.posts.append((path if path.startswith("/internal/") else path.rpartition("/")[2], body))
        self.answer(200)

    def do_PUT(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.puts.append((self.path, self.headers["Content-Type"], data))
            status = self.server.put_status
        self.answer(status)


class Worker:
    def __init__(self, folder, provider=None, package=None, **changes):
        self.folder = pathlib.Path(folder)
        self.hub = self.folder / "hub"
        self.pip_log = self.folder / "pip.log"
        scratch = self.folder / "tmp"
        for needed in (scratch, self.hub, self.folder / "volume"):
            needed.mkdir(exist_ok=True)
        pieces = make_package().pieces(make_package().make()) if package is None else package
        wheels = ["huggingface_hub", "PIL"] + ([] if importlib.util.find_spec("runpod") else ["runpod"])
        environment = {
            "PATH": os.pathsep.join([str(pathlib.Path(sys.executable).parent), "/usr/bin", "/bin"]), "TMPDIR": str(scratch),
            "HOME": str(self.folder),
            "PYTHONPATH": os.pathsep.join([str(HERE / "stand_in"), str(HERE / "stand_in_image")]),
            "PYTHONDONTWRITEBYTECODE": "1", "VISGATE_ALLOW_CPU": "1", "VISGATE_VOLUME": str(self.folder / "volume"),
            "VISGATE_STAND_IN_WHEELS": " ".join(wheels), "VISGATE_STAND_IN_HUB": str(self.hub),
            "VISGATE_STAND_IN_PIP_LOG": str(self.pip_log), "HF_MODEL_ID": "org/model", "HF_TOKEN": HUB_TOKEN,
            **(provider.environment() if provider else {}),
            **{f"VISGATE_PACKAGE_{number}": piece for number, piece in enumerate(pieces)}, **changes}
        arguments = shlex.split(json.loads(json.dumps((BOOTSTRAP / "args.txt").read_text())))
        self.process = subprocess.Popen(arguments, cwd=scratch, env={k: v for k, v in environment.items() if v is not None},
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        start_new_session=True)
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        with self.process.stdout as stream:
            for line in stream:
                self.lines.append(line.decode(errors="replace").rstrip("\n"))

    def events(self, kind=None):
        found = [json.loads(line) for line in list(self.lines) if line.startswith('{"visgate"')]
        return [event for event in found if kind in (None, event["type"])]

    def wait_for(self, kind, count=1):
        def found():
            assert self.process.poll() is None or len(self.events(kind)) >= count, "\n".join(self.lines[-40:])
            return len(self.events(kind)) >= count and self.events(kind)

        return until(found, f"no event {kind}")

    def ended(self):
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def runners(self):
        """The processes of the picture engine: the one that has imported it, and its copy."""
        found = []
        for folder in pathlib.Path("/proc").iterdir():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0") if folder.name.isdigit() else ()
                if b"visgate_diffusers" in words and str(self.folder).encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue  # it has ended
        return found

    def close(self):
        for number in [self.process.pid, *self.runners()]:
            try:
                os.killpg(number, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
        self.ended()


def make_model(hub, model_id="org/model", **index):
    folder = pathlib.Path(hub, model_id)
    (folder / "unet").mkdir(parents=True)
    (folder / "tokenizer").mkdir()
    (folder / "model_index.json").write_text(json.dumps(
        {"_class_name": "PicturePipeline", "unet": ["diffusers", "UNet"], "tokenizer": ["transformers", "Tokenizer"],
         "safety_checker": [None, None], **index}))
    (folder / "unet/config.json").write_text("{}")
    (folder / "unet/diffusion_pytorch_model.safetensors").write_bytes(bytes(1000))
    (folder / "unet/diffusion_pytorch_model.fp16.safetensors").write_bytes(bytes(500))
    (folder / "unet/diffusion_pytorch_model.bin").write_bytes(b"pickle")
    (folder / "tokenizer/vocab.json").write_text("{}")
    (folder / "handler.py").write_text("raise SystemExit('the model own program code ran')")
    return folder


class Place(tempfile.TemporaryDirectory):
    """An empty machine with a hub that has one model."""

    def __init__(self):
        super().__init__(prefix="visgate-bootstrap-")
        self.path = pathlib.Path(self.name)
        self.model = make_model(self.path / "hub")
