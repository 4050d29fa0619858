# SPDX-License-Identifier: GPL-3.0-or-later
"""Our Signature Version 4 beside botocore's, which AWS's own tools sign with: random requests and random addresses that are
good for a while, with every kind of character in their keys, queries and headers."""
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

REQUESTS = 1000
LETTERS = "abcXYZ019-_.~ +%/?#&=:;,@!$'()*[]{}<>\"\\^`|ğüşİı漢字\U0001f3a8\t"


def text(chance, most, letters=LETTERS):
    return "".join(chance.choice(letters) for _ in range(chance.randint(1, most)))


def encoded(value, safe=""):
    return urllib.parse.quote(value, safe="-_.~" + safe)


def path(chance):
    segments = [text(chance, 12).replace("/", "") for _ in range(chance.randint(0, 4))]
    segments += chance.choice([[], [""], ["..", "a"], [".", "b"]])
    return "/" + "/".join(encoded(segment) for segment in segments)


def query(chance):
    pairs = [(encoded(text(chance, 8)), encoded(text(chance, 8)) if chance.random() < 0.8 else "")
             for _ in range(chance.choice([0, 0, 1, 2, 5]))]
    pairs += chance.choice([[], [("uploads", "")], [("partNumber", str(chance.randint(1, 10000))), ("uploadId", encoded(text(chance, 20)))]])
    return "&".join(f"{name}={value}" for name, value in pairs)


def headers(chance):
    words = "ab  c\td"
    plain = {f"x-amz-meta-{number}": text(chance, 12, words).strip() or "x" for number in range(chance.choice([0, 1, 3]))}
    if chance.random() < 0.5:
        plain["Content-Type"] = chance.choice(["image/png", "video/mp4", "application/xml; charset=utf-8"])
    return plain


class Signer:
    """Ours, as a process."""

    def __init__(self):
        self.process = subprocess.Popen([Path(os.environ["VISGATE_BIN"]) / "request_signer"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, **what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n")

    def end(self):
        self.process.stdin.close()
        self.process.wait(60)


def part(name, authorization):
    return re.search(rf"{name}=([^,\s]+)", authorization).group(1)


def check_header(chance, signer, AWSRequest, S3SigV4Auth, credentials, region):
    method, host = chance.choice(["GET", "PUT", "POST", "DELETE", "HEAD"]), chance.choice(["bucket.example", "127.0.0.1:9000"])
    asked = query(chance)
    target = path(chance) + ("?" + asked if asked else "")
    body = chance.randbytes(chance.choice([0, 1, 100]))
    sent = headers(chance)
    theirs = AWSRequest(method, f"http://{host}{target}", data=body, headers=dict(sent))
    S3SigV4Auth(credentials, "s3", region).add_auth(theirs)
    ours = signer.ask(method=method, host=host, target=target, headers=list(sent.items()),
                      payload_hash=hashlib.sha256(body).hexdigest(), access=credentials.access_key, secret=credentials.secret_key,
                      token=credentials.token or "", region=region, time=theirs.headers["X-Amz-Date"])
    for name in ("Credential", "SignedHeaders", "Signature"):
        assert part(name, ours) == part(name, theirs.headers["Authorization"]), (method, host, target, sent, ours, dict(theirs.headers))


def check_address(chance, signer, AWSRequest, S3SigV4QueryAuth, credentials, region):
    method, host, validity = chance.choice(["GET", "PUT"]), "bucket.example", chance.randint(1, 604800)
    target = path(chance)
    theirs = AWSRequest(method, f"http://{host}{target}")
    S3SigV4QueryAuth(credentials, "s3", region, expires=validity).add_auth(theirs)
    given = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(theirs.url).query))
    ours = signer.ask(method=method, host=host, target=target, headers=[], validity=validity, access=credentials.access_key,
                      secret=credentials.secret_key, token=credentials.token or "", region=region, time=given["X-Amz-Date"])
    assert dict(urllib.parse.parse_qsl(urllib.parse.urlsplit("http://h" + ours).query)) == given, (target, ours, theirs.url)


def main():
    try:
        from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
    except ImportError as reason:
        print(f"botocore is not installed: {reason}")
        sys.exit(77)
    seed = int(os.environ.get("VISGATE_TEST_SEED") or 1)
    chance = random.Random(seed)
    signer = Signer()
    try:
        for number in range(REQUESTS):
            token = text(chance, 40, "abc/+=") if chance.random() < 0.3 else None
            credentials = Credentials(text(chance, 20, "AKID09"), text(chance, 40, "ab/+="), token)
            region = chance.choice(["us-east-1", "eu-central-1", "auto"])
            check_header(chance, signer, AWSRequest, S3SigV4Auth, credentials, region)
            check_address(chance, signer, AWSRequest, S3SigV4QueryAuth, credentials, region)
    finally:
        signer.end()
    print(f"ok: {REQUESTS} requests and {REQUESTS} addresses are signed as botocore signs them (seed {seed})")


if __name__ == "__main__":
    main()
