# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches a model from the hub: the parts that its index names, their configurations, their words, and safetensors. Never
pickles, never program code."""
import errno
import json
import os
import pathlib
import re
import shutil
import threading
import time

from visgate_bootstrap import cache
from visgate_bootstrap.failure import Failure

INDEXES = ("model_index.json", "modular_model_index.json")
BESIDE_WEIGHTS = (".json", ".txt", ".model", ".jinja")
SHARD_INDEX = re.compile(r"[^.]+\.safetensors\.index\.json")  # without a variant, such as fp16, in its name
ONE_FILE = re.compile(r"[^.]+\.safetensors")
SHARD = re.compile(r"-\d{5}-of-\d{5}\.safetensors$")
STALL_SECONDS = 180
BEAT_SECONDS = 2
SPARE_BYTES = 1 << 30
ATTEMPTS = 3
FETCHERS = 8


def fetch(settings, events, token):
    """The model's folder on this machine."""
    os.environ.update(HF_HUB_DISABLE_PROGRESS_BARS="1", HF_HUB_DISABLE_TELEMETRY="1", HF_XET_CHUNK_CACHE_SIZE_BYTES="0")
    import huggingface_hub

    if not (cache.stays_inside(settings.model_id) and cache.stays_inside(settings.revision)):
        raise Failure("E_MODEL_NOT_FOUND", f"{settings.model_id} is no model of the hub.")
    hub = _Hub(huggingface_hub, settings.model_id, settings.revision, token)
    sizes = hub.files()
    target = _writable(cache.own_folders(settings))
    names = choose(sizes, lambda name: json.loads(pathlib.Path(hub.get(name, target)).read_text(encoding="utf-8")))
    total = sum(sizes[name] for name in names)
    blobs = target / cache.repository_folder(settings.model_id) / "blobs"
    missing = max(0, total - _bytes_in(blobs))
    free = shutil.disk_usage(target).free
    if missing + SPARE_BYTES > free:
        raise Failure("E_DISK_FULL", f"The model needs {_gigabytes(missing)} GB more on this machine's disk; "
                                     f"{_gigabytes(free)} GB are free.")
    folder = pathlib.Path(_watched(lambda: hub.snapshot(names, target), blobs, total, events))
    (folder / cache.MARKER).write_text("")
    return folder


def choose(sizes, read):
    """The names of the files to fetch out of those that there are; `read` gives the JSON in one of them."""
    index = next((name for name in INDEXES if name in sizes), None)
    if index is None:
        raise Failure("E_LOAD", "This is no model of diffusers: it has no model_index.json.")
    parts = [name for name, value in read(index).items()
             if isinstance(value, list) and value and value[0] is not None and cache.stays_inside(name)]
    chosen = {index}
    for part in parts:
        here = {name.rpartition("/")[2]: name for name in sizes if name.rpartition("/")[0] == part}
        chosen |= {whole for name, whole in here.items() if name.endswith(BESIDE_WEIGHTS)}
        shards = [whole for name, whole in here.items() if SHARD_INDEX.fullmatch(name)]
        if shards:
            wanted = {f"{part}/{name}" for shard in shards for name in read(shard)["weight_map"].values()}
            if not wanted <= set(sizes):
                raise Failure("E_LOAD", f"The hub lacks weights that {part}'s own index names.")
            chosen |= {name for name in wanted if name.endswith(".safetensors")}
        else:
            chosen |= {whole for name, whole in here.items() if ONE_FILE.fullmatch(name) and not SHARD.search(name)}
    if not any(name.endswith(".safetensors") for name in chosen):
        raise Failure("E_LOAD", "The model has no weights in safetensors, and others are not loaded.")
    return sorted(chosen)


