# SPDX-License-Identifier: GPL-3.0-or-later
from runpod.serverless.modules import wire


def _thread_target(job, progress):
    wire.post(job["id"], {"status": "IN_PROGRESS", "output": progress})
