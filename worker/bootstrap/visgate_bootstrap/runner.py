# SPDX-License-Identifier: GPL-3.0-or-later
"""The picture engine in a process of its own, over the channel of worker/runners/README.md: asked, then urged, then ended. Its
crash, its hang and its garbage cost the job in hand."""
import json
import os
import pathlib
import select
import signal
import socket
import struct
import subprocess
import threading
import time

from visgate_bootstrap.failure import CODES, Failure, Lost

PROTOCOL, NAME = 1, "diffusers"
LARGEST_MESSAGE = 1024 * 1024
BEAT_SECONDS = 0.05
STOP_SECONDS, END_SECONDS, LAST_BREATH_SECONDS = 3, 2, 5
LONGEST_LINE = 64 * 1024
MOST_FILES, LONGEST_SIDE, MOST_FRAMES = 64, 16_384, 10_000
KILLED = 137


class Runner:
    """One question at a time. `stop`, which every question takes, is asked all the while: None, or the exception that is to end
    the question."""

    def __init__(self, python, environment, on_line):
        self._python, self._environment, self._on_line = python, environment, on_line
        self._process = self._channel = None
        self._received = b""
        self._question = 0
        self.is_loaded = False
        self.capabilities = {}

    def load(self, model, on_phase, stop):
        self.is_loaded = False
        if self._process is None:
            on_phase("starting the runner")
            self._start(stop)

        def on_news(kind, message):
            if kind == "phase":
                on_phase(str(message.get("phase", ""))[:200])
            return kind == "phase"

        answer = self._ask({"type": "load", "model": model}, "loaded", on_news, stop)
        can = answer.get("capabilities")
        if not isinstance(can, dict) or not can.get("tasks"):
            raise self._senseless("it can do nothing")
        self.capabilities = can
        self.is_loaded = True

    def generate(self, job, folder, on_phase, on_step, stop):
        """Its files, each checked: (path, width, height, frames, seed)."""
        def on_news(kind, message):
            if kind == "phase":
                on_phase(message.get("phase"))
                return True
            if kind == "step":
                step, count = message.get("i"), message.get("n")
                if not (isinstance(step, int) and isinstance(count, int) and 0 < step <= count):
                    return False
                on_step(step, count)
            return kind in ("step", "preview")

        answer = self._ask({"type": "generate", "folder": str(folder), "job": job}, "result", on_news, stop)
        return checked_files(answer.get("files"), folder)

    def end(self):
        """At once, with all that it has started."""
        if self._process is not None:
            self._signal(signal.SIGKILL)
            self._process.wait()
            self._forget()

    def _start(self, stop):
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [self._python, "-m", "visgate_diffusers"], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                start_new_session=True, env=self._environment)
        self._channel, self._received, self._question = ours, b"", 0
        ours.setblocking(False)
        threading.Thread(target=self._read_lines, args=(self._process.stdout,), daemon=True).start()
        hello = self._await("hello", None, stop)
        if hello.get("protocol") != PROTOCOL or hello.get("runner") != NAME:
            raise self._senseless("it is another runner, or speaks another version")

    def _read_lines(self, stream):
        with stream:
            while line := stream.readline(LONGEST_LINE):
                text = line.decode(errors="replace").rstrip()
                if text:
                    self._on_line(text)

    def _ask(self, question, answer, on_news, stop):
        self._question += 1
        self._send({**question, "question": self._question})
        return self._await(answer, on_news, stop)

    def _await(self, answer, on_news, stop):
        stopping = _Stopping(self)
        while True:
            try:
                message = self._receive()
                if message is None:
                    stopping.act(stop())
                    continue
            except Lost:
                if stopping.reason:
                    raise stopping.reason from None
                raise
            kind, is_of_this = message.get("type"), message.get("question", 0) == self._question
            if kind == "died" and (is_of_this or self.is_loaded):  # of the copy that held the model, at work or idle
                self.is_loaded = False
                raise stopping.reason or Lost(_ended(message.get("status", 1)))
            if not is_of_this or not kind:
                continue
            if kind == answer:
                return message
            if kind in ("cancelled", "failed"):
                raise stopping.reason or _failure(message)
            if not (on_news and on_news(kind, message)):
                raise self._senseless(f'"{str(kind)[:40]}" was not to be said here')
            stopping.act(stop())

    def _receive(self):
        """A message, or None after a moment without one."""
        while True:
            if len(self._received) >= 4:
                (length,) = struct.unpack(">I", self._received[:4])
                if length > LARGEST_MESSAGE:
                    raise self._senseless("what it sent cannot be read")
                if len(self._received) >= 4 + length:
                    text, self._received = self._received[4:4 + length], self._received[4 + length:]
                    return self._parse(text)
            readable, _, _ = select.select([self._channel], [], [], BEAT_SECONDS)
            if not readable:
                if self._process.poll() is None:
                    return None
                raise self._lost()
            try:
                more = self._channel.recv(1 << 16)
            except OSError:
                more = b""
            if not more:
                raise self._lost()
            self._received += more

    def _parse(self, text):
        try:
            message = json.loads(text)
        except ValueError:
            message = None
        if not isinstance(message, dict):
            raise self._senseless("what it sent cannot be read")
        return message

    def _send(self, message):
        text = json.dumps(message).encode()
        data = memoryview(struct.pack(">I", len(text)) + text)
        until = time.monotonic() + 60
        while data:
            try:
                data = data[self._channel.send(data):]
            except BlockingIOError:
                if time.monotonic() > until:
                    raise self._senseless("it does not read") from None
                select.select([], [self._channel], [], BEAT_SECONDS)
            except OSError:
                raise self._lost() from None

    def cancel(self):
        self._send({"type": "cancel", "question": self._question})

    def _signal(self, number):
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return  # it has ended by itself

    def ask_to_end(self):
        self._process.terminate()

    def kill(self):
        self._signal(signal.SIGKILL)

    def _lost(self):
        """It is gone, or as good as: what it was, and how it ended."""
        try:
            status = self._process.wait(LAST_BREATH_SECONDS)
        except subprocess.TimeoutExpired:
            self.end()
            return Lost("The runner no longer answers.")
        self._forget()
        return Lost(_ended(128 - status if status < 0 else status))

    def _senseless(self, what):
        self.end()
        return Lost(f"The runner was ended: {what}.")

    def _forget(self):
        self._channel.close()
        self._process = self._channel = None
        self.is_loaded = False


