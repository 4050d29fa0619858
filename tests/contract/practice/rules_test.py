# SPDX-License-Identifier: GPL-3.0-or-later
"""The provider's rules for endpoint bodies (facts 1.1, 1.3): those of its schema and those that only its prose has."""
from practice import Case, endpoint_body, main

GPU = {"pools": ["AMPERE_24"]}
ADDITIONAL = "additional properties"

# what is changed in a good body -> status, words of the reply
CREATES = {
    "as it is": ({}, 201, ()),
    "only what is required": ({"workers": ..., "timeout": ..., "flashboot": ...}, 201, ()),
    "no name": ({"name": ...}, 422, ("missing property 'name'", ADDITIONAL, "'gpu'", "'scaling'", "'type'")),
    "no type": ({"type": ...}, 422, ("missing property 'type'",)),
    "no scaling": ({"scaling": ...}, 422, ("missing property 'scaling'",)),
    "no image and no template": ({"image": ...}, 422, ("missing property 'image'",)),
    "empty name": ({"name": ""}, 422, ("minLength",)),
    "unknown property": ({"bogus": 1}, 422, (ADDITIONAL + " 'bogus' not allowed",)),
    "unknown property inside": ({"workers": {"max": 1, "standby": 1}}, 422, (ADDITIONAL + " 'standby' not allowed",)),
    "unknown type": ({"type": "POD"}, 422, ("value must be one of 'QUEUE', 'LOAD_BALANCER'",)),
    "unknown flashboot": ({"flashboot": True}, 422, ("want string",)),
    "unknown scaler": ({"scaling": {"type": "COST"}}, 422, ("value must be one of 'QUEUE_DELAY', 'REQUEST_COUNT'",)),
    "scaler of the other kind": ({"scaling": {"type": "QUEUE_DELAY", "requestCount": 1}}, 422, ("queueDelay",)),
    "queue delay too short": ({"scaling": {"type": "QUEUE_DELAY", "queueDelay": 0.4}}, 422, ("minimum",)),
    "request count of none": ({"scaling": {"type": "REQUEST_COUNT", "requestCount": 0}, "workers": {"max": 1}}, 422, ("minimum",)),
    "request count on a queue": ({"scaling": {"type": "REQUEST_COUNT", "requestCount": 2}, "workers": {"max": 1}}, 201, ()),
    "request count with an idle time-out": ({"scaling": {"type": "REQUEST_COUNT", "requestCount": 2}}, 422, ("idleTimeout",)),
    "queue delay on a load balancer": ({"type": "LOAD_BALANCER"}, 422, ("value must be one of 'REQUEST_COUNT'",)),
    "a load balancer": ({"type": "LOAD_BALANCER", "scaling": {"type": "REQUEST_COUNT", "requestCount": 2}}, 201, ()),
    "neither gpu nor cpu": ({"gpu": ...}, 400, ("exactly one of gpu or cpu",)),
    "both gpu and cpu": ({"cpu": [{"id": "cpu5c", "vcpuCount": 4}]}, 400, ("exactly one of gpu or cpu",)),
    "a cpu": ({"gpu": ..., "cpu": [{"id": "cpu5c", "vcpuCount": 4}, {"id": "cpu5c", "vcpuCount": 8}]}, 201, ()),
    "the same cpu twice": ({"gpu": ..., "cpu": [{"id": "cpu5c", "vcpuCount": 4}] * 2}, 422, ("equal",)),
    "an odd cpu": ({"gpu": ..., "cpu": [{"id": "cpu5c", "vcpuCount": 6}]}, 400, ("power of two",)),
    "an unknown cpu": ({"gpu": ..., "cpu": [{"id": "cpu9x", "vcpuCount": 4}]}, 400, ("cpu9x",)),
    "cuda on a cpu": ({"gpu": ..., "cpu": [{"id": "cpu5c", "vcpuCount": 4, "minCudaVersion": "12.1"}]}, 422, (ADDITIONAL,)),
    "no pools": ({"gpu": {"count": 1}}, 422, ("missing property 'pools'",)),
    "empty pools": ({"gpu": {"pools": []}}, 422, ("minItems",)),
    "unknown pool": ({"gpu": {"pools": ["NVIDIA L4"]}}, 400, ("unknown GPU pool",)),
    "no gpu": ({"gpu": {**GPU, "count": 0}}, 422, ("minimum",)),
    "an excluded type": ({"gpu": {**GPU, "excludedTypes": [" NVIDIA L4 "]}}, 201, ()),
    "an exclusion of another pool": ({"gpu": {**GPU, "excludedTypes": ["NVIDIA L40"]}}, 400, ("NVIDIA L40",)),
    "an unknown exclusion": ({"gpu": {**GPU, "excludedTypes": ["NVIDIA L5"]}}, 400, ("NVIDIA L5",)),
    "an exclusion the old way": ({"gpu": {**GPU, "excludedTypes": ["-NVIDIA L4"]}}, 422, ("pattern",)),
    "everything excluded": ({"gpu": {"pools": ["ADA_24"], "excludedTypes": ["NVIDIA GeForce RTX 4090"]}}, 400, ("no GPU type",)),
    "two cuda limits": ({"gpu": {**GPU, "allowedCudaVersions": ["12.8"], "minCudaVersion": "12.1"}}, 400, ("mutually exclusive",)),
    "an empty cuda set beside a floor": ({"gpu": {**GPU, "allowedCudaVersions": [], "minCudaVersion": "12.1"}}, 201, ()),
    "a bare major cuda version": ({"gpu": {**GPU, "minCudaVersion": "12"}}, 422, ("pattern",)),
    "env of numbers": ({"env": {"N": 1}}, 422, ("$.env.N: got number, want string",)),
    "env of strings": ({"env": {"N": "1"}}, 201, ()),
    "args as a list": ({"args": ["a"]}, 422, ("got array, want string",)),
    "no disk": ({"disk": 0}, 422, ("minimum",)),
    "negative workers": ({"workers": {"min": -1}}, 422, ("minimum",)),
    "more at least than at most": ({"workers": {"min": 2, "max": 1}}, 400, ("workers.min",)),
    "idle for too long": ({"workers": {"idleTimeout": 3601}}, 422, ("maximum",)),
    "idle for no time": ({"workers": {"idleTimeout": 0}}, 422, ("minimum",)),
    "over the quota": ({"workers": {"max": 6}}, 400, ("Max workers across all endpoints must not exceed your workers quota (5)",)),
    "timeout of a fraction": ({"timeout": 1.5}, 422, ("want integer",)),
    "unknown data center": ({"dataCenterIds": ["MOON-1"]}, 400, ("MOON-1",)),
    "a data center": ({"dataCenterIds": ["EU-RO-1"]}, 201, ()),
    "unknown volume": ({"networkVolumes": ["nope"]}, 400, ("nope",)),
    "unknown image": ({"image": "visgate/practice-worker:9"}, 422, ("not found in its registry",)),
    "unknown registry": ({"registry": "nope"}, 400, ("nope",)),
    "no registry": ({"registry": None}, 201, ()),
    "unknown template": ({"templateId": "nope"}, 404, ("template",)),
}


