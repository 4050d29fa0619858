# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for Pillow: as much of it as the worker's files need. Its PNG is one; its WebP only begins as one."""
