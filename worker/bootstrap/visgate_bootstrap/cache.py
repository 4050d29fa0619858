# SPDX-License-Identifier: GPL-3.0-or-later
"""Models that are there already, found as worker/model_store does: in the provider's cache, and in folders that we fill."""
import pathlib

MARKER = ".visgate-complete"


def own_folders(settings):
    """Where we keep models, the best place first."""
    volume = [settings.volume / "visgate/models"] if settings.has_volume else []
    return [*settings.cache_folders, *volume, settings.scratch / "visgate-models"]


def find(settings):
    """The model's folder; None if it must be fetched."""
    named = pathlib.Path(settings.model_id)
    if named.is_absolute() and named.is_dir():
        return named
    if not (stays_inside(settings.model_id) and stays_inside(settings.revision)):
        return None
    own = own_folders(settings)
    provided = [folder for folder in [settings.volume / "huggingface-cache/hub"] if folder not in own]
    for folder in [*provided, *own]:
        for snapshot in _candidates(folder / repository_folder(settings.model_id), settings.revision):
            if (snapshot / MARKER).is_file() if folder in own else _looks_whole(snapshot):
                return snapshot
    return None


def repository_folder(model_id):
    return "models--" + model_id.replace("/", "--")


def stays_inside(part):
    """Ids and revisions become parts of paths."""
    return ".." not in part and "\\" not in part and not part.startswith("/")


def _candidates(model, revision):
    try:
        commit = (model / "refs" / (revision or "main")).read_text().strip()[:128]
    except OSError:
        commit = ""
    found = [model / "snapshots" / commit] if commit and stays_inside(commit) else []
    if revision:
        return [*found, model / "snapshots" / revision]
    try:
        return [*found, *sorted((model / "snapshots").iterdir())]
    except OSError:
        return found


def _looks_whole(folder):
    """Its files are links to blobs, and a blob that is still being fetched has another name."""
    try:
        files = [path for path in folder.rglob("*") if not path.is_dir()]
        return bool(files) and all(path.is_file() and path.suffix != ".incomplete" for path in files)
    except OSError:
        return False