class Create(Case):
    def test_table(self):
        self.p.control("POST", "/limits", {"minute": 10000})
        for name, (changes, status, words) in CREATES.items():
            with self.subTest(name):
                reply = self.p.rest("POST", "/serverless", endpoint_body(**changes))
                self.assertEqual(reply.status, status, reply)
                if status == 201:
                    self.p.rest("DELETE", "/serverless/" + reply.json["id"])
                    continue
                self.assertEqual(reply.headers["Content-Type"], "application/problem+json")
                self.assertEqual(reply.json["status"], status)
                text = "\n".join([reply.json["detail"], *reply.json.get("errors", [])])
                for word in words:
                    self.assertIn(word, text)
                if status == 422 and "errors" in reply.json:
                    self.assertEqual(reply.json["detail"], "Request validation failed.")
        self.assertEqual(self.p.state()["endpoints"], [])

    def test_no_json(self):
        self.refused(self.p.rest("POST", "/serverless", b"{not json"), 400, "JSON")
        self.refused(self.p.rest("POST", "/serverless", [1]), 422, "want object")

    def test_defaults(self):
        made = self.p.rest("POST", "/serverless", endpoint_body(workers=..., timeout=..., flashboot=...)).json
        self.assertEqual(made["workers"], {"min": 0, "max": 3, "idleTimeout": 10})
        self.assertEqual(made["timeout"], 0)  # not the 300000 of the document: seen live (facts 1.3)
        self.assertEqual(made["flashboot"], "OFF")
        self.assertEqual(made["gpu"], {"pools": ["AMPERE_24"], "count": 1, "allowedCudaVersions": [], "minCudaVersion": None})
        self.assertIn("{job_id}", made["requestUrls"]["status"])
        self.assertNotIn("templateId", made)

    def test_no_idle_timeout_in_replies_for_request_count(self):
        made = self.p.rest("POST", "/serverless", endpoint_body(
            scaling={"type": "REQUEST_COUNT", "requestCount": 2}, workers={"min": 0, "max": 1})).json
        self.assertEqual(made["workers"], {"min": 0, "max": 1})

    def test_the_quota_is_over_all_endpoints(self):
        first = self.p.create(workers={"max": 3})
        self.refused(self.p.rest("POST", "/serverless", endpoint_body(workers={"max": 3})), 400, "quota (5)")
        second = self.p.create(workers={"max": 2})
        self.refused(self.p.rest("PATCH", f"/serverless/{second}", {"workers": {"max": 3}}), 400, "quota (5)")
        self.p.rest("DELETE", f"/serverless/{first}")
        self.assertEqual(self.p.rest("PATCH", f"/serverless/{second}", {"workers": {"max": 3}}).status, 200)
        self.p.control("POST", "/account", {"credit": 150})
        self.assertEqual(self.p.rest("PATCH", f"/serverless/{second}", {"workers": {"max": 10}}).status, 200)

    def test_no_capacity(self):
        self.p.control("POST", "/conditions", {"kind": "no_capacity"})
        self.refused(self.p.rest("POST", "/serverless", endpoint_body()), 400,
                     "There are no longer any instances available with the requested specifications. Please refresh and try again.")

    def test_no_credit(self):
        self.p.control("POST", "/account", {"credit": 0})
        self.refused(self.p.rest("POST", "/serverless", endpoint_body()), 400, "balance")

    def test_a_template_is_copied_once(self):
        made = self.p.rest("POST", "/templates", {"name": "t", "image": "visgate/practice-worker:1", "serverless": True,
                                                 "env": {"A": "1", "B": "1"}, "disk": 30, "args": "--x",
                                                 "allowedCudaVersions": ["12.8"]}).json
        endpoint = self.p.rest("POST", "/serverless", endpoint_body(
            image=..., templateId=made["id"], env={"B": "2"}, disk=40)).json
        self.assertEqual((endpoint["env"], endpoint["disk"], endpoint["args"]), ({"A": "1", "B": "2"}, 40, "--x"))
        self.assertEqual(endpoint["gpu"]["allowedCudaVersions"], ["12.8"])
        self.p.rest("PATCH", "/templates/" + made["id"], {"env": {"A": "9"}})
        self.assertEqual(self.p.rest("GET", "/serverless/" + endpoint["id"]).json["env"], {"A": "1", "B": "2"})
        pod = self.p.rest("POST", "/templates", {"name": "pod", "image": "visgate/practice-worker:1"}).json
        self.refused(self.p.rest("POST", "/serverless", endpoint_body(image=..., templateId=pod["id"])), 422, "serverless template")


