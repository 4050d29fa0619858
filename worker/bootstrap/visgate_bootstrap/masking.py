# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret value leaves through the log: not as it is, nor in the spellings of addresses, JSON and base64; nor what only has
a token's shape."""
import base64
import json
import re
import threading
import urllib.parse

MASK = "***"
LEAST_LETTERS = 6
SHAPES = re.compile(
    r"(?P<keep>(?i:bearer|basic)\s+|://(?=[^\s/@\"']+@)|X-Amz-(?:Signature|Security-Token|Credential)=|"
    r"(?i:api[_-]?key|password|passwd|secret|token|authorization)[\"']?\s*[=:]\s*[\"']?(?=[^\s\"']*[0-9]))"
    r"(?P<mask>[^\s\"'&@,;\\]{6,})"
    r"|\b(?:hf_|rpa_|rps_|sk-|ghp_|github_pat_|r8_|AKIA|ASIA|AIza)[A-Za-z0-9_-]{16,}")


class Redactor:
    def __init__(self, secrets=()):
        self._lock = threading.Lock()
        self._forms = set()
        self._pattern = None
        for secret in secrets:
            self.add(secret)

    def add(self, secret):
        if len(secret) < LEAST_LETTERS:
            return
        with self._lock:
            self._forms |= _spellings(secret)
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(re.escape(form) for form in longest_first))

    def redact(self, text):
        pattern = self._pattern
        if pattern:
            text = pattern.sub(MASK, text)
        return SHAPES.sub(lambda found: (found["keep"] or "") + MASK, text)


def _spellings(secret):
    data = secret.encode("utf-8", "surrogateescape")
    forms = {secret, urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret), json.dumps(secret)[1:-1],
             json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}
    # What of any text's base64 depends on the secret alone, for each way in which it can lie on the groups of three.
    for offset in range(3):
        padded = bytes(offset) + data
        first, end = (offset * 8 + 5) // 6, len(padded) * 8 // 6
        forms |= {encode(padded).decode()[first:end] for encode in (base64.b64encode, base64.urlsafe_b64encode)}
    return {form for form in forms if len(form) >= LEAST_LETTERS}


class MaskedStream:
    """In place of standard output or error: whole lines, masked, each in one piece and at once."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, stream, redactor):
        self._stream, self._redactor = stream, redactor
        self._lock = threading.RLock()
        self._begun = ""

    def write(self, text):
        with self._lock:
            *lines, self._begun = (self._begun + text).split("\n")
            for line in lines:
                self._stream.write(self._redactor.redact(line) + "\n")
            if lines:
                self._stream.flush()
        return len(text)

    def flush(self):
        """A line that has only begun waits for its end, so that no secret is cut in two."""

    def finish(self):
        if self._begun:
            self.write("\n")

    def fileno(self):
        return self._stream.fileno()

    def isatty(self):
        return False

    def writable(self):
        return True
