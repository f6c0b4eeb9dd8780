"""Files fetched from their addresses: streamed, resumed where they broke off, and checked.

What has come so far is kept in ``<name>.part``, and in ``<name>.part.json`` of what it is a part;
the file takes its name only when it is whole, and is not fetched again while it stays the same. A
part is resumed by a range request that holds only if the file is still the same (``If-Range``), so
that two releases are never glued together.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DownloadError
from kg.terminology.catalogue import Download

if TYPE_CHECKING:
    from requests import Response, Session

Progress = Callable[[str, int, int | None], None]

ATTEMPTS = 6  # in a row that bring nothing
TIMEOUT = (20, 60)  # seconds to connect, and between two pieces
CHUNK = 1 << 17
LONGEST_WAIT = 60.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_AGENT = "parallax-kg (kg lexicon download)"
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is here, and the date that its server gives it (ISO, or empty)."""

    path: Path
    date: str


@dataclass(frozen=True, slots=True)
class _Whole:
    """The file that a part is a part of; `mark` is its ETag or its date."""

    address: str
    mark: str = ""
    total: int | None = None
    date: str = ""


class _BrokeOff(Exception):  # noqa: N818 - it is a reason to try again
    """The connection ended or the server was busy; `wait` is what the server asks for."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(what)


def download(
    file: Download, folder: Path, *, progress: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:  # fmt: skip
    """Fetch a file into a folder, going on with what an earlier call has left there.

    Raises
    ------
    DownloadError
        with the address and a remedy, where it cannot be had or is not what was promised.
    """
    import requests

    with _disk(file.address):
        folder.mkdir(parents=True, exist_ok=True)
    path = folder / file.file_name
    part = path.with_name(path.name + ".part")
    with requests.Session() as session:
        session.headers.update({"User-Agent": _AGENT, "Accept-Encoding": "identity"})
        if file.accept:
            session.headers["Accept"] = file.accept
        if (same := _unchanged(session, file, path)) is not None:
            return Fetched(path, same.date)
        whole = _fetch_all(session, file, part, progress, sleep)
        _check_sum(session, file, part)
    with _disk(file.address):
        part.replace(path)
        _record(part).replace(_record(path))
    return Fetched(path, whole.date)


def _unchanged(session: Session, file: Download, path: Path) -> _Whole | None:
    """What is known of a file that was fetched before, if the server says that it is still so."""
    known = _read_record(path, file.address)
    if known is None or not path.exists() or known.total != _size(path):
        return None
    condition = "If-None-Match" if known.mark.startswith('"') else "If-Modified-Since"
    try:
        with _asking(session, file, {condition: known.mark}) as answer:
            return known if answer.status_code == 304 else None
    except _BrokeOff:
        return None


def _fetch_all(
    session: Session, file: Download, part: Path, progress: Progress | None,
    sleep: Callable[[float], None],
) -> _Whole:  # fmt: skip
    """Ask again, from where the last answer ended, until the part is the whole."""
    failures = 0
    while True:
        before = _size(part)
        try:
            return _fetch(session, file, part, progress)
        except _BrokeOff as reason:
            failures = 1 if _size(part) > before else failures + 1
            if failures >= ATTEMPTS:
                raise DownloadError(
                    f"{reason}, after {ATTEMPTS} attempts ({_size(part):,} bytes have come)",
                    where=file.address, remedy="try again later; it goes on from there",
                ) from reason  # fmt: skip
            sleep(min(reason.wait or 2.0**failures / 2, LONGEST_WAIT))


def _fetch(session: Session, file: Download, part: Path, progress: Progress | None) -> _Whole:
    """One request: the rest of the part, or all anew where it is of another file."""
    known = _read_record(part, file.address)
    have = _size(part) if known else 0
    if known and have and known.total == have:
        return known
    headers = {"Range": f"bytes={have}-", "If-Range": known.mark} if known and have else {}
    with _asking(session, file, headers) as answer:
        _check_status(answer, file)
        now = _whole_of(answer, file.address)
        start = have if answer.status_code == 206 else 0
        if answer.status_code == 416 or (start and not _continues(answer, known, now, have)):
            _forget(part)
            raise _BrokeOff("the file there has changed meanwhile")
        with _disk(file.address), part.open("r+b" if start else "wb") as out:
            _record(part).write_text(json.dumps(asdict(now)), encoding="utf-8")
            out.seek(start)
            for chunk in _chunks(answer):
                out.write(chunk)
                if progress is not None:
                    progress(file.file_name, out.tell(), now.total)
    if now.total is not None and _size(part) != now.total:
        raise _BrokeOff(f"it broke off at {_size(part):,} of {now.total:,} bytes")
    return now


@contextmanager
def _asking(session: Session, file: Download, headers: dict[str, str]) -> Iterator[Response]:
    """The answer of the server; what keeps it from coming is told, or is a reason to try again."""
    from requests import exceptions

    try:
        with session.get(file.address, headers=headers, stream=True, timeout=TIMEOUT) as answer:
            yield answer
    except exceptions.ProxyError as error:
        raise DownloadError(
            "the proxy does not let it through", where=file.address,
            remedy="check HTTPS_PROXY and NO_PROXY, or fetch it in a browser",
        ) from error  # fmt: skip
    except exceptions.SSLError as error:
        raise DownloadError(
            "the certificate of the server is not trusted", where=file.address,
            remedy="check the clock, or name the certificates to trust by REQUESTS_CA_BUNDLE",
        ) from error  # fmt: skip
    except exceptions.TooManyRedirects as error:
        raise DownloadError(
            "it leads round in circles", where=file.address, remedy="see the page of its makers"
        ) from error
    except exceptions.Timeout as error:
        raise _BrokeOff("the server does not answer") from error
    except exceptions.ConnectionError as error:
        if _is_offline(error):
            raise DownloadError(
                "the server cannot be found", where=file.address,
                remedy="check the network; without one, fetch the file elsewhere and import it",
            ) from error  # fmt: skip
        raise _BrokeOff("the connection broke off") from error
    except exceptions.ChunkedEncodingError as error:
        raise _BrokeOff("the connection broke off") from error


def _is_offline(error: Exception) -> bool:
    return "NameResolutionError" in repr(error) or "getaddrinfo" in repr(error)


def _chunks(answer: Response) -> Iterator[bytes]:
    """The bytes as they are sent: a ``.gz`` stays one."""
    from urllib3.exceptions import HTTPError

    try:
        yield from answer.raw.stream(CHUNK, decode_content=False)
    except HTTPError as error:
        raise _BrokeOff("the connection broke off") from error


def _check_status(answer: Response, file: Download) -> None:
    status = answer.status_code
    if status in (200, 206, 416):
        if "html" in answer.headers.get("Content-Type", "") and "html" not in file.file_name:
            raise DownloadError(
                "a web page came in place of the file", where=file.address,
                remedy="it may ask for a login or a licence: fetch it in a browser and import it",
            )  # fmt: skip
        return
    if status in _AGAIN:
        wait = answer.headers.get("Retry-After", "")
        raise _BrokeOff(f"the server is busy ({status})", float(wait) if wait.isdecimal() else None)
    what, remedy = {
        401: ("it asks for a login", "register with its makers, fetch it and import the file"),
        403: ("it may not be fetched so", "fetch it in a browser and import the file"),
        404: ("there is no such file", "it may have moved: see the page of its makers"),
        410: ("the file was withdrawn", "see the page of its makers"),
    }.get(status, (f"the server answers {status} {answer.reason}", "see the page of its makers"))
    raise DownloadError(what, where=file.address, remedy=remedy)


def _whole_of(answer: Response, address: str) -> _Whole:
    """What the answer tells of the whole file."""
    modified = answer.headers.get("Last-Modified", "")
    tag = answer.headers.get("ETag", "")
    length: str | None = answer.headers.get("Content-Length")
    if answer.status_code == 206:
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        length = found[2] if found else None
    total = int(length) if length and length.isdecimal() else None
    # A weak ETag does not promise the same bytes, so that no range may be asked for by it.
    return _Whole(address, tag if tag and not tag.startswith("W/") else modified, total,
                  _iso_date(modified))  # fmt: skip


def _continues(answer: Response, known: _Whole | None, now: _Whole, have: int) -> bool:
    """Whether a partial answer begins where the part ends, and is of the same file."""
    found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if found is None or known is None or int(found[1]) != have:
        return False
    same_length = known.total is None or now.total is None or known.total == now.total
    return same_length and (not now.mark or known.mark == now.mark)


def _iso_date(modified: str) -> str:
    try:
        return parsedate_to_datetime(modified).date().isoformat() if modified else ""
    except ValueError:
        return ""


def _record(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _read_record(part: Path, address: str) -> _Whole | None:
    """What the part is a part of; None where it cannot be resumed."""
    try:
        known = _Whole(**json.loads(_record(part).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return known if known.address == address and known.mark else None


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _record(part).unlink(missing_ok=True)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _check_sum(session: Session, file: Download, part: Path) -> None:
    """Compare the sum of the bytes with that of the catalogue, or of the file beside it."""
    kind, wanted = ("sha256", file.sha256) if file.sha256 else (file.sidecar, "")
    if not kind:
        return
    if not wanted:
        beside = Download(f"{file.address}.{kind}", 100, name=f"{file.file_name}.{kind}")
        with _asking(session, beside, {}) as answer:
            _check_status(answer, beside)
            found = re.search(rf"\b[0-9a-fA-F]{{{32 if kind == 'md5' else 64}}}\b", answer.text)
        if found is None:
            raise DownloadError(
                f"no {kind} sum in it", where=beside.address, remedy="see the page of its makers"
            )
        wanted = found[0].lower()
    with part.open("rb") as stream:
        # MD5 only tells damage here: it is what the makers publish.
        sum_ = hashlib.file_digest(stream, lambda: hashlib.new(kind, usedforsecurity=False))
    if sum_.hexdigest() != wanted:
        _forget(part)
        raise DownloadError(
            f"the {kind} sum of what came is not the one published", where=file.address,
            remedy="fetch it again; if that does not help, tell its makers",
        )  # fmt: skip


@contextmanager
def _disk(address: str) -> Iterator[None]:
    """Faults of the disk, told as such."""
    try:
        yield
    except OSError as error:
        if error.errno is None:  # an error of the network has none, or is one of requests
            raise
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise DownloadError(
            "the disk is full" if full else f"cannot be written ({error.strerror})",
            where=str(error.filename or address),
            remedy="make room and run it again, it goes on from there" if full
            else "choose another folder",
        ) from error  # fmt: skip
