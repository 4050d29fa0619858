# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker on a public image with the official SDK in its job loop: what tests/contract/worker tries with a stand-in."""
import importlib.util
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contract/worker"))
from bootstrap_test import Work  # noqa: E402, F401

if __name__ == "__main__":
    assert importlib.util.find_spec("runpod"), "this Python has no Runpod SDK"
    unittest.main(verbosity=2)
