# SPDX-License-Identifier: GPL-3.0-or-later
"""Our signing against a service that really checks it: OpenStack Swift with its s3api, set up here from Debian's
packages. Storage is set, tried out and forgotten through visgatectl; a picture made in practice goes there by an address
that was signed for it alone. Skipped by name where Swift is not installed or the disk keeps no extended attributes."""
import getpass
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/contract/practice"))
from storage_test import Client  # noqa: E402

SKIP = 77
ACCESS, SECRET = "test:tester", "testing"
REGION, BUCKET = "us-east-1", "pictures"
SERVERS = ("account", "container", "object")


def skip(reason):
    print(reason)
    sys.exit(SKIP)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def keeps_attributes(folder):
    file = folder / "attribute"
    file.touch()
    try:
        os.setxattr(file, "user.swift", b"1")
    except OSError:
        return False
    return True


class Swift:
    def __init__(self, folder):
        self.folder = folder
        self.ports = dict(zip((*SERVERS, "proxy", "memcached"), free_ports(5)))
        self.processes = []
        (folder / "devices/d1").mkdir(parents=True)
        self.common = f"swift_dir = {folder}\nuser = {getpass.getuser()}\nbind_ip = 127.0.0.1\nlog_level = WARNING\n"
        (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = a\nswift_hash_path_prefix = b\n")
        for name in SERVERS:
            self.ring(name)
            (folder / f"{name}-server.conf").write_text(
                f"[DEFAULT]\n{self.common}bind_port = {self.ports[name]}\nworkers = 0\ndevices = {folder}/devices\n"
                f"mount_check = false\n[pipeline:main]\npipeline = {name}-server\n"
                f"[app:{name}-server]\nuse = egg:swift#{name}\n")
        middleware = ["catch_errors", "gatekeeper", "cache", "listing_formats", "s3api", "tempauth", "copy", "slo", "dlo",
                      "versioned_writes", "symlink"]
        options = {"cache": f"use = egg:swift#memcache\nmemcache_servers = 127.0.0.1:{self.ports['memcached']}",
                   "s3api": f"use = egg:swift#s3api\nlocation = {REGION}",
                   "tempauth": "use = egg:swift#tempauth\nuser_test_tester = testing .admin .reseller_admin",
                   "versioned_writes": "use = egg:swift#versioned_writes\nallow_object_versioning = true"}
        (folder / "proxy-server.conf").write_text(
            f"[DEFAULT]\n{self.common}bind_port = {self.ports['proxy']}\nworkers = 0\n"
            f"[pipeline:main]\npipeline = {' '.join(middleware)} proxy-server\n"
            "[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n"
            + "".join(f"[filter:{name}]\n{options.get(name, f'use = egg:swift#{name}')}\n" for name in middleware))

    def ring(self, name):
        builder = self.folder / f"{name}.builder"
        for step in (["create", "4", "1", "1"], ["add", f"r1z1-127.0.0.1:{self.ports[name]}/d1", "1"], ["rebalance"]):
            subprocess.run(["swift-ring-builder", builder, *step], check=True, stdout=subprocess.DEVNULL)

    def start(self):
        # The folder is named to the programs by way of their own library: they look into /etc/swift otherwise.
        run = ("import sys, runpy; from swift.common import utils; utils.set_swift_dir(sys.argv[1]); "
               "sys.argv = sys.argv[2:]; runpy.run_path(sys.argv[0], run_name='__main__')")
        memcached = ["memcached", "-l", "127.0.0.1", "-p", str(self.ports["memcached"]), "-u", getpass.getuser()]
        self.launch(memcached)
        for name in (*SERVERS, "proxy"):
            self.launch(["/usr/bin/python3", "-c", run, str(self.folder), shutil.which(f"swift-{name}-server"),
                         str(self.folder / f"{name}-server.conf")])
        self.base = f"http://127.0.0.1:{self.ports['proxy']}"
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if any(process.poll() is not None for process in self.processes):
                break
            try:
                if self.client().ask("PUT").status in (200, 409):
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("Swift did not come up:\n" + (self.folder / "log").read_text()[-3000:])

    def launch(self, command):
        log = (self.folder / "log").open("a")
        self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL))

    def client(self, secret=SECRET):
        return Client(self.base, REGION, BUCKET, secret=secret, access=ACCESS)

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(20)


def visgatectl(data, *arguments, secret=None, succeeds=True):
    program = Path(os.environ["VISGATE_BIN"]) / "visgatectl"
    done = subprocess.run([program, *arguments, "--json", "--data-dir", data], input=secret, capture_output=True, text=True,
                          timeout=240, check=False)
    if (done.returncode == 0) != succeeds:
        raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip().startswith("{") else {}


def check(swift, data):
    bucket = swift.client()
    where = ("storage", "set", "--endpoint", swift.base, "--region", REGION, "--bucket", BUCKET, "--prefix", "visgate/",
             "--key-id", ACCESS)
    visgatectl(data, *where, secret="not the key\n")
    visgatectl(data, "storage", "test", succeeds=False)
    print("ok: a wrong key is refused by Swift, and said")
    state = visgatectl(data, *where, secret=SECRET + "\n")
    assert state["configured"] and state["has_keys"] and SECRET not in json.dumps(state), state
    assert visgatectl(data, "storage", "test") == {"works": True}
    print("ok: Swift took, gave back and deleted what was signed")
    ready = visgatectl(data, "deploy", "stabilityai/sdxl-turbo", "--target", "practice", "--speed", "200", "--wait",
                       "--prompt", "a red circle on white")
    kept = bucket.ask("GET", f"visgate/{ready['job']['job_id']}-1.png")
    assert kept.status == 200 and kept.body.startswith(b"\x89PNG"), kept
    assert Path(ready["artifact"]).read_bytes() == kept.body, "the engine fetched another picture"
    print("ok: a worker put its picture to a presigned address in Swift, and the engine fetched it")
    visgatectl(data, "delete", ready["deployment_id"])
    visgatectl(data, "storage", "forget")
    assert not visgatectl(data, "storage")["configured"]
    print("ok: forgotten")


def main():
    missing = [name for name in (*(f"swift-{server}-server" for server in (*SERVERS, "proxy")), "swift-ring-builder",
                                 "memcached") if not shutil.which(name)]
    if missing:
        skip(f"not installed: {', '.join(missing)} (Debian: swift-proxy swift-account swift-container swift-object memcached)")
    with tempfile.TemporaryDirectory(prefix="swift-") as name:
        folder = Path(name)
        if not keeps_attributes(folder):
            skip(f"{folder} keeps no extended attributes, which Swift needs")
        swift = Swift(folder)
        data = folder / "data"
        data.mkdir(mode=0o700)
        try:
            swift.start()
            check(swift, str(data))
        finally:
            swift.stop()


if __name__ == "__main__":
    main()
