# SPDX-License-Identifier: GPL-3.0-or-later
"""Files put to addresses that the job brought, which the panel has signed: over https to public addresses, over http on this
computer only, and never to where the other side would like to send us on."""
import http.client
import ipaddress
import socket
import ssl
import time
import urllib.parse

PATIENCE_SECONDS = 120
TOTAL_SECONDS = 600
ATTEMPTS = 3
BLOCK = 1 << 20


def is_allowed(address):
    return _split(address) is not None


def put_all(files, addresses, stop):
    """The n-th file to the n-th address, which it keeps (without its signature) in place of its bytes. What went wrong, if
    anything: such a file stays as it is."""
    until = time.monotonic() + TOTAL_SECONDS
    error = ""
    for file, address in zip(files, addresses):
        error = _put(file, address, stop, until) or error
    return error


def _put(file, address, stop, until):
    parts = _split(address)
    if parts is None:
        return "not an address that may be written to"
    why = "there was no time left"
    for _ in range(ATTEMPTS):
        if time.monotonic() > until:
            return why
        try:
            status = _send(parts, file, stop)
        except (OSError, http.client.HTTPException) as error:
            why = f"{type(error).__name__}: {error}"[:200]
            continue
        if 200 <= status < 300:
            file.data, file.url = b"", address.partition("?")[0]
            return ""
        why = f"status {status}"
        if status < 500:
            return why  # refused, or sent elsewhere; asking again changes nothing
    return why


def _send(parts, file, stop):
    def blocks():
        for at in range(0, len(file.data), BLOCK):
            if reason := stop():
                raise reason
            yield file.data[at:at + BLOCK]

    connection = http.client.HTTPConnection(parts.netloc.rpartition("@")[2], timeout=PATIENCE_SECONDS)
    connection.sock = _connect(parts)
    try:
        target = parts.path or "/"
        connection.request("PUT", f"{target}?{parts.query}" if parts.query else target, body=blocks(),
                           headers={"Content-Type": file.content_type, "Content-Length": str(len(file.data))})
        return connection.getresponse().status
    finally:
        connection.close()


def _connect(parts):
    """Looked up once, and connected to what was looked at."""
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    last = OSError("the address leads into a network that may not be written to")
    for family, kind, protocol, _, where in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM):
        address = ipaddress.ip_address(where[0].partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if not (address.is_global and not address.is_multicast if is_secure else address.is_loopback):
            continue
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(PATIENCE_SECONDS)
            connection.connect(where)
            if is_secure:
                return ssl.create_default_context().wrap_socket(connection, server_hostname=parts.hostname)
            return connection
        except OSError as error:
            connection.close()
            last = error
    raise last


def _split(address):
    if not isinstance(address, str) or not address.isascii() or any(letter <= " " for letter in address):
        return None
    try:
        parts = urllib.parse.urlsplit(address)
        has_user, _ = "@" in parts.netloc, parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("https", "http") and parts.hostname and not has_user else None
