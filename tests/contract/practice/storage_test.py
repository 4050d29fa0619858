# SPDX-License-Identifier: GPL-3.0-or-later
"""The S3 side of the volumes, by a client that signs with its own Signature Version 4: standard library only."""
import datetime
import hashlib
import hmac
import os
import pathlib
import re
import socket
import ssl
import urllib.parse

from practice import Case, Practice, call, main

ACCESS = "user_practice"
SECRET = "rps_practice_play_storage"


def hashed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature(secret, day, region, to_sign):
    key = ("AWS4" + secret).encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hashed(key, part)
    return hashed(key, to_sign).hex()


def encoded(pairs):
    return "&".join(f"{urllib.parse.quote(k, safe='-_.~')}={urllib.parse.quote(v, safe='-_.~')}" for k, v in sorted(pairs))


class Client:
    """One bucket at one address."""

    def __init__(self, base, region, bucket, secret=SECRET, access=ACCESS, skew=0):
        self.base, self.region, self.bucket, self.secret, self.access = base, region, bucket, secret, access
        self.skew = skew
        self.host = urllib.parse.urlsplit(base).netloc

    def path(self, key):
        return urllib.parse.urlsplit(self.base).path + "/" + self.bucket + (
            "/" + urllib.parse.quote(key, safe="/-_.~") if key else "")

    def now(self):
        time = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.skew)
        return time.strftime("%Y%m%dT%H%M%SZ")

    def ask(self, method, key="", body=b"", query=(), signed_body=None):
        time = self.now()
        day = time[:8]
        payload = hashlib.sha256(body if signed_body is None else signed_body).hexdigest()
        headers = {"host": self.host, "x-amz-content-sha256": payload, "x-amz-date": time}
        names = ";".join(sorted(headers))
        listed = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = f"{method}\n{self.path(key)}\n{encoded(query)}\n{listed}\n{names}\n{payload}"
        scope = f"{day}/{self.region}/s3/aws4_request"
        to_sign = f"AWS4-HMAC-SHA256\n{time}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        sent = {name: value for name, value in headers.items() if name != "host"}
        sent["Authorization"] = (f"AWS4-HMAC-SHA256 Credential={self.access}/{scope}, SignedHeaders={names}, "
                                 f"Signature={signature(self.secret, day, self.region, to_sign)}")
        url = "http://" + self.host + self.path(key) + ("?" + encoded(query) if query else "")
        return call(method, url, body or None, sent)

    def presigned(self, method, key, seconds=60):
        time = self.now()
        scope = f"{time[:8]}/{self.region}/s3/aws4_request"
        query = [("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", f"{self.access}/{scope}"),
                 ("X-Amz-Date", time), ("X-Amz-Expires", str(seconds)), ("X-Amz-SignedHeaders", "host")]
        canonical = f"{method}\n{self.path(key)}\n{encoded(query)}\nhost:{self.host}\n\nhost\nUNSIGNED-PAYLOAD"
        to_sign = f"AWS4-HMAC-SHA256\n{time}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        query.append(("X-Amz-Signature", signature(self.secret, time[:8], self.region, to_sign)))
        return "http://" + self.host + self.path(key) + "?" + encoded(query)


