# SPDX-License-Identifier: GPL-3.0-or-later
"""The REST wire as Prism sees it: a proxy between a client and practice mode that compares requests and replies with the
provider's OpenAPI document. Prism comes from npm, pinned; without npm, a network or the document this is skipped."""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from practice_side import IMAGE, KEY, Practice, same, until  # noqa: E402

PRISM = "5.14.2"
ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = Path(os.environ.get("VISGATE_SHARED", ROOT.parent / "shared")) / "contracts/runpod/openapi-v2.json"
FOLDER = Path(os.environ["VISGATE_BIN"]).parent / f"prism-{PRISM}"
FAKE_WORKER = ROOT / "tests/contract/practice/fake_worker.py"
SKIP = 77


def skip(reason):
    print(reason)
    sys.exit(SKIP)


def prism():
    program = FOLDER / "node_modules/.bin/prism"
    if program.exists():
        return program
    if not shutil.which("npm"):
        skip("npm is not here")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER), f"@stoplight/prism-cli@{PRISM}"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240)
    if done.returncode != 0 or not program.exists():
        skip(f"Prism {PRISM} cannot be installed: {(done.stdout.strip().splitlines() or ['no reason given'])[-1]}")
    return program


def without_uris(node):
    """requestUrls hold a literal {job_id}, which no strict uri check accepts."""
    if isinstance(node, dict):
        return {name: without_uris(value) for name, value in node.items() if (name, value) != ("format", "uri")}
    return [without_uris(value) for value in node] if isinstance(node, list) else node


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if not DOCUMENT.exists():
    skip(f"the provider's OpenAPI document is not here: {DOCUMENT}")
program = prism()

with tempfile.TemporaryDirectory() as folder, Practice(FAKE_WORKER) as practice:
    document = Path(folder, "openapi.json")
    document.write_text(json.dumps(without_uris(json.loads(DOCUMENT.read_text(encoding="utf-8")))), encoding="utf-8")
    port = free_port()
    upstream = practice.addresses["rest"].removesuffix("/v2")
    proxy = subprocess.Popen([str(program), "proxy", str(document), upstream, "--host", "127.0.0.1", "--port", str(port)],
                             stdin=subprocess.DEVNULL, stdout=open(Path(folder, "log"), "w"), stderr=subprocess.STDOUT)
    judged = 0

    def call(method, path, body=None, status=200, condemned=False):
        global judged
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/v2{path}", data,
                                         {"Content-Type": "application/json", "Authorization": "Bearer " + KEY}, method=method)
        try:
            reply = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as refusal:
            reply = refusal
        with reply:
            text = reply.read()
            assert reply.status == status, f"{method} {path}: {reply.status} {text[:300]}"
            # A refused request is expected to break the document; a reply never is.
            found = [v for v in json.loads(reply.headers.get("sl-violations") or "[]") if v["location"][0] == "response"]
            assert bool(found) == condemned, f"{method} {path}: {found}"
        judged += 1
        return json.loads(text) if text else None

    def is_up():
        try:
            call("GET", "/serverless")
        except OSError:
            assert proxy.poll() is None, Path(folder, "log").read_text()
            return False
        return True

    try:
        until(is_up)
        practice.control("POST", "/faults", {"path": "/rest/v2/serverless", "effect": "status", "status": 200, "body": {}})
        call("GET", "/serverless", condemned=True)  # a wrong reply is seen
        body = {"name": "prism", "type": "QUEUE", "image": IMAGE, "gpu": {"pools": ["AMPERE_24"], "count": 1},
                "workers": {"min": 1, "max": 1, "idleTimeout": 60}, "scaling": {"type": "QUEUE_DELAY", "queueDelay": 1},
                "timeout": 300000, "flashboot": "OFF", "env": {"A": "1"}}
        endpoint = call("POST", "/serverless", body, 201)["id"]
        until(lambda: call("GET", f"/serverless/{endpoint}/workers")["summary"]["idle"] == 1)
        call("GET", f"/serverless/{endpoint}")
        call("PATCH", f"/serverless/{endpoint}", {"env": {"A": "2"}})
        call("GET", f"/serverless/{endpoint}/releases")
        call("GET", "/catalog/gpus?include=AVAILABILITY&product=SERVERLESS")
        call("GET", "/catalog/gpus")
        call("GET", "/catalog/datacenters?include=GPU_AVAILABILITY")
        call("GET", "/catalog/cpus")
        call("GET", "/billing/serverless?bucketSize=hour&lastN=2")
        call("GET", "/billing")
        volume = call("POST", "/network-volumes", {"name": "v", "size": 50, "dataCenter": "EU-RO-1"}, 201)["id"]
        call("PATCH", f"/network-volumes/{volume}", {"size": 60})
        call("DELETE", f"/network-volumes/{volume}", status=204)
        template = call("POST", "/templates", {"name": "t", "image": IMAGE, "serverless": True}, 201)["id"]
        call("GET", f"/templates/{template}")
        call("DELETE", f"/templates/{template}", status=204)
        call("POST", "/serverless", {**body, "gpu": {"pools": ["nope"]}}, 400)
        call("POST", "/serverless", {**body, "image": "nope:1"}, 422)
        call("GET", "/serverless/nope", status=404)
        call("DELETE", f"/serverless/{endpoint}", status=204)
    finally:
        proxy.terminate()
        proxy.wait(30)
    same(practice.control("GET", "/state")["endpoints"], [], "nothing is left")
    print(f"ok: Prism judged {judged} replies")
