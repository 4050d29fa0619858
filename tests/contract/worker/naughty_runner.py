# SPDX-License-Identifier: GPL-3.0-or-later
"""A runner that does what the prompt says, in a process of its own: the words are in `ACTS`. It shares nothing with the
worker but the protocol (worker/runners/README.md). VISGATE_TEST_LOAD names what it does when it is to load."""
import json
import os
import signal
import socket
import struct
import sys
import threading
import time

CHANNEL = socket.socket(fileno=os.dup(0))
STOP = threading.Event()
HANGS = threading.Event()
CAPABILITIES = {
    "tasks": ["text-to-image"], "width": {"least": 1, "most": 1, "standard": 1},
    "height": {"least": 1, "most": 1, "standard": 1}, "steps": {"least": 1, "most": 9, "standard": 2},
    "guidance": {"least": 0, "most": 9, "standard": 1}, "pictures": 1}


def send(message):
    text = json.dumps(message).encode()
    CHANNEL.sendall(struct.pack(">I", len(text)) + text)


def read_exactly(count):
    data = b""
    while len(data) < count:
        more = CHANNEL.recv(count - len(data))
        if not more:
            os._exit(1)
        data += more
    return data


def receive():
    return json.loads(read_exactly(struct.unpack(">I", read_exactly(4))[0]))


def draw(question, name="0.rgb", content=b"abc"):
    with open(os.path.join(question["folder"], name), "wb") as file:
        file.write(content)
    return {"type": "result", "files": [{"name": name, "width": 1, "height": 1, "seed": question["job"]["seed"]}]}


def wait_until_stopped():
    STOP.wait()
    return {"type": "cancelled"}


def on_end_request(number, frame):
    if not HANGS.is_set():
        os._exit(128 + number)


def hang():
    HANGS.set()
    while True:
        time.sleep(1)


def crash(status):
    print("about to end with", status, flush=True)
    if status > 128:
        os.kill(os.getpid(), status - 128)
    os._exit(status)


def garbage(data):
    CHANNEL.sendall(data)
    time.sleep(60)


def leave_a_child():
    if os.fork() == 0:
        os.close(CHANNEL.fileno())
        hang()
    crash(3)


def draw_and(then, question):
    threading.Timer(0.05, then).start()
    return draw(question)


ACTS = {
    "draw": draw,
    "draw and die": lambda question: draw_and(lambda: os._exit(5), question),
    "draw and lose the model": lambda question: draw_and(
        lambda: send({"type": "died", "status": 139, "question": question["question"]}), question),
    "wait": lambda question: wait_until_stopped(),
    "hang": lambda question: hang(),
    "crash": lambda question: crash(3),
    "killed": lambda question: crash(137),
    "orphan": lambda question: leave_a_child(),
    "fail": lambda question: {"type": "failed", "code": "E_OUT_OF_MEMORY", "message": "CUDA out of memory"},
    "died": lambda question: {"type": "died", "status": 139},
    "noise": lambda question: garbage(b"\xff" * 64),
    "no json": lambda question: garbage(struct.pack(">I", 5) + b"{nope"),
    "no type": lambda question: garbage(struct.pack(">I", 2) + b"{}"),
    "half": lambda question: (CHANNEL.sendall(struct.pack(">I", 100) + b"{"), crash(4)),
    "elsewhere": lambda question: {"type": "result", "files": [
        {"name": "../../etc/passwd", "width": 1, "height": 1, "seed": 1}]},
    "wrong size": lambda question: draw(question, content=b"abcd"),
    "nothing": lambda question: {"type": "result", "files": []},
    "steps backwards": lambda question: {"type": "step", "i": 3, "n": 2},
}


def answer(question):
    kind = question["type"]
    if kind == "load":
        said = os.environ.get("VISGATE_TEST_LOAD", "")
        if said:
            send({"type": "phase", "phase": "reading weights", "question": question["question"]})
        result = ACTS[said](question) if said else {"type": "loaded", "capabilities": CAPABILITIES}
    else:
        send({"type": "phase", "phase": "encode_text", "question": question["question"]})
        send({"type": "step", "i": 1, "n": 2, "question": question["question"]})
        result = ACTS[question["job"]["prompt"]](question)
    send({**result, "question": question["question"]})


def main():
    signal.signal(signal.SIGTERM, on_end_request)
    print("a line of a library", flush=True)
    send({"type": "hello", "protocol": 1, "runner": sys.argv[1], "demo": False})
    while True:
        question = receive()
        if question["type"] == "cancel":
            STOP.set()
        else:
            STOP.clear()
            threading.Thread(target=answer, args=(question,), daemon=True).start()


main()
