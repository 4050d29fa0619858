# SPDX-License-Identifier: GPL-3.0-or-later
"""The copy that has the model: reads on a thread of its own, so that a cancel is heard while it computes."""
import os
import queue
import sys
import threading
import traceback

from visgate_diffusers.channel import Gone
from visgate_diffusers.drawing import Broken, Cancelled, draw
from visgate_diffusers.loading import Refused, load


SHARED = ("diffusers", "transformers", "accelerate", "safetensors", "tokenizers")


class Answers:
    def __init__(self, channel, question, names):
        self.names = names
        self.known = set(sys.modules)
        self.channel = channel
        self.question = question
        self.cancelled = -1
        self.waiting = queue.Queue()
        self.model = None

    def run(self):
        """0: the worker has no more questions."""
        threading.Thread(target=self.read, daemon=True).start()
        while True:
            asked = self.waiting.get()
            if asked["type"] == "unload":
                return 0
            number = asked.get("question", 0)
            self.question.set(number)
            self.say(number, self.answer(asked, number))

    def read(self):
        try:
            while True:
                message = self.channel.receive()
                if message.get("type") == "cancel":
                    self.cancelled = message.get("question", -1)
                else:
                    self.waiting.put(message)
        except (Gone, ValueError):
            os._exit(0)  # nobody waits for what is being computed

    def say(self, number, message):
        self.channel.send({**message, "question": number})

    def tell_imports(self):
        """To the process that this one is a copy of."""
        new = [name for name in sorted(set(sys.modules) - self.known) if name.partition(".")[0] in SHARED]
        self.known.update(new)
        os.write(self.names, "".join(f"{name}\n" for name in new).encode())

    def answer(self, asked, number):
        def check():
            if self.cancelled == number:
                raise Cancelled

        def report(message):
            check()
            self.say(number, message)

        try:
            check()
            if asked["type"] == "load":
                self.model = load(asked.get("model", {}), report)
                self.tell_imports()
                check()
                return {"type": "loaded", "capabilities": self.model.capabilities()}
            if asked["type"] == "generate":
                return {"type": "result", **draw(self.model, asked["job"], asked["folder"], report, check)}
            if asked["type"] == "health":
                return {"type": "health", "loaded": self.model is not None}
            return {"type": "failed", "code": "E_RUNTIME", "message": f"not a question: {asked['type']}"}
        except Cancelled:
            return {"type": "cancelled"}
        except Refused as error:
            return {"type": "failed", "code": error.code, "message": str(error)}
        except Broken as error:
            return {"type": "failed", "code": "E_RUNTIME", "message": str(error)}
        except Exception as error:  # whatever a pipeline throws is its failure, not the runner's
            traceback.print_exc()
            name = type(error).__name__
            code = "E_OUT_OF_MEMORY" if "OutOfMemory" in name else "E_RUNTIME"
            return {"type": "failed", "code": code, "message": f"{name}: {error}"[:1000]}
