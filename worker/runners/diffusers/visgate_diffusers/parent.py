# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports what every model needs, once, and has each load done by a copy of itself. When a copy dies, the next one has a
model again in a fraction of the time that a fresh process would take. CUDA is left alone here: it does not survive a
fork."""
import contextlib
import ctypes
import importlib
import mmap
import os
import select
import signal
import struct

from visgate_diffusers import NAME, VERSION
from visgate_diffusers.channel import Channel, Gone

PROTOCOL = 1
MOST_THREADS = 8
PR_SET_PDEATHSIG = 1
ENDED_BY_SIGNAL = 128


class Question:
    """The number of the question in hand, seen by both processes."""

    def __init__(self):
        self._memory = mmap.mmap(-1, 8)

    def set(self, number):
        self._memory[:] = struct.pack(">q", number)

    def get(self):
        return struct.unpack(">q", self._memory[:])[0]


class Parent:
    def __init__(self, channel):
        self.channel = channel
        self.question = Question()
        self.copy = 0

    def on_end_request(self, number, frame):
        """The worker wants back what hangs: the copy goes, and this process is ready for the next one."""
        if not self.copy:
            os._exit(ENDED_BY_SIGNAL + number)
        os.kill(self.copy, signal.SIGKILL)

    def run(self):
        """Only waits: questions are read by the copy that answers them."""
        while True:
            readable, _, _ = select.select([self.channel], [], [])
            if readable:
                status = self.run_copy()
                if status is None:
                    return 0
                self.channel.send({"type": "died", "status": status, "question": self.question.get()})

    def run_copy(self):
        """How it ended; None if it was told to."""
        parent = os.getpid()
        reading, writing = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
            os.close(reading)
            end_with(parent)
            answer_and_exit(self.channel, self.question, writing)
        self.copy = pid
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.close(writing)
        with os.fdopen(reading) as names:
            for name in names:  # until the copy is gone
                import_quietly(name.strip())
        _, ended = os.waitpid(pid, 0)
        self.copy = 0
        if os.WIFSIGNALED(ended):
            return ENDED_BY_SIGNAL + os.WTERMSIG(ended)
        return os.WEXITSTATUS(ended) or None


def import_quietly(name):
    """What the model needed, so that the next copy has it from the start."""
    with contextlib.suppress(Exception):
        importlib.import_module(name)


def end_with(parent):
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def answer_and_exit(channel, question, names):
    from visgate_diffusers.answers import Answers

    status = 1
    try:
        status = Answers(channel, question, names).run()
    except Gone:
        status = 0  # with the worker everything ends
    finally:
        os._exit(status)


def main():
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the worker has fetched what is to be used
    os.environ["PYTORCH_NVML_BASED_CUDA_CHECK"] = "1"  # asking whether there is a GPU is not to touch CUDA
    for name in ("TQDM_DISABLE", "HF_HUB_DISABLE_PROGRESS_BARS"):  # the worker's log is no terminal
        os.environ[name] = "1"
    for name in ("DIFFUSERS_VERBOSITY", "TRANSFORMERS_VERBOSITY"):
        os.environ.setdefault(name, "error")
    os.environ.setdefault("OMP_NUM_THREADS", str(min(MOST_THREADS, os.cpu_count() or 1)))
    channel = Channel.from_standard_input()
    try:
        channel.send({"type": "hello", "protocol": PROTOCOL, "runner": NAME, "demo": False, "version": VERSION})
        parent = Parent(channel)
        signal.signal(signal.SIGTERM, parent.on_end_request)
        from visgate_diffusers import imports

        imports.everything()
        return parent.run()
    except Gone:
        return 1