class _Hub:
    """The hub's own client, its errors in our codes."""

    def __init__(self, library, model_id, revision, token):
        self.library, self.model_id, self.revision, self.token = library, model_id, revision or None, token or None

    def files(self):
        info = self._ask(lambda: self.library.HfApi(token=self.token).model_info(
            self.model_id, revision=self.revision, files_metadata=True))
        self.revision = info.sha  # one state of it, whatever is pushed meanwhile
        return {file.rfilename: file.size or 0 for file in info.siblings}

    def get(self, name, target):
        return self._ask(lambda: self.library.hf_hub_download(
            self.model_id, name, revision=self.revision, cache_dir=str(target), token=self.token))

    def snapshot(self, names, target):
        return self._ask(lambda: self.library.snapshot_download(
            self.model_id, revision=self.revision, cache_dir=str(target), allow_patterns=names, token=self.token,
            max_workers=FETCHERS))

    def _ask(self, question):
        from huggingface_hub import errors

        for attempt in range(1, ATTEMPTS + 1):
            try:
                return question()
            except errors.GatedRepoError:
                raise Failure("E_GATED", f"The hub does not let this token have {self.model_id}: its licence is not accepted, "
                                         "or there is no token.") from None
            except errors.LocalEntryNotFoundError as error:  # not here and not to be had: the network
                why = f"{type(error).__name__}: {error}"[:500]
            except (errors.RepositoryNotFoundError, errors.RevisionNotFoundError, errors.EntryNotFoundError,
                    errors.HFValidationError) as error:
                raise Failure("E_MODEL_NOT_FOUND", f"The hub has no {self.model_id} in this revision, or hides it from this "
                                                   f"token ({type(error).__name__}).") from None
            except Exception as error:  # the network, in whichever of its libraries' forms
                why = f"{type(error).__name__}: {error}"[:500]
                if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "No space left" in why:
                    raise Failure("E_DISK_FULL", "This machine's disk became full while the model was fetched.") from None
            if attempt < ATTEMPTS:
                time.sleep(2**attempt)
        raise Failure("E_LOAD", f"The model could not be fetched from the hub: {why}")


def _writable(folders):
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f".visgate-probe-{time.monotonic_ns()}"
            probe.touch()
            probe.unlink()
            return folder
        except OSError as error:
            last = error
    raise Failure("E_DISK_FULL", f"There is nowhere to keep the model: {last.strerror}.")


def _watched(fetching, blobs, total, events):
    """Does it on a thread of its own, and tells how far it is; gives up on it when no byte comes for long."""
    outcome = {}

    def work():
        try:
            outcome["folder"] = fetching()
        except Failure as failure:
            outcome["failure"] = failure

    thread = threading.Thread(target=work, daemon=True)
    first = _bytes_in(blobs)
    had, began = first, time.monotonic()
    moved = began
    events.emit("download", bytes=first, total=total, bytes_per_s=0)
    thread.start()
    while thread.is_alive():
        thread.join(BEAT_SECONDS)
        now, have = time.monotonic(), _bytes_in(blobs)
        if have != had:
            had, moved = have, now
            events.emit("download", bytes=min(have, total), total=total, bytes_per_s=int((have - first) / max(0.1, now - began)))
        elif now - moved > STALL_SECONDS:
            raise Failure("E_LOAD_TIMEOUT", f"The model's download stood still for {STALL_SECONDS} seconds.")
    if "failure" in outcome:
        raise outcome["failure"]
    if "folder" not in outcome:
        raise Failure("E_LOAD", "The model could not be fetched from the hub.")
    if had < total:
        events.emit("download", bytes=total, total=total,
                    bytes_per_s=int(max(0, total - first) / max(0.1, time.monotonic() - began)))
    return outcome["folder"]


def _bytes_in(folder):
    """On the disk: a file may have its size before it has its bytes."""
    found = 0
    try:
        for path in folder.iterdir():
            state = path.stat()
            found += min(state.st_size, state.st_blocks * 512)
    except OSError:
        return found
    return found


def _gigabytes(count):
    return f"{count / 1e9:.1f}"
