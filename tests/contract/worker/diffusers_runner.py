# SPDX-License-Identifier: GPL-3.0-or-later
"""The diffusers runner as the worker has it: a process at the other end of a socket pair."""
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = HERE.parents[2] / "worker/runners/diffusers"
STAND_IN = HERE / "stand_in"
PATIENCE = 120


class Runner:
    def __init__(self, python=sys.executable, modules=(STAND_IN,), **environment):
        ours, theirs = socket.socketpair()
        paths = os.pathsep.join(str(path) for path in (PROGRAM, *modules))
        self.process = subprocess.Popen(
            [python, "-m", "visgate_diffusers"], stdin=theirs, start_new_session=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment})
        theirs.close()
        self.channel, self.number = ours, 0
        self.channel.settimeout(PATIENCE)
        self.folder = tempfile.TemporaryDirectory()
        self.hello = self.receive()

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.channel.close()
        self.folder.cleanup()

    def receive(self):
        (length,) = struct.unpack(">I", self._exactly(4))
        return json.loads(self._exactly(length))

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.channel.recv(count - len(data))
            if not more:
                raise EOFError("the runner is gone")
            data += more
        return data

    def send(self, message):
        text = json.dumps(message).encode()
        self.channel.sendall(struct.pack(">I", len(text)) + text)

    def ask(self, question):
        self.number += 1
        self.send({**question, "question": self.number})

    def cancel(self):
        self.send({"type": "cancel", "question": self.number})

    def answer(self, on_news=lambda message: None):
        """The last word on the question, and what came before it."""
        news = []
        while True:
            message = self.receive()
            if message["question"] < self.number:
                continue  # of a question that is over
            if message["type"] not in ("phase", "step", "preview"):
                return message, news
            news.append(message)
            on_news(message)

    def load(self, folder, **options):
        self.ask({"type": "load", "model": {"folder": str(folder), **options}})
        return self.answer()[0]

    def job(self, **changes):
        return {"task": "text-to-image", "prompt": "a red circle", "negative_prompt": "", "image": "", "mask": "",
                "width": 32, "height": 32, "steps": 3, "guidance": 1.0, "strength": 0.0, "seed": 7, "count": 1, "frames": 1,
                "fps": 0, **changes}

    def start(self, **changes):
        self.ask({"type": "generate", "folder": self.folder.name, "job": self.job(**changes)})

    def draw(self, **changes):
        self.start(**changes)
        return self.answer()

    def pixels(self, answer):
        found = []
        for file in answer["files"]:
            data = pathlib.Path(self.folder.name, file["name"]).read_bytes()
            assert len(data) == file["width"] * file["height"] * file["frames"] * 3, file
            found.append(data)
        return found

    def copies(self):
        """The processes that hold the model."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text().split()]


def seconds(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began