class Storage(Case):
    def volume(self, size=10):
        made = self.p.rest("POST", "/network-volumes", {"name": "models", "size": size, "dataCenter": "EU-RO-1"})
        self.assertEqual(made.status, 201)
        return made.json["id"]

    def client(self, volume, **other):
        return Client(self.p.addresses["volumes"].replace("%1", "eu-ro-1"), "EU-RO-1", volume, **other)

    def bucket(self, **other):
        return Client(self.p.addresses["volumes"].replace("%1", "bucket"), "any-1", "practice-pictures", **other)

    def test_a_volume_takes_lists_gives_back_and_deletes(self):
        s3 = self.client(self.volume())
        self.assertEqual(s3.ask("PUT", "a folder/ü.bin", b"\x00\xff bytes").status, 200)
        self.assertEqual(s3.ask("GET", "a folder/ü.bin").body, b"\x00\xff bytes")
        head = s3.ask("HEAD", "a folder/ü.bin")
        self.assertEqual((head.status, head.headers["Content-Length"], head.body), (200, "8", b""))
        self.assertIn(b"a folder/", s3.ask("GET", query=[("list-type", "2"), ("prefix", "a f")]).body)
        self.assertEqual(s3.ask("DELETE", "a folder/ü.bin").status, 204)
        self.assertEqual(s3.ask("GET", "a folder/ü.bin").status, 404)
        self.assertEqual(s3.ask("HEAD", "a folder/ü.bin").status, 404)

    def test_every_signature_is_checked(self):
        volume = self.volume()
        good = self.client(volume)
        self.assertEqual(self.client(volume, secret="wrong").ask("PUT", "k", b"x").status, 403)
        self.assertEqual(self.client(volume, access="nobody").ask("PUT", "k", b"x").status, 403)
        self.assertEqual(self.client(volume, skew=-3600).ask("PUT", "k", b"x").status, 403)
        self.assertEqual(good.ask("PUT", "k", b"other", signed_body=b"x").status, 400)
        self.assertEqual(call("GET", "http://" + good.host + good.path("k")).status, 403)
        self.assertEqual(good.ask("GET", "k").status, 404, "nothing of that was stored")
        elsewhere = Client(self.p.addresses["volumes"].replace("%1", "us-ks-2"), "US-KS-2", volume)
        self.assertEqual(elsewhere.ask("PUT", "k", b"x").status, 404, "a volume lives in one place")

    def test_large_objects_come_in_parts(self):
        s3 = self.client(self.volume())
        begun = s3.ask("POST", "big", query=[("uploads", "")])
        upload = re.search(r"<UploadId>(\w+)</UploadId>", begun.body.decode()).group(1)
        for number, part in ((2, b"b" * 70000), (1, b"a" * 70000)):
            put = s3.ask("PUT", "big", part, [("partNumber", str(number)), ("uploadId", upload)])
            self.assertTrue(put.headers["ETag"])
        self.assertEqual(s3.ask("GET", "big").status, 404, "not there before it is joined")
        self.assertEqual(s3.ask("POST", "big", b"<x/>", [("uploadId", upload)]).status, 200)
        self.assertEqual(s3.ask("GET", "big").body, b"a" * 70000 + b"b" * 70000)
        self.assertEqual(s3.ask("POST", "big", b"<x/>", [("uploadId", upload)]).status, 404)

    def test_presigned_addresses_open_one_object_of_the_users_bucket_for_a_while(self):
        bucket = self.bucket()
        address = bucket.presigned("PUT", "pictures/1.png")
        self.assertEqual(call("PUT", address, b"picture").status, 200)
        self.assertEqual(bucket.ask("GET", "pictures/1.png").body, b"picture")
        self.assertEqual(call("PUT", address.replace("1.png", "2.png"), b"picture").status, 403)
        self.assertEqual(call("GET", address).status, 403, "it is for PUT alone")
        self.assertEqual(call("PUT", self.bucket(skew=-120).presigned("PUT", "late"), b"x").status, 403)
        self.assertEqual(call("PUT", self.bucket(secret="no").presigned("PUT", "k"), b"x").status, 403)
        volume = self.client(self.volume())
        self.assertEqual(call("PUT", volume.presigned("PUT", "k"), b"x").status, 400, "volumes know none")

    def test_no_key_leads_out_of_the_bucket(self):
        s3 = self.client(self.volume())
        for key in ("../escape", "a/../../escape", "..%2Fescape"):
            self.assertGreaterEqual(s3.ask("PUT", key, b"x").status, 400 if "%" not in key else 200)
        self.assertEqual([p.name for p in pathlib.Path(self.p.folder).rglob("escape")], [])

    def test_a_deleted_volume_takes_its_objects_along(self):
        volume = self.volume()
        s3 = self.client(volume)
        s3.ask("PUT", "k", b"x")
        self.assertEqual(self.p.rest("DELETE", "/network-volumes/" + volume).status, 204)
        self.assertEqual(s3.ask("GET", "k").status, 404)


class Surroundings(Case):
    def manifest(self, version="1"):
        return call("HEAD", f"{self.p.addresses['registry']}/v2/visgate/practice-worker/manifests/{version}")

    def test_the_registry_knows_the_worker_image_until_it_is_gone(self):
        self.assertEqual(self.manifest().status, 200)
        self.assertEqual(self.manifest("2").status, 404)
        self.p.control("POST", "/image", {"image": "visgate/practice-worker:1", "exists": False})
        self.assertEqual(self.manifest().status, 404)
        self.p.control("POST", "/image", {"image": "visgate/practice-worker:1", "exists": True})
        self.assertEqual(self.manifest().status, 200)

    def test_the_date_runs_ahead_when_told(self):
        def ahead():
            said = self.p.rest("GET", "/serverless").headers["Date"]
            time = datetime.datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT")
            return (time - datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)).total_seconds()
        self.assertLess(abs(ahead()), 60)
        self.p.control("POST", "/clock", {"skew_seconds": 900})
        self.assertAlmostEqual(ahead(), 900, delta=60)

    def test_hosts_can_be_old(self):
        self.p.control("POST", "/cuda", {"pool": "AMPERE_48", "versions": ["11.8"]})
        gpus = self.p.rest("GET", "/catalog/gpus?include=AVAILABILITY&product=SERVERLESS").json["gpus"]
        versions = {g["pool"]: [v["version"] for v in g["cudaVersions"]] for g in gpus if g.get("cudaVersions")}
        self.assertEqual(versions["AMPERE_48"], ["11.8"])
        self.assertIn("12.4", versions["AMPERE_80"])

    def test_somebody_may_read_along(self):
        origin = urllib.parse.urlsplit(self.p.control("POST", "/interception", {"on": True})["origin"])
        with socket.create_connection((origin.hostname, origin.port), 10) as plain:
            with self.assertRaises(ssl.SSLCertVerificationError):
                ssl.create_default_context().wrap_socket(plain, server_hostname=origin.hostname)
        self.p.control("POST", "/interception", {"on": False})

    def test_weights_stand_in_with_their_own_size_and_sum(self):
        practice = Practice(worker=os.environ["VISGATE_WORKER"])
        self.addCleanup(practice.close)
        name = "/stabilityai/sdxl-turbo/resolve/main/vae/diffusion_pytorch_model.safetensors"
        moved = practice.hub("HEAD", name)
        self.assertEqual(moved.status, 302)
        size = int(moved.headers["X-Linked-Size"])
        with_range = call("GET", moved.headers["Location"], headers={"Range": "bytes=10-19"})
        whole = call("GET", moved.headers["Location"])
        self.assertEqual((with_range.status, with_range.body), (206, whole.body[10:20]))
        self.assertEqual(len(whole.body), size)
        self.assertEqual(hashlib.sha256(whole.body).hexdigest(), moved.headers["X-Linked-ETag"].strip('"'))


if __name__ == "__main__":
    main()
