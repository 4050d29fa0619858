# SPDX-License-Identifier: GPL-3.0-or-later
"""Why something cannot be done, in the codes of core/foundation/worker_protocol/worker_code.h."""

CODES = ("E_INPUT", "E_CONFIG", "E_NO_RUNTIME", "E_LOAD", "E_LOAD_TIMEOUT", "E_TIMEOUT", "E_RUNTIME", "E_OUTPUT_TOO_LARGE",
         "E_DELIVERY", "E_OUT_OF_MEMORY", "E_DISK_FULL", "E_GATED", "E_MODEL_NOT_FOUND", "E_TASK")


class Failure(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code if code in CODES else "E_RUNTIME"
        self.message = message


class Lost(Failure):
    """The runner, or the process in it that had the model, is gone."""

    def __init__(self, message):
        super().__init__("E_RUNTIME", message)


class Unwanted(Exception):
    """Whoever asked for the job has cancelled it."""


class AskedToLeave(BaseException):
    """The provider ends this worker. Out of a signal's handler, through whatever is being done."""
