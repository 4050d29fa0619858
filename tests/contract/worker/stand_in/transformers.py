# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for transformers, of which the diffusers runner uses nothing itself."""
