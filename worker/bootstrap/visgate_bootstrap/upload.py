# SPDX-License-Identifier: GPL-3.0-or-later
"""Files put to addresses that the job brought, which the panel has signed."""
import time

from visgate_bootstrap import addresses

PATIENCE_SECONDS = 120
TOTAL_SECONDS = 600
ATTEMPTS = 3
BLOCK = 1 << 20


def put_all(files, targets, stop):
    """The n-th file to the n-th address, which it keeps (without its signature) in place of its bytes. What went wrong, if
    anything: such a file stays as it is."""
    until = time.monotonic() + TOTAL_SECONDS
    error = ""
    for file, target in zip(files, targets):
        error = _put(file, target, stop, until) or error
    return error


def _put(file, target, stop, until):
    def blocks():
        for at in range(0, len(file.data), BLOCK):
            if reason := stop():
                raise reason
            yield file.data[at:at + BLOCK]

    headers = {"Content-Type": file.content_type, "Content-Length": str(len(file.data))}
    why = "there was no time left"
    for _ in range(ATTEMPTS):
        if time.monotonic() > until:
            return why
        try:
            status = addresses.send("PUT", target, blocks(), headers, PATIENCE_SECONDS)
        except OSError as error:
            why = f"{type(error).__name__}: {error}"[:200]
            continue
        if 200 <= status < 300:
            file.data, file.url = b"", target.partition("?")[0]
            return ""
        why = f"status {status}"
        if status < 500:
            return why  # refused, or sent elsewhere; asking again changes nothing
    return why
