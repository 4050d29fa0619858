# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages over the socket that standard input is: four bytes of length, most significant first, and so much JSON."""
import json
import os
import socket
import struct
import threading

MOST_BYTES = 1024 * 1024


class Gone(Exception):
    """Nobody is at the other end any more."""


class Channel:
    def __init__(self, descriptor):
        self._socket = socket.socket(fileno=descriptor)
        self._sending = threading.Lock()

    @classmethod
    def from_standard_input(cls):
        """Programs that are started from here do not get it: their standard input is empty."""
        kept = os.dup(0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        return cls(kept)

    def fileno(self):
        return self._socket.fileno()

    def send(self, message):
        text = json.dumps(message).encode()
        with self._sending:
            try:
                self._socket.sendall(struct.pack(">I", len(text)) + text)
            except OSError as error:
                raise Gone from error

    def receive(self):
        (length,) = struct.unpack(">I", self._exactly(4))
        if length > MOST_BYTES:
            raise Gone
        return json.loads(self._exactly(length))

    def _exactly(self, count):
        data = bytearray()
        while len(data) < count:
            try:
                more = self._socket.recv(count - len(data))
            except OSError as error:
                raise Gone from error
            if not more:
                raise Gone
            data += more
        return bytes(data)
