# SPDX-License-Identifier: GPL-3.0-or-later
"""The account outlives its process, however that ends; and one folder has one process."""
import http.client
import json
import os
import signal
import subprocess
import threading
from pathlib import Path

from practice import HOST, Case, Stream, call, main, until


class Durability(Case):
    def restart(self, number):
        self.p.end(number)
        self.p.start()

    def test_everything_survives_a_kill(self):
        p = self.p
        volume = p.rest("POST", "/network-volumes", {"name": "v", "size": 50, "dataCenter": "US-KS-2"}).json
        template = p.rest("POST", "/templates", {"name": "t", "image": "visgate/practice-worker:1"}).json
        registry = p.rest("POST", "/registries", {"name": "r", "username": "u", "password": "p"}).json
        p.control("POST", "/account", {"credit": 30, "quota": 9})
        p.control("POST", "/licence", {"model": "black-forest-labs/FLUX.1-dev"})
        endpoint = p.create(env={"A": "1"}, workers={"max": 1, "idleTimeout": 3600})
        p.rest("PATCH", f"/serverless/{endpoint}", {"env": {"A": "2"}})
        done = p.run(endpoint, echo={"big": "x" * 100_000}, print="before")
        finished = p.finished(endpoint, done)
        waiting = p.run(endpoint, sleep=60)
        until(lambda: p.status(endpoint, waiting)["status"] == "IN_PROGRESS")
        reads = ["/serverless/" + endpoint, f"/serverless/{endpoint}/releases", "/network-volumes/" + volume["id"],
                 "/templates/" + template["id"], "/registries/" + registry["id"]]
        before = [p.rest("GET", path).json for path in reads]
        worker = p.state()["workers"][0]
        pids = [int(e) for e in os.listdir("/proc") if e.isdigit() and worker["id"].encode() in environment(e)]
        self.assertTrue(pids)
        self.restart(signal.SIGKILL)
        until(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in pids))  # workers die with their provider

        after = [p.rest("GET", path).json for path in reads]
        for page in (before[0], after[0]):
            page.pop("requestUrls")  # the port may be another one
        for page in (before[1], after[1]):
            page.pop("rollout")
            [release.pop("workerCount") for release in page["releases"]]
        self.assertEqual(after, before)
        self.assertEqual(p.status(endpoint, done), finished)
        money = p.state()["money"]
        self.assertEqual((money["credit"], money["quota"]), (30, 9))
        self.assertGreater(money["spent"], 0)
        self.assertEqual(p.hub("GET", "/api/models/black-forest-labs/FLUX.1-dev/auth-check", "hf_practice_x").status, 200)
        old = next(w for w in p.state()["removedWorkers"] if w["id"] == worker["id"])
        self.assertIn("container: before", old["log"])
        self.assertEqual(old["log"][-2:], ["system: the host was restarted", "system: remove container"])
        again = until(lambda: (s := p.status(endpoint, waiting))["status"] == "IN_PROGRESS" and s)  # delivered once more
        self.assertEqual(again["retries"], 1)
        self.assertNotEqual(again["workerId"], worker["id"])

    def test_what_a_killed_provider_did_not_run_is_not_billed(self):
        p = self.p
        p.create(workers={"min": 1, "max": 1})
        until(lambda: p.state()["money"]["usdPerSecond"] > 0)
        until(lambda: '"meta/heartbeat"' in self.journal())
        p.end(signal.SIGKILL)
        spent = lambda: p.state()["money"]["spent"]
        p.start()
        p.control("POST", "/account", {"credit": 25})
        first = [w for w in p.state()["removedWorkers"]]
        self.assertEqual(len(first), 1)
        self.assertLess(spent(), 0.01)

    def journal(self):
        return Path(self.p.folder, "account.jsonl").read_text()

    def test_a_torn_line_is_dropped(self):
        kept = self.p.create(name="kept")
        self.p.end(signal.SIGKILL)
        with open(os.path.join(self.p.folder, "account.jsonl"), "a", encoding="utf-8") as file:
            file.write('{"k":"endpoint/torn","v":{"id":"to')
        self.p.start()
        self.assertEqual([e["id"] for e in self.p.rest("GET", "/serverless").json["endpoints"]], [kept])
        second = self.p.create(name="second")
        self.restart(signal.SIGKILL)
        self.assertEqual({e["id"] for e in self.p.rest("GET", "/serverless").json["endpoints"]}, {kept, second})

    def test_a_gentle_end_ends_the_workers(self):
        p = self.p
        endpoint = p.create(workers={"min": 1, "max": 1})
        until(lambda: [w["status"] for w in p.workers(endpoint)] == ["IDLE"])
        self.assertEqual(p.end(signal.SIGTERM), 0)
        self.assertEqual(os.listdir(os.path.join(p.folder, "workers")), [])
        p.start()
        until(lambda: [w["status"] for w in p.workers(endpoint)] == ["IDLE"])  # min 1 still holds

    def test_it_ends_while_clients_wait(self):
        p = self.p
        endpoint = p.create(workers={"min": 1, "max": 1})
        worker = until(lambda: [w for w in p.workers(endpoint) if w["status"] == "IDLE"])[0]
        log = Stream(p, f"/serverless/{endpoint}/workers/{worker['id']}/logs")
        until(lambda: log.events)

        def wait_for_a_job():
            try:
                p.queue("POST", f"/{endpoint}/runsync", {"input": {"sleep": 60}})
            except (OSError, http.client.HTTPException):
                pass  # cut off, which is what this is about

        client = threading.Thread(target=wait_for_a_job)
        client.start()
        until(lambda: p.state()["jobs"] and p.state()["jobs"][0]["status"] == "IN_PROGRESS")
        self.assertEqual(p.end(signal.SIGTERM), 0)
        client.join(10)
        log.close()
        p.start()

    def test_one_process_a_folder(self):
        second = subprocess.run([HOST, "--data", self.p.folder], capture_output=True, text=True, timeout=30)
        self.assertEqual(second.returncode, 1)
        self.assertIn("ALREADY_SERVED: " + self.p.folder, second.stderr)
        self.assertEqual(self.p.rest("GET", "/serverless").status, 200)

    def test_files_are_the_owners_alone(self):
        for name in ("account.jsonl", "practice.json", "practice.lock"):
            self.assertEqual(os.stat(os.path.join(self.p.folder, name)).st_mode & 0o777, 0o600, name)
        self.assertEqual(os.stat(self.p.folder).st_mode & 0o777, 0o700)
        found = json.loads(Path(self.p.folder, "practice.json").read_text())
        self.assertEqual((found["port"], found["pid"]), (self.p.addresses["port"], self.p.process.pid))

    def test_the_clock_stays_ahead(self):
        self.p.advance(7200)
        before = self.p.state()["now"]
        self.restart(signal.SIGTERM)
        self.assertGreaterEqual(self.p.state()["now"], before)


class Leaving(Case):
    options = ("--leave-after", "1")

    def test_it_leaves_after_its_last_client(self):
        self.assertEqual(self.p.process.wait(20), 0)
        self.p.process.stdout.close()
        self.p.start()
        call("POST", self.p.control_base + "/shutdown")
        self.assertEqual(self.p.process.wait(20), 0)

    def test_workers_are_no_clients(self):
        self.p.create(workers={"min": 1, "max": 1})
        self.assertEqual(self.p.process.wait(20), 0)


def environment(pid):
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


if __name__ == "__main__":
    main()
