# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the provider's SDK: its job loop, as little of it as the worker can tell from the real one (tests/interop has
that). It logs what a real one may log, so that masking has something to do."""
from runpod import serverless
