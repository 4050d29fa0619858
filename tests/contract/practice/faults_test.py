# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of fault that the control route can order, as a client meets it."""
import http.client
import socket
import urllib.parse

from practice import Case, Stream, call, endpoint_body, main, until

LIST = "/rest/v2/serverless"


class Faults(Case):
    def order(self, effect, path=LIST, **more):
        return self.p.control("POST", "/faults", {"path": path, "effect": effect, **more})

    def list(self, **more):
        return self.p.rest("GET", "/serverless", judged=False, **more)

    def test_status(self):
        self.order("status", status=503, body={"detail": "later"}, headers={"Retry-After": "7"}, content_type="application/problem+json")
        reply = self.list()
        self.assertEqual((reply.status, reply.json, reply.headers["Retry-After"], reply.headers["Content-Type"]),
                         (503, {"detail": "later"}, "7", "application/problem+json"))
        self.assertEqual(self.list().status, 200)

    def test_nth_count_method_and_pattern(self):
        self.order("status", path="/rest/v2/*", method="POST", nth=2, count=2, status=500)
        statuses = [self.p.rest("POST", "/serverless", endpoint_body(name=str(i), workers={"max": 1}), judged=False).status for i in range(4)]
        self.assertEqual(statuses, [201, 500, 500, 201])
        self.assertEqual(self.list().status, 200)
        self.order("status", path="*", count=0, status=418)
        self.assertEqual([self.list().status for _ in range(3)], [418] * 3)
        self.assertEqual(self.p.hub("GET", "/api/whoami-v2").status, 418)
        self.p.control("DELETE", "/faults")
        self.assertEqual(self.list().status, 200)

    def test_reset_before_does_nothing_and_after_does_it(self):
        for effect, left in (("reset_before", 0), ("reset_after", 1)):
            self.order(effect, method="POST")
            with self.assertRaises((http.client.HTTPException, OSError)):
                self.p.rest("POST", "/serverless", endpoint_body(), judged=False)
            self.assertEqual(len(self.p.state()["endpoints"]), left, effect)

    def test_delay(self):
        self.order("delay", delay_ms=400)
        with self.assertRaises(socket.timeout):
            call("GET", self.p.rest_base + "/serverless", headers={"Authorization": "Bearer rpa_practice_x"}, timeout=0.2)
        self.order("delay", delay_ms=50)
        self.assertEqual(self.list().status, 200)

    def test_hang(self):
        self.order("hang")
        with self.assertRaises(socket.timeout):
            call("GET", self.p.rest_base + "/serverless", headers={"Authorization": "Bearer rpa_practice_x"}, timeout=0.3)
        self.assertEqual(self.list().status, 200)

    def test_drop_cuts_the_reply_at_that_byte(self):
        for size in (0, 9, 60):
            self.order("drop", bytes=size)
            where = urllib.parse.urlsplit(self.p.rest_base)
            with socket.create_connection((where.hostname, where.port), 10) as plain:
                plain.sendall(b"GET /rest/v2/serverless HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer rpa_practice_x\r\n\r\n")
                got = b""
                while part := plain.recv(4096):
                    got += part
            self.assertEqual(len(got), size)

    def test_garbage(self):
        self.order("garbage")
        reply = self.list()
        self.assertEqual((reply.status, reply.headers["Content-Type"]), (200, "application/json"))
        with self.assertRaises(ValueError):
            reply.json
        self.order("wire_garbage")
        with self.assertRaises((http.client.HTTPException, OSError)):
            self.list()
        self.order("content_type", content_type="text/html")
        self.assertEqual(self.list().headers["Content-Type"], "text/html")

    def test_a_stream_is_cut_after_some_bytes(self):
        p = self.p
        endpoint = p.create(workers={"max": 1, "idleTimeout": 3600})
        p.finished(endpoint, p.run(endpoint, print="x" * 500))
        worker = p.workers(endpoint)[0]["id"]
        path = f"/serverless/{endpoint}/workers/{worker}/logs"
        self.order("drop", path="/rest/v2" + path, bytes=400)
        stream = Stream(p, path)
        stream.thread.join(10)
        self.assertFalse(stream.thread.is_alive())
        self.assertIn(len(stream.events), (1, 2))
        stream.close()

    def test_bad_orders(self):
        for body in ({}, {"path": "*", "effect": "nonsense"}, {"path": 1, "effect": "hang"}, {"path": "*", "effect": "status", "status": "x"}):
            self.assertEqual(call("POST", self.p.control_base + "/faults", body).status, 400, body)

    def test_workers_meet_faults_too(self):
        p = self.p
        self.order("status", path="/queue/v2/*/job-done/*", status=500)
        endpoint = p.create()
        job = p.run(endpoint, echo=1)
        until(lambda: any("/job-done/" in r["target"] and r["status"] == 500 for r in p.control("GET", "/requests")))
        self.assertEqual(p.status(endpoint, job)["status"], "IN_PROGRESS")

    def test_requests_are_logged_without_keys(self):
        self.list(headers={"X-Mine": "yes"})
        entry = [r for r in self.p.control("GET", "/requests") if r["target"] == LIST][-1]
        self.assertEqual((entry["method"], entry["status"], entry["authorization"]), ("GET", 200, "bearer"))
        self.assertEqual({k.lower(): v for k, v in entry["headers"].items()}["x-mine"], "yes")
        self.assertNotIn("rpa_practice_test", str(entry))
        self.p.control("DELETE", "/requests")
        self.assertEqual(self.p.control("GET", "/requests"), [])


if __name__ == "__main__":
    main()