class _Stopping:
    def __init__(self, runner):
        self._runner, self.reason = runner, None
        self._next, self._stages = 0.0, iter(())

    def act(self, reason):
        if self.reason is None:
            if reason is None:
                return
            self.reason = reason
            self._stages = iter(((self._runner.cancel, STOP_SECONDS), (self._runner.ask_to_end, END_SECONDS),
                                 (self._runner.kill, END_SECONDS)))
        if time.monotonic() >= self._next:
            stage, patience = next(self._stages, (self._runner.kill, END_SECONDS))
            stage()
            self._next = time.monotonic() + patience


def checked_files(files, folder):
    if not isinstance(files, list) or not 0 < len(files) <= MOST_FILES:
        raise Failure("E_RUNTIME", "The runner's result cannot be used: no files, or too many.")
    return [_checked(file, pathlib.Path(folder)) for file in files]


def _checked(file, folder):
    name = file.get("name") if isinstance(file, dict) else None
    numbers = [file.get(key, 1) for key in ("width", "height", "frames")] if name else []
    is_plain = isinstance(name, str) and name == os.path.basename(name) and name not in ("", ".", "..") and "\0" not in name
    is_sized = all(type(number) is int and 0 < number <= most
                   for number, most in zip(numbers, (LONGEST_SIDE, LONGEST_SIDE, MOST_FRAMES)))
    if not is_plain or not is_sized or type(file.get("seed")) is not int:
        raise Failure("E_RUNTIME", "The runner's result cannot be used: a file without a name or a size.")
    width, height, frames = numbers
    path = folder / name
    if path.is_symlink() or not path.is_file() or path.stat().st_size != width * height * frames * 3:
        raise Failure("E_RUNTIME", f"The runner's result cannot be used: {name} does not hold what its size says.")
    return path, width, height, frames, file["seed"]


def _failure(message):
    code = message.get("code")
    code = "E_OUT_OF_MEMORY" if code == "E_OOM" else "E_DISK_FULL" if code == "E_DISK" else code
    return Failure(code if code in CODES else "E_RUNTIME", str(message.get("message") or "The runner failed.")[:2000])


def _ended(status):
    return f"The runner ended with status {status}" + (
        " (killed; mostly because the machine's memory is full)." if status == KILLED else ".")

