# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the hub's client: a folder (VISGATE_STAND_IN_HUB) is the hub. A model with a file GATED needs the licence, one
with BROKEN a network."""
import os
import pathlib
import shutil
import types

from huggingface_hub import errors

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def _model(model_id, token):
    folder = pathlib.Path(os.environ["VISGATE_STAND_IN_HUB"], model_id)
    if not folder.is_dir():
        raise errors.RepositoryNotFoundError("404")
    if (folder / "GATED").is_file():
        raise errors.GatedRepoError("403")
    if (folder / "BROKEN").is_file():
        raise ConnectionError(f"cannot connect; headers were authorization: Bearer {token}")
    return folder


class HfApi:
    def __init__(self, token):
        self.token = token

    def model_info(self, model_id, revision, files_metadata):
        folder = _model(model_id, self.token)
        files = [types.SimpleNamespace(rfilename=str(file.relative_to(folder)), size=file.stat().st_size)
                 for file in folder.rglob("*") if file.is_file()]
        return types.SimpleNamespace(sha=COMMIT, siblings=files)


def hf_hub_download(model_id, name, revision, cache_dir, token):
    assert revision == COMMIT
    here = pathlib.Path(cache_dir, "models--" + model_id.replace("/", "--"))
    target = here / "snapshots" / COMMIT / name
    blob = here / "blobs" / name.replace("/", "--")
    for folder in (blob.parent, target.parent, here / "refs"):
        folder.mkdir(parents=True, exist_ok=True)
    (here / "refs/main").write_text(COMMIT)
    shutil.copy(_model(model_id, token) / name, blob)
    target.unlink(missing_ok=True)
    target.symlink_to(blob)
    return str(target)


def snapshot_download(model_id, revision, cache_dir, allow_patterns, token, max_workers):
    for name in allow_patterns:
        hf_hub_download(model_id, name, revision, cache_dir, token)
    return str(pathlib.Path(cache_dir, "models--" + model_id.replace("/", "--"), "snapshots", revision))
