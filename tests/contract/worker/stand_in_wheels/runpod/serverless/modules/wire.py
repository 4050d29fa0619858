# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import urllib.error
import urllib.request


def _call(url, data=None):
    request = urllib.request.Request(url, data, {"Authorization": os.environ["RUNPOD_AI_API_KEY"]})
    try:
        with urllib.request.urlopen(request, timeout=100) as reply:
            text = reply.read()
            return reply.status, json.loads(text) if text else None
    except (urllib.error.URLError, OSError):
        return 0, None


def get(what):
    url = os.environ["RUNPOD_WEBHOOK_GET_JOB"].replace("$ID", os.environ["RUNPOD_POD_ID"])
    return _call(url.replace("/job-take/", f"/{what}/"))


def post(job, body):
    url = os.environ["RUNPOD_WEBHOOK_POST_OUTPUT"].replace("$RUNPOD_POD_ID", os.environ["RUNPOD_POD_ID"]).replace("$ID", job)
    return _call(url + "&isStream=false", json.dumps(body, ensure_ascii=False).encode())
