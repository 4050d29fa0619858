# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom: folders (layers), the rooms inside a folder, and how large a room may grow.

The tables are data: a line says what a folder or room may include besides itself. "." is a folder's own top. A folder that has
rooms stands in ROOMS with each of them, so a new room needs its line here, and one in DESCRIPTION that says what it is for.
"""
import re

# Folder of core -> folders of core, lower ones first: each may include all of the lines above its own.
_CORE_LAYERS = [
    "foundation",
    "base",
    "domain",
    "codec",
    "operations",
    "catalog secrets store net",
    "picture_engine providers",
    "engine",
    "service",
    "api",
]
# The same for the window. A screen never includes another screen.
_UI_LAYERS = [
    "theme",
    "common",
    "widgets item_models",
    "logs charts",
    "model_cache deploy endpoint",  # what opens over a screen, whichever it is
    "home model_browser studio monitor spend settings",
    "shell",
]
_UI_CORE = "foundation base domain codec operations catalog secrets service"  # the window reaches the engine through the service alone

# Folder -> its rooms -> rooms of the same folder that they may include.
ROOMS = {
    "core/foundation": {
        ".": "",
        "platform": ".",
        "json": ".",
        "logs": ". platform",
        "sockets": ". platform",
        "http": ". sockets",
        "crypto": ". http",
        "worker_protocol": ". json logs",
        "recipe": ". json worker_protocol",
    },
    "core/base": {"platform": "", ".": "platform"},
    "core/secrets": {"platform": "", ".": "platform"},
    "core/store": {".": "", "metrics": "."},
    "core/domain": {
        "errors": "",
        "picture_engine": "",
        "warm": "",
        "jobs": "",
        "provider": "",
        "deployment": "jobs provider warm",
        "model": "deployment",
        "storage": "deployment provider",
        "gpu": "jobs model storage",
        "money": "deployment gpu jobs storage",
        "metrics": "deployment jobs",
        "preflight": "deployment gpu model",
        "recipe": "deployment jobs",
    },
    "core/providers": {".": "", "queue": ".", "runpod": ". queue", "this_computer": ". queue"},
    "core/engine": {
        "context": "",
        "sessions": "context",
        "starts": "context sessions",
        "logs": "context starts",
        "metrics": "context",
        "money": "context sessions starts",
        "volumes": "context sessions",
        "jobs": "context logs sessions starts",
        "preflight": "context money sessions starts volumes",
        "run": "context jobs logs metrics money preflight sessions",
        "creation": "context jobs money preflight run sessions volumes",
        "observation": "context jobs logs metrics money preflight run sessions starts",
        "changes": "context creation jobs money observation run sessions",
        "ending": "changes context jobs money run",
        "deployments": "changes context creation ending jobs logs money observation preflight run sessions starts volumes",
        "accounts": "context deployments money sessions volumes",
        "handlers": "context creation deployments jobs logs metrics money preflight sessions starts volumes",
        ".": "accounts context deployments handlers jobs logs metrics money sessions starts volumes",
    },
    "core/practice": {
        "platform": "",
        "storage": "platform",
        "hub": "storage",
        "faults": "",
        "world": "faults hub platform storage",
        "queue": "world",
        "fleet": "platform queue world",
        "wire": "faults fleet hub queue storage world",
        ".": "fleet hub platform queue storage wire world",
    },
    "worker": {
        "platform": "",
        "events": "",
        "runners": "platform",
        "queue": "events platform",
        "http": "events queue",
        "model_store": "platform queue",
        "delivery": "platform queue runners",
        "supervisor": "delivery events queue runners",
        ".": "delivery events http model_store platform queue runners supervisor",
    },
    "cli": {
        "terminal": "",
        "platform": "terminal",
        ".": "platform terminal",
        "flows": ". terminal",
        "commands": ". flows terminal",
    },
    "ui/theme": {".": "", "platform": "."},
    "app": {"platform": "", ".": "platform", "visgate": ".", "visgatectl": "."},
}

DESCRIPTION = "docs/architecture.md"
MOST_FILES = 30


def _under(top, names):
    return {f"{top}/{name}" for name in names.split()}


def _may_include():
    table, lower = {}, set()
    for layer in _CORE_LAYERS:
        table.update({folder: set(lower) for folder in _under("core", layer)})
        lower |= _under("core", layer)
    table["core/catalog"].add("core/net")  # the hub client speaks HTTP
    table["core/practice"] = {"core/foundation"}
    core = set(table)
    seen = _under("core", _UI_CORE)
    for layer in _UI_LAYERS:
        table.update({folder: set(seen) for folder in _under("ui", layer)})
        seen |= _under("ui", layer)
    table["worker"] = {"core/foundation"}
    table["cli"] = core
    table["app"] = core | seen | {"cli"}
    return table


MAY_INCLUDE = _may_include()


def folder_of(name):
    """The folder of MAY_INCLUDE that a file belongs to: core/X, ui/X, or the first part of its path."""
    parts = name.split("/")
    if parts[0] in ("core", "ui") and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0]


def place(folder, room):
    """The path of a room."""
    return folder if room == "." else f"{folder}/{room}"


def places():
    """Every folder and room of the tables."""
    return {place(folder, room) for folder in MAY_INCLUDE for room in ROOMS.get(folder, ["."])}


def room_of(name):
    """The room inside that folder: the next part of its path, or "." at the folder's top."""
    rest = name[len(folder_of(name)) + 1:].split("/")
    return rest[0] if len(rest) > 1 else "."


