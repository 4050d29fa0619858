# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses that a job or the panel brought: over https to public ones, over http to this computer only, and never to where the
other side would like to send us on."""
import http.client
import ipaddress
import socket
import ssl
import urllib.parse


def is_allowed(address):
    return _split(address) is not None


def send(method, address, body, headers, seconds):
    """The answer's status. `body` is bytes, or gives them piece by piece with a Content-Length among the headers."""
    parts = _split(address)
    if parts is None:
        raise OSError("not an address that may be written to")
    connection = http.client.HTTPConnection(parts.netloc, timeout=seconds)
    connection.sock = _connect(parts, seconds)
    try:
        target = parts.path or "/"
        connection.request(method, f"{target}?{parts.query}" if parts.query else target, body=body, headers=headers)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        connection.close()


def _connect(parts, seconds):
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
            connection.settimeout(seconds)
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