class Update(Case):
    def setUp(self):
        super().setUp()
        self.id = self.p.create(env={"A": "1", "B": "2"}, gpu={"pools": ["AMPERE_24"], "excludedTypes": ["NVIDIA L4"]})

    def patch(self, body):
        return self.p.rest("PATCH", "/serverless/" + self.id, body)

    def test_refusals(self):
        for body, status, word in [
            ({"type": "QUEUE"}, 422, "'type' not allowed"),
            ({"cpu": [{"id": "cpu5c", "vcpuCount": 4}]}, 400, "immutable"),
            ({"gpu": {"pools": ["ADA_24"]}, "cpu": [{"id": "cpu5c", "vcpuCount": 4}]}, 400, "mutually exclusive"),
            ({"gpu": {"excludedTypes": ["NVIDIA L4"]}}, 422, "pools"),
            ({"gpu": {"minCudaVersion": "12"}}, 422, "pattern"),
            ({"env": {"A": 1}}, 422, "want string"),
            ({"image": "nope:1"}, 422, "registry"),
            ({"workers": {"min": 2}}, 400, "workers.min"),
        ]:
            with self.subTest(str(body)):
                self.refused(self.patch(body), status, word)
        self.assertEqual(self.p.rest("GET", "/serverless/" + self.id).json["env"], {"A": "1", "B": "2"})

    def test_nothing_is_allowed(self):
        before = self.p.rest("GET", "/serverless/" + self.id).json
        self.assertEqual(self.patch({}).json, before)

    def test_only_what_is_sent_changes(self):
        self.assertEqual(self.patch({"workers": {"max": 2}}).json["workers"], {"min": 0, "max": 2, "idleTimeout": 5})

    def test_env_is_replaced(self):
        self.assertEqual(self.patch({"env": {"C": "3"}}).json["env"], {"C": "3"})

    def test_pools_without_exclusions_clear_them(self):
        self.assertEqual(self.patch({"gpu": {"count": 2}}).json["gpu"]["excludedTypes"], ["NVIDIA L4"])
        self.assertNotIn("excludedTypes", self.patch({"gpu": {"pools": ["AMPERE_24"]}}).json["gpu"])

    def test_cuda_limits_are_cleared_by_name(self):
        self.patch({"gpu": {"minCudaVersion": "12.4"}})
        self.refused(self.patch({"gpu": {"allowedCudaVersions": ["12.8"]}}), 400, "mutually exclusive")
        gpu = self.patch({"gpu": {"allowedCudaVersions": ["12.8"], "minCudaVersion": ""}}).json["gpu"]
        self.assertEqual((gpu["allowedCudaVersions"], gpu["minCudaVersion"]), (["12.8"], None))
        self.assertEqual(self.patch({"gpu": {"allowedCudaVersions": []}}).json["gpu"]["allowedCudaVersions"], [])

    def test_an_idle_timeout_survives_a_scaler_without_one(self):
        self.assertNotIn("idleTimeout", self.patch({"scaling": {"type": "REQUEST_COUNT", "requestCount": 1}}).json["workers"])
        self.refused(self.patch({"workers": {"idleTimeout": 9}}), 422, "idleTimeout")
        self.assertEqual(self.patch({"scaling": {"type": "QUEUE_DELAY", "queueDelay": 2}}).json["workers"]["idleTimeout"], 5)

    def test_releases(self):
        releases = lambda: self.p.rest("GET", f"/serverless/{self.id}/releases").json
        self.assertEqual(releases()["endpointVersion"], 1)
        self.patch({"workers": {"max": 2}})
        self.assertEqual(releases()["endpointVersion"], 1)  # scaling is not a release
        self.patch({"env": {"A": "2"}, "disk": 33})
        now = releases()
        self.assertEqual(now["endpointVersion"], 2)
        self.assertEqual([r["version"] for r in now["releases"]], [2, 1])
        diff = {d["field"]: (d["old"], d["new"]) for d in now["releases"][0]["diff"]}
        self.assertEqual(diff, {"template.env": ({"A": "1", "B": "2"}, {"A": "2"}), "template.disk": (20, 33)})


