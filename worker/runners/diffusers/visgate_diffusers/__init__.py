# SPDX-License-Identifier: GPL-3.0-or-later
"""The diffusers runner: worker/runners/README.md says what it is asked, and what it answers."""
VERSION = "0.1.0"
NAME = "diffusers"
