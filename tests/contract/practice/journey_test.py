# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole journey as a client makes it; every request and reply is held against the provider's OpenAPI document."""
import practice
from practice import IMAGE, Case, Stream, endpoint_body, main, until


class Journey(Case):
    speed = 100

    def test_from_catalogue_to_nothing_left(self):
        p = self.p
        gpus = p.rest("GET", "/catalog/gpus?include=AVAILABILITY&product=SERVERLESS").json["gpus"]
        offer = next(g for g in gpus if g["pool"] == "ADA_24")
        self.assertEqual(offer["id"], "NVIDIA GeForce RTX 4090")
        self.assertAlmostEqual(offer["price"]["serverless"], 1.116)
        self.assertTrue(offer["dataCenters"] and offer["cudaVersions"])

        made = p.rest("POST", "/serverless", endpoint_body(gpu={"pools": ["ADA_24"], "count": 1}, env={"A": "b c"}))
        self.assertEqual(made.status, 201)
        endpoint = made.json["id"]
        self.assertEqual(p.rest("GET", f"/serverless/{endpoint}").json, made.json)
        self.assertEqual([e["id"] for e in p.rest("GET", "/serverless").json["endpoints"]], [endpoint])
        self.assertEqual(p.workers(endpoint), [])  # min 0: nothing runs before a job comes

        job = p.run(endpoint, echo="picture", print="drawing", progress=[{"step": 1}])
        worker = until(lambda: p.workers(endpoint))[0]
        self.assertIn(worker["status"], ("INITIALIZING", "IDLE", "RUNNING"))
        log = Stream(p, f"/serverless/{endpoint}/workers/{worker['id']}/logs")
        self.assertEqual(log.reply.headers["Content-Type"], "text/event-stream")
        done = p.finished(endpoint, job)
        self.assertEqual((done["status"], done["output"], done["workerId"]), ("COMPLETED", "picture", worker["id"]))
        self.assertGreaterEqual(done["delayTime"], 0)
        self.assertGreaterEqual(done["executionTime"], 0)
        until(lambda: "drawing" in log.lines("container"))
        self.assertEqual([line.split(" for ")[0].split(":")[0] for line in log.lines("system")],
                         ["image pull", "image pull", f"create container {IMAGE.split(':')[0]}", "start container"])

        placed = p.rest("GET", f"/serverless/{endpoint}/workers").json
        self.assertEqual(placed["summary"], {"running": 0, "idle": 1, "initializing": 0, "throttled": 0, "unhealthy": 0, "total": 1})
        self.assertEqual(placed["workers"][0]["gpuTypeId"], "NVIDIA GeForce RTX 4090")
        self.assertIn(placed["workers"][0]["dataCenterId"], [d["id"] for d in offer["dataCenters"]])
        health = p.queue("GET", f"/{endpoint}/health").json
        self.assertEqual(health["jobs"], {"completed": 1, "failed": 0, "inProgress": 0, "inQueue": 0, "retried": 0})
        self.assertEqual(health["workers"], {"idle": 1, "initializing": 0, "ready": 1, "running": 0, "throttled": 0, "unhealthy": 0})

        released = p.rest("PATCH", f"/serverless/{endpoint}", {"env": {"A": "2"}})
        self.assertEqual(released.json["env"], {"A": "2"})
        until(lambda: p.rest("GET", f"/serverless/{endpoint}/releases").json["rollout"]["workersTotal"] == 0)

        bill = p.rest("GET", f"/billing/serverless?bucketSize=hour&serverlessId={endpoint}").json
        seconds = bill["metadata"]["totals"]["gpuAmount"] / 0.00031
        self.assertAlmostEqual(seconds, round(seconds))  # whole seconds
        self.assertGreaterEqual(round(seconds), 1)
        self.assertEqual(p.rest("GET", "/billing").json["metadata"]["totals"]["serverlessGpuAmount"],
                         bill["metadata"]["totals"]["gpuAmount"])

        gone = p.rest("DELETE", f"/serverless/{endpoint}")
        self.assertEqual((gone.status, gone.body), (204, b""))
        self.assertEqual(p.rest("GET", f"/serverless/{endpoint}").status, 404)
        self.assertEqual(p.rest("DELETE", f"/serverless/{endpoint}").status, 404)
        self.assertEqual(p.queue("GET", f"/{endpoint}/status/{job}").status, 404)
        state = p.state()
        self.assertEqual((state["endpoints"], state["workers"], state["processes"]), ([], [], 0))
        self.assertFalse(log.ended)  # a log stream never ends by itself
        log.close()
        self.assertGreater(practice.verdicts, 15)

    def test_volumes_templates_registries(self):
        p = self.p
        volume = p.rest("POST", "/network-volumes", {"name": "v", "size": 50, "dataCenter": "EU-RO-1"}).json
        self.assertEqual(volume["type"], "STANDARD")
        self.refused(p.rest("POST", "/network-volumes", {"name": "v", "size": 9, "dataCenter": "EU-RO-1"}), 422, "minimum")
        self.refused(p.rest("POST", "/network-volumes", {"name": "v", "size": 50}), 422, "missing property 'dataCenter'")
        self.refused(p.rest("POST", "/network-volumes", {"name": "v", "size": 50, "dataCenter": "EU-NL-1"}), 400, "EU-RO-1")
        self.refused(p.rest("PATCH", "/network-volumes/" + volume["id"], {"size": 40}), 400, "grow")
        self.refused(p.rest("PATCH", "/network-volumes/" + volume["id"], {}), 422)
        self.assertEqual(p.rest("PATCH", "/network-volumes/" + volume["id"], {"size": 60}).json["size"], 60)
        endpoint = p.create(networkVolumes=[volume["id"]])
        self.refused(p.rest("DELETE", "/network-volumes/" + volume["id"]), 400, "in use")
        twin = p.rest("POST", "/network-volumes", {"name": "v", "size": 50, "dataCenter": "EU-RO-1"}).json
        self.refused(p.rest("PATCH", "/serverless/" + endpoint, {"networkVolumes": [volume["id"], twin["id"]]}), 400, "one network volume per data center")
        p.run(endpoint, echo=1)
        self.assertEqual(until(lambda: [w["dataCenterId"] for w in p.workers(endpoint) if w["dataCenterId"]]), ["EU-RO-1"])
        p.rest("DELETE", "/serverless/" + endpoint)
        self.assertEqual(p.rest("DELETE", "/network-volumes/" + volume["id"]).status, 204)
        self.assertEqual([v["id"] for v in p.rest("GET", "/network-volumes").json["networkVolumes"]], [twin["id"]])

        registry = p.rest("POST", "/registries", {"name": "r", "username": "u", "password": "secret-word"}).json
        self.assertEqual(set(registry), {"id", "name"})
        template = p.rest("POST", "/templates", {"name": "t", "image": IMAGE, "registry": registry["id"], "serverless": True}).json
        self.assertEqual((template["category"], template["startSsh"], template["public"]), ("NVIDIA", True, False))
        self.refused(p.rest("POST", "/templates", {"name": "t", "image": IMAGE}), 400, "already in use")
        self.refused(p.rest("POST", "/templates", {"name": "u"}), 422, "missing property 'image'")
        p.rest("DELETE", "/registries/" + registry["id"])
        self.assertIsNone(p.rest("GET", "/templates/" + template["id"]).json["registry"])
        self.assertEqual(p.rest("DELETE", "/templates/" + template["id"]).status, 204)
        self.assertEqual(p.rest("GET", "/templates").json, {"templates": []})

    def test_catalogue(self):
        p = self.p
        self.refused(p.rest("GET", "/catalog/gpus?include=AVAILABILITY"), 400, "product")
        self.refused(p.rest("GET", "/catalog/gpus?product=SERVERLESS"), 400)
        self.refused(p.rest("GET", "/catalog/gpus?include=AVAILABILITY&product=SERVERLESS&cudaVersions=12.8&minCudaVersion=12"), 400)
        plain = p.rest("GET", "/catalog/gpus").json["gpus"]
        self.assertGreater(len(plain), 40)
        self.assertFalse(any("availability" in gpu for gpu in plain))
        self.assertEqual(len({gpu["pool"] for gpu in plain} - {None}), 11)
        self.assertNotIn("serverless", next(gpu for gpu in plain if gpu["pool"] is None)["price"])
        there = p.rest("GET", "/catalog/gpus?include=AVAILABILITY&product=SERVERLESS&countryCodes=RO").json["gpus"]
        self.assertTrue(0 < len(there) < len(plain))
        one = p.rest("GET", "/catalog/gpus/NVIDIA%20L4").json
        self.assertEqual((one["pool"], one["memory"]), ("AMPERE_24", 24))
        self.assertEqual(p.rest("GET", "/catalog/gpus/nope").status, 404)
        p.control("POST", "/stock", {"gpu": "NVIDIA L4", "stock": "NONE"})
        one = p.rest("GET", "/catalog/gpus/NVIDIA%20L4?include=AVAILABILITY&product=SERVERLESS").json
        self.assertEqual(one["availability"], "NONE")
        self.assertNotIn("dataCenters", one)
        places = p.rest("GET", "/catalog/datacenters?include=GPU_AVAILABILITY,CPU_AVAILABILITY").json["dataCenters"]
        self.assertGreater(len(places), 30)
        self.assertEqual(p.rest("GET", "/catalog/datacenters/EU-RO-1").json["region"], "EUROPE")
        self.assertEqual(len(p.rest("GET", "/catalog/cpus?include=AVAILABILITY&product=SERVERLESS").json["cpus"]), 4)

    def test_billing_periods(self):
        p = self.p
        endpoint = p.create(workers={"min": 1, "max": 1})
        until(lambda: p.state()["money"]["usdPerSecond"] > 0)
        rate = p.state()["money"]["usdPerSecond"]
        p.advance(3 * 3600)
        hours = p.rest("GET", "/billing/serverless?bucketSize=hour&lastN=10").json
        self.assertEqual(len(hours["records"]), 4)
        for record in hours["records"][1:3]:
            self.assertAlmostEqual(record["totalAmount"], 3600 * rate)
        total = hours["metadata"]["totals"]["totalAmount"]
        self.assertTrue(3 * 3600 * rate <= total < (3 * 3600 + 20) * rate)
        for size in ("day", "week", "month", "year"):
            again = p.rest("GET", f"/billing/serverless?bucketSize={size}&lastN=2").json["metadata"]["totals"]["totalAmount"]
            self.assertTrue(total <= again + 1e-9 < total + 5 * rate, size)
        self.refused(p.rest("GET", "/billing/serverless?bucketSize=minute"), 422)
        self.refused(p.rest("GET", "/billing/serverless?lastN=2&startTime=2026-01-01T00:00:00Z"), 400)
        self.refused(p.rest("GET", "/billing/serverless?startTime=yesterday"), 422)
        none = p.rest("GET", "/billing/serverless?startTime=2020-01-01T00:00:00Z&endTime=2020-02-01T00:00:00Z").json
        self.assertEqual((none["records"], none["metadata"]["recordCount"]), ([], 0))
        p.rest("DELETE", f"/serverless/{endpoint}")
        spent = p.state()["money"]["spent"]
        p.advance(3600)
        self.assertEqual(p.state()["money"]["spent"], spent)  # nothing runs, nothing is billed


if __name__ == "__main__":
    main()
