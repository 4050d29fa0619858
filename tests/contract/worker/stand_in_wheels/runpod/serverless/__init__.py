# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import os

from runpod.serverless.modules import wire
from runpod.serverless.modules.worker_state import JobsProgress


def start(config):
    asyncio.run(_run(config))


async def _run(config):
    tasks = {}
    await asyncio.gather(_take(config, tasks), _stop(tasks))


async def _take(config, tasks):
    while True:
        if config["concurrency_modifier"](1) < 1:
            await asyncio.sleep(0.05)
            continue
        status, job = await asyncio.to_thread(wire.get, "job-take")
        if status != 200:
            await asyncio.sleep(0.05)
            continue
        JobsProgress().add(job["id"])
        tasks[job["id"]] = asyncio.create_task(_do(config, job))
        await asyncio.wait({tasks[job["id"]]})


async def _do(config, job):
    try:
        output = await config["handler"](job)
        print(f"did {job} for {os.environ['RUNPOD_AI_API_KEY']}", flush=True)
        error, refresh = output.pop("error", None), output.pop("refresh_worker", None)
        end = {**({"output": output} if output else {}), **({"error": error} if error else {}),
               **({"stopPod": True} if refresh else {})}
        await asyncio.to_thread(wire.post, job["id"], end)
    finally:
        JobsProgress().discard(job["id"])


async def _stop(tasks):
    while True:
        status, reply = await asyncio.to_thread(wire.get, "job-stop")
        for job in reply["jobsToStop"] if status == 200 else ():
            if job in tasks:
                tasks[job].cancel()
        await asyncio.sleep(0.05)
