"""A page from the network, only when the user asks: bounded in size and time, public addresses alone."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from functools import partial
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from quotes.errors import ReadingError
from quotes.reading.forms import Answer
from quotes.reading.pieces import FETCH_SECONDS

# How long until a connection, and until each part of an answer.
CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
LARGEST_ANSWER = 20_000_000
_MOST_REDIRECTS = 5
_CHUNK = 64_000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Of one place, or for examples only; which of them the standard library knows depends on its version.
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("fec0::/10", "3fff::/20", "64:ff9b:1::/48", "5f00::/16")))
# In bytes, all lines of an answer's head together; a long one has a tenth of it.
_LARGEST_HEAD = 64_000
# And all lines after it: the sizes of the chunks that an answer may come in, and what follows them.
_ALL_SIZES = 1_000_000

Allowed = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public network, also behind the forms of IPv6 that wrap IPv4."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            wrapped.append(ipaddress.IPv4Address(ip.packed[-4:]))
        if any(inner is not None and not is_public(str(inner)) for inner in wrapped):
            return False
        if ip.ipv4_mapped is not None:
            return True
        if any(ip in network for network in _NOT_PUBLIC):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def fetch(url: str, allowed: Allowed = is_public) -> Answer:
    """What stands at an address (http or https), redirects followed.

    Each name is resolved once and the connection made to the address that ``allowed`` has seen, so
    that a name can't lead elsewhere in between. Proxies are not asked. Raises :class:`ReadingError`.
    """
    deadline = time.monotonic() + FETCH_SECONDS
    for _ in range(_MOST_REDIRECTS + 1):
        parts = _checked(url)
        try:
            answer = _ask(parts, url, allowed, deadline)
        except ReadingError:
            raise
        except TimeoutError:
            raise ReadingError("did not answer in time: try again later") from None
        except ssl.SSLError as error:
            reason = error.reason or "no secure connection"
            raise ReadingError(f"is not safely reached ({reason.lower()}): check the address") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise ReadingError(f"can't be reached ({reason.lower()}): check the address") from None
        if isinstance(answer, Answer):
            return answer
        url = urljoin(url, answer)
    raise ReadingError(f"leads on more than {_MOST_REDIRECTS} times: give the address where it ends")


@dataclass(frozen=True, slots=True)
class _Parts:
    secure: bool
    host: str
    port: int
    target: str


def _checked(url: str) -> _Parts:
    """The parts of an address that may be asked for."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise ReadingError("is no address: check it") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ReadingError("is no http or https address: check it, or save the page")
    if parts.username is not None or parts.password is not None:
        raise ReadingError("holds a user name or password: save the page instead")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    secure = parts.scheme == "https"
    return _Parts(secure, host, port or (443 if secure else 80), target)


def _ask(parts: _Parts, url: str, allowed: Allowed, deadline: float) -> Answer | str:
    """The answer, or where it redirects to."""
    connection = http.client.HTTPConnection(parts.host, parts.port)
    connection.response_class = partial(_Response, deadline=deadline)  # type: ignore[assignment]
    connection.sock = _connected(parts, allowed)
    try:
        connection.request(
            "GET",
            parts.target,
            headers={"User-Agent": "quotes", "Accept-Encoding": "gzip, identity", "Accept": "*/*"},
        )
        response = connection.getresponse()
        location = response.getheader("Location")
        if response.status in _REDIRECTS and location:
            return location
        if response.status != 200:
            raise ReadingError(f"the server answers {response.status}: check the address")
        stated = Message()
        stated["content-type"] = response.getheader("Content-Type") or "application/octet-stream"
        packed = (response.getheader("Content-Encoding") or "identity").strip().lower()
        data = _body(response, packed, deadline)
    finally:
        connection.close()
    return Answer(data, stated.get_content_type(), stated.get_content_charset(), url)


class _Lines:
    """A connection whose lines (a head, sizes of chunks, what follows them) end, in bytes and in time."""

    def __init__(self, stream: Any, most: int, deadline: float) -> None:
        self._stream = stream
        self.left = most
        self._deadline = deadline

    def readline(self, size: int) -> bytes:
        """The next line; byte by byte, since each byte may take its time to come."""
        line = bytearray()
        while len(line) < size and not line.endswith(b"\n") and (byte := self._stream.read1(1)):
            line += byte
            self.left -= 1
            if self.left < 0:
                raise ReadingError("sends more about its answer than any server: save the page instead")
            if time.monotonic() > self._deadline:
                raise TimeoutError
        return bytes(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Response(http.client.HTTPResponse):
    def __init__(self, *arguments: Any, deadline: float, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._lines = _Lines(self.fp, _LARGEST_HEAD, deadline)
        self.fp = self._lines  # type: ignore[assignment]

    def begin(self) -> None:
        """Read the head."""
        super().begin()
        self._lines.left = _ALL_SIZES


def _connected(parts: _Parts, allowed: Allowed) -> socket.socket:
    """A connection to an address of the host that is allowed."""
    try:
        found = socket.getaddrinfo(parts.host, parts.port, type=socket.SOCK_STREAM)
    except OSError:
        raise ReadingError(f"there is no host {parts.host}: check the address") from None
    addresses = [entry for entry in found if allowed(str(entry[4][0]))]
    if not addresses:
        raise ReadingError(f"{parts.host} is in a private network: save the page if you trust it")
    error: OSError | None = None
    for family, kind, protocol, _, address in addresses:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(CONNECT_SECONDS)
            connection.connect(address)
            connection.settimeout(READ_SECONDS)
            if not allowed(str(connection.getpeername()[0])):
                raise ReadingError(f"{parts.host} is in a private network: save the page if you trust it")
            if parts.secure:
                return ssl.create_default_context().wrap_socket(connection, server_hostname=parts.host)
        except OSError as failed:
            connection.close()
            error = failed
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise error or ConnectionError


def _body(response: http.client.HTTPResponse, packed: str, deadline: float) -> bytes:
    """The bytes of an answer, unpacked, as they come: neither too many nor for too long."""
    if packed not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise ReadingError(f"comes packed as {packed[:20]!r}: save the page instead")
    unpack = None if packed in ("identity", "") else zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        if unpack is not None:
            try:
                chunk = unpack.decompress(chunk, LARGEST_ANSWER + 1)
            except zlib.error:
                raise ReadingError("comes damaged: try again later") from None
        parts.append(chunk)
        size += len(chunk)
        if size > LARGEST_ANSWER:
            limit = LARGEST_ANSWER // 1_000_000
            raise ReadingError(f"is larger than {limit} MB: save what you need of it")
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length:
        raise ReadingError("breaks off before its end: try again later")
    return b"".join(parts)