def check(number, name, target):
    """What is wrong with the include of target, another source of this project, in line number of the file name."""
    folder, other = folder_of(name), folder_of(target)
    if folder not in MAY_INCLUDE:
        return  # check_rooms() says so
    if other != folder and other not in MAY_INCLUDE[folder]:
        yield number, "layers", f"{folder} may not include {other} ({target})"
    elif other == folder and room_of(target) != room_of(name):
        allowed = ROOMS.get(folder, {}).get(room_of(name), "").split()
        if room_of(target) not in allowed:
            yield number, "rooms", f"{folder}: {room_of(name)} may not include {room_of(target)} ({target})"


def check_rooms(names, description):
    """Rooms that nobody knows or that are not described, and rooms with too many files, as (name, line, rule, what)."""
    rooms = {}
    for name in names:
        if not name.startswith("tests/") and re.search(r"\.(cpp|h)$", name):
            rooms.setdefault(place(folder_of(name), room_of(name)), []).append(name)
    described = {match.group(1): description.count("\n", 0, match.start()) + 1
                 for match in re.finditer(r"^\| `([^`]+)` \|", description, re.MULTILINE)}
    for room, files in sorted(rooms.items()):
        if room not in places():
            yield files[0], 1, "rooms", f"{room} is not in the table of tests/lint/include_rules.py"
        elif room not in described:
            yield files[0], 1, "rooms", f"{DESCRIPTION} does not say what {room} is for"
        if len(files) > MOST_FILES:
            yield files[-1], 1, "room-size", f"{room} has {len(files)} files; {MOST_FILES} are a room"
    for room in sorted(described.keys() - places()):
        yield DESCRIPTION, described[room], "rooms", f"there is no {room}"


def check_description(root, description):
    """Files that DESCRIPTION sends its reader to and that are not there, as (name, line, rule, what). Words in capitals stand for any."""
    for number, line in enumerate(description.splitlines(), 1):
        for name in re.findall(r"`([\w/]+/\w+\.(?:cpp|h|py|ts))`", line):
            if not re.search(r"[A-Z]{2}", name) and not (root / name).exists():
                yield DESCRIPTION, number, "rooms", f"there is no {name}"


def cycle(table):
    """The folders or rooms of one cycle of a table {who: whom it may include}; empty where there is none."""
    done, path = set(), []

    def walk(who):
        if who in path:
            return path[path.index(who):] + [who]
        if who in done:
            return []
        path.append(who)
        for whom in sorted(table.get(who, ())):
            if found := walk(whom):
                return found
        path.pop()
        done.add(who)
        return []

    for who in sorted(table):
        if found := walk(who):
            return found
    return []


def check_tables():
    """A cycle that the tables themselves allow, as (name, line, rule, what)."""
    rooms = {folder: {room: may.split() for room, may in table.items()} for folder, table in ROOMS.items()}
    for where, table in [("layers", MAY_INCLUDE), *rooms.items()]:
        if found := cycle(table):
            yield "tests/lint/include_rules.py", 1, "room-cycle", f"{where}: {' -> '.join(found)}"
