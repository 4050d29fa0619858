# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the image's pip: installs stand_in_wheels in place of what requirements.txt pins."""
