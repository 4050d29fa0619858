# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of the hub as its own client needs to fetch a model: models are folders."""
import hashlib
import http.server
import json
import pathlib
import socketserver
import threading
import urllib.parse

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class SmallHub(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def __init__(self, folder, gated=()):
        super().__init__(("127.0.0.1", 0), Desk)
        self.folder, self.gated = pathlib.Path(folder), gated
        self.fetched, self.tokens = [], set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_port}"


class Desk(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        """Nobody reads it."""

    def answer(self, status, data=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), "X-Repo-Commit": COMMIT, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def do_GET(self):
        self.server.tokens.add(self.headers.get("Authorization"))
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).strip("/")
        is_api = path.startswith("api/models/")
        words = path.removeprefix("api/models/").split("/")
        model, rest = "/".join(words[:2]), words[2:]
        folder = self.server.folder / model
        if len(words) < 2 or not folder.is_dir():
            return self.answer(404, X_Error_Code="RepoNotFound")
        files = {str(file.relative_to(folder)): file for file in sorted(folder.rglob("*")) if file.is_file()}
        if is_api and rest[:1] in ([], ["revision"]):
            about = {"id": model, "sha": COMMIT, "siblings": [{"rfilename": name, "size": file.stat().st_size}
                                                             for name, file in files.items()]}
            return self.answer(200, json.dumps(about).encode(), Content_Type="application/json")
        if is_api and rest[:1] == ["tree"]:
            tree = [{"type": "file", "path": name, "size": file.stat().st_size, "oid": "0" * 40} for name, file in files.items()]
            return self.answer(200, json.dumps(tree).encode(), Content_Type="application/json")
        if model in self.server.gated:
            return self.answer(403, X_Error_Code="GatedRepo")
        file = files.get("/".join(rest[2:]))
        if rest[:1] != ["resolve"] or file is None:
            return self.answer(404, X_Error_Code="EntryNotFound")
        data = file.read_bytes()
        if self.command == "GET":
            self.server.fetched.append("/".join(rest[2:]))
        self.answer(200, data, ETag=f'"{hashlib.sha256(data).hexdigest()}"', Content_Type="application/octet-stream")

    do_HEAD = do_GET
