# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker's images, built from packaging/container/Containerfile, run, and pushed to a registry of this computer's own. Runs by
name only: with CUDA's wheels it takes gigabytes, and it wants to be root."""
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import build
from results import Result, from_command

WORK = Path("build/containers")
BASE = "docker.io/library/debian:12-slim"
SUITE = "bookworm"
REGISTRY = "127.0.0.1:5017"
TARGETS = ("native", "full")
TEST = "tests/container/image_test.py"
SESSION = "tests/support/with_session"
RECIPES = Path("../shared/recipes/worker")  # what makes the tiny model
OWN_CERTIFICATES = Path("/usr/local/share/ca-certificates")  # of a computer behind a proxy
NAMES = [f"container/{target}" for target in TARGETS]
HOUR = 3600


def run(options):
    reason = _whyNot()
    if reason:
        yield from (Result(name, "skipped", reason) for name in NAMES)
        return
    programs = (build.build("asan") / "bin").resolve()
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    registry = _registry()
    try:
        yield _base()
        for target in TARGETS:
            yield _image(target, programs)
    finally:
        registry.terminate()
        registry.wait()
        _tool("podman", "system", "reset", "--force")
        shutil.rmtree(WORK, ignore_errors=True)


def _whyNot():
    if os.geteuid() != 0:
        return "images are built and run as root here"
    if not RECIPES.is_dir():
        return f"{RECIPES} is not at hand"
    missing = [name for name in ("buildah", "podman", "runc", "skopeo", "docker-registry", "mmdebstrap") if not shutil.which(name)]
    return f"not installed: {', '.join(missing)}" if missing else ""


def environment():
    """Everything that is kept of images lies in the build folder."""
    folder = WORK.resolve()
    (folder / "storage.conf").write_text(
        f'[storage]\ndriver = "overlay"\ngraphroot = "{folder}/storage"\nrunroot = "{folder}/run"\n', encoding="utf-8")
    return {**os.environ, "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf"), "TMPDIR": str(folder)}


def _tool(*command, seconds=HOUR):
    return subprocess.run(command, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", timeout=seconds)


def _registry():
    config = WORK / "registry.yml"
    config.write_text(f"version: 0.1\nstorage: {{filesystem: {{rootdirectory: {WORK.resolve()}/registry}}}}\n"
                      f"http: {{addr: '{REGISTRY}'}}\nlog: {{level: error}}\n", encoding="utf-8")
    return subprocess.Popen(["docker-registry", "serve", config], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def _base():
    """Debian as it comes, under the name that the Containerfile begins with: made here, where its registry is out of reach."""
    script = f"""set -euo pipefail
mmdebstrap --variant=minbase --quiet {SUITE} {WORK}/base.tar
container=$(buildah from scratch)
buildah add --quiet "$container" {WORK}/base.tar /
for certificate in {OWN_CERTIFICATES}/*.crt; do
    [ ! -e "$certificate" ] || buildah copy --quiet "$container" "$certificate" {OWN_CERTIFICATES}/
done
buildah config --cmd bash "$container"
buildah commit --quiet --rm "$container" {BASE}
rm {WORK}/base.tar
"""
    return from_command("container/base", _tool("bash", "-c", script))


def _image(target, programs):
    name = f"container/{target}"
    begin = time.monotonic()
    image = f"{REGISTRY}/visgate-worker:{target}"
    built = _tool("buildah", "bud", "--isolation", "chroot", "--pull-never", "--layers", "--target", target, "--file",
                  "packaging/container/Containerfile", "--tag", image, ".")
    if built.returncode != 0:
        return from_command(name, built)
    minutes = (time.monotonic() - begin) / 60
    with tempfile.TemporaryDirectory(prefix="visgate-container.") as folder:
        variables = {**environment(), "VISGATE_BIN": str(programs), "WORKER_IMAGE": image, "WORKER_TARGET": target,
                     "RECIPES": str(RECIPES.resolve()), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": folder}
        done = subprocess.run([SESSION, "/usr/bin/python3", TEST], env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", timeout=HOUR)
    if done.returncode == 0:
        figures = [line for line in done.stdout.splitlines() if line.startswith("figure: ")]
        print(f"{name}: built in {minutes:.1f} min", *figures, sep="\n", flush=True)
    return from_command(name, done)