class Conventions(Case):
    def test_keys(self):
        self.refused(self.p.rest("GET", "/serverless", key=None), 401, "missing bearer token")
        self.refused(self.p.rest("GET", "/serverless", key="rpa_real_looking"), 401)
        self.refused(self.p.rest("GET", "/serverless", key=None, headers={"Authorization": "rpa_practice_raw"}), 401)
        self.p.control("POST", "/account", {"readOnly": True, "noBilling": True})
        self.refused(self.p.rest("POST", "/serverless", endpoint_body()), 403, "access denied")
        self.refused(self.p.rest("GET", "/billing/serverless"), 403, "access denied")
        self.assertEqual(self.p.rest("GET", "/serverless").status, 200)

    def test_paths_and_methods(self):
        self.refused(self.p.rest("GET", "/serverles"), 404, "The requested path was not found.")
        self.refused(self.p.rest("GET", "/serverless/nope"), 404, "not found")
        self.refused(self.p.rest("DELETE", "/serverless/nope"), 404)
        reply = self.p.rest("PUT", "/serverless", {})
        self.refused(reply, 405)
        self.assertEqual(reply.headers["Allow"], "GET, POST")

    def test_every_reply_has_a_request_id(self):
        ids = {self.p.rest("GET", path, key=key).headers["x-request-id"]
               for path in ("/serverless", "/nope") for key in ("rpa_practice_a", None)}
        self.assertEqual(len(ids), 4)

    def test_unknown_query_parameters_are_ignored(self):
        self.assertEqual(self.p.rest("GET", "/serverless?limit=3&bogus=1").status, 200)

    def test_rate_limit(self):
        self.p.control("POST", "/limits", {"minute": 5})
        replies = [self.p.rest("GET", "/serverless") for _ in range(7)]
        self.assertEqual([r.status for r in replies], [200] * 5 + [429] * 2)
        self.assertIn('"minute";r=4;t=60', replies[0].headers["RateLimit"])
        self.assertIn('"minute";q=5;w=60', replies[0].headers["RateLimit-Policy"])
        self.assertIn('"minute";r=0;', replies[4].headers["RateLimit"])
        self.assertIsNone(replies[4].headers["Retry-After"])
        self.refused(replies[5], 429, "rate limit exceeded for the minute window")
        self.assertLessEqual(int(replies[5].headers["Retry-After"]), 60)
        self.assertIsNone(self.p.rest("GET", "/serverless", key=None).headers["RateLimit"])
        self.p.advance(61)
        self.assertEqual(self.p.rest("GET", "/serverless").status, 200)

    def test_pages_of_a_browser_are_refused(self):
        self.assertEqual(self.p.rest("GET", "/serverless", headers={"Origin": "http://127.0.0.1"}, judged=False).status, 403)
        self.assertEqual(self.p.rest("GET", "/serverless", headers={"Host": "evil.example"}, judged=False).status, 403)


if __name__ == "__main__":
    main()
