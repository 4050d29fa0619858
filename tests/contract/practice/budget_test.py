# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client may cost the process: deep JSON, many values, bodies that are never finished."""
import os
import socket
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from guard_test import Guarded  # noqa: E402
from practice import Case, Practice, call, main, until  # noqa: E402

MIB = 1024 * 1024
# The sanitizer holds back what was freed, up to this many MiB; its usual 256 would be most of what is measured here.
os.environ["ASAN_OPTIONS"] = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "quarantine_size_mb=16"]))
DEEP = {"arrays": b"[" * 100_000 + b"]" * 100_000, "objects": b'{"input":' * 100_000 + b"1" + b"}" * 100_000,
        "open": b"[" * 1_000_000, "inside": b'{"input":{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        "many": b'{"input":[' + b"0," * 1_100_000 + b"0]}"}


def resident(p):
    """MiB that the process holds in memory."""
    line = next(x for x in Path(f"/proc/{p.process.pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class Budget(Case):
    def test_deep_and_endless_json_is_refused_at_every_door(self):
        p = self.p
        endpoint = p.create()
        p.run(endpoint, sleep=60)
        worker = until(lambda: [w for w in p.state()["workers"] if w["status"] == "RUNNING"])[0]
        worker_key = worker["env"]["RUNPOD_AI_API_KEY"]
        user = {"Authorization": "Bearer rpa_practice_test", "Content-Type": "application/json"}
        doors = [("POST", p.rest_base + "/serverless", user), ("PATCH", p.rest_base + "/serverless/" + endpoint, user),
                 ("POST", p.rest_base + "/network-volumes", user), ("POST", p.queue_base + f"/{endpoint}/run", user),
                 ("POST", p.queue_base + f"/{endpoint}/runsync", user),
                 ("POST", p.queue_base + f"/{endpoint}/job-done/{worker['id']}/x", {"Authorization": worker_key}),
                 ("POST", p.queue_base + f"/{endpoint}/job-stream/{worker['id']}/x", {"Authorization": worker_key}),
                 ("POST", p.addresses["graphql"], user), ("POST", p.control_base + "/faults", {}),
                 ("POST", p.control_base + "/time", {}), ("POST", p.control_base + "/limits", {})]
        for method, url, headers in doors:
            for name, body in DEEP.items():
                reply = call(method, url, body, headers)
                self.assertIn(reply.status, (400, 422), (url, name, reply))
        self.assertIsNone(p.process.poll())
        self.assertEqual(p.rest("GET", "/serverless").status, 200)

    def test_a_job_as_deep_as_any_real_one_passes(self):
        p = self.p
        endpoint = p.create()
        value = 1
        for _ in range(50):
            value = [value]
        job = p.run(endpoint, echo=value)
        self.assertEqual(p.finished(endpoint, job)["output"], value)


def half_sent(p, count, key):
    """Connections that announce 32 MiB each and send 8 of them, as far as the server takes them."""
    head = (f"POST /queue/v2/x/run HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Length: {32 * MIB}\r\n\r\n").encode()
    opened = []
    for _ in range(count):
        client = socket.create_connection(("127.0.0.1", p.addresses["port"]))
        client.settimeout(2)
        opened.append(client)
        try:
            client.sendall(head)
            client.sendall(b"x" * 8 * MIB)
        except OSError:
            pass  # refused already
    return opened


class HalfSent(unittest.TestCase):
    def check(self, p, key, most):
        before = resident(p)
        opened = half_sent(p, 40, key)
        try:
            self.assertLess(resident(p) - before, most)
            statuses = []
            for client in opened:
                try:
                    statuses.append(client.recv(64).split(b" ")[1])
                except (OSError, IndexError):
                    statuses.append(b"-")
            # Somebody else is served meanwhile.
            self.assertEqual(p.rest("GET", "/serverless").status, 200)
            return statuses
        finally:
            for client in opened:
                client.close()

    def test_all_half_sent_bodies_share_one_budget(self):
        p = Practice()
        self.addCleanup(p.close)
        statuses = self.check(p, "rpa_practice_test", 250)
        self.assertIn(b"503", statuses)
        until(lambda: p.queue("POST", "/x/run", b"x" * 9 * MIB).status == 404)  # what was held is given back

    def test_a_stranger_has_no_part_in_it(self):
        p = Guarded()
        self.addCleanup(p.close)
        self.assertEqual(set(self.check(p, "rpa_practice_test", 40)) - {b"-"}, {b"413"})
        self.assertEqual(p.queue("POST", "/x/run", b"x" * 9 * MIB).status, 404)


if __name__ == "__main__":
    main()
