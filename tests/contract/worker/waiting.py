# SPDX-License-Identifier: GPL-3.0-or-later
"""How scripts wait for what a worker does: for the thing itself, with a watchdog for a computer that may be busy."""
import time

PATIENCE = 600


def until(condition, what="it never came to pass", patience=PATIENCE):
    """What the condition returns, once that is something."""
    end = time.monotonic() + patience
    while not (value := condition()):
        assert time.monotonic() < end, what
        time.sleep(0.02)
    return value
