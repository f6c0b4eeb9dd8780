"""Versions of a compiled lexicon: written beside the working one, then named in one step.

A version is a folder named after its content, with a `manifest.json`. ``current`` names the one
that readers open. A build that fails or is killed leaves that as it is. Who reads a version holds a
lock on its manifest; a build removes the versions that nobody holds.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError
from kg.files.replacing import replacing

FORMAT = 1
MANIFEST = "manifest.json"
REMEDY = "run `kg lexicon build`"
_UNFINISHED = "unfinished-"
_ATTEMPTS = 3


class Held:
    """A file that is locked as long as this value lives, so that no build removes its folder."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY)
        _lock(self._descriptor, shared=True)

    def __del__(self) -> None:
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)


@dataclass(frozen=True)
class Version:
    """A version that is there as long as this value lives, and what its manifest says."""

    folder: Path
    manifest: dict[str, Any]
    held: Held


def compiled_folder(data: Path) -> Path:
    """Where the versions of the lexicon lie that was built from all imported sources."""
    return data / "lexicon" / "compiled"


def starter_folder(data: Path) -> Path:
    """Where the versions of the lexicon lie that has the starter terminology only."""
    return data / "lexicon" / "starter"


def is_starter(version: Path) -> bool:
    """Whether the folder of a version holds the starter terminology only.

    >>> data = Path("data")
    >>> is_starter(starter_folder(data) / "0a1b"), is_starter(compiled_folder(data) / "0a1b")
    (True, False)
    """
    return version.parent.name == starter_folder(Path()).name


def current_version(root: Path) -> Version | None:
    """The version that readers should open; None where none has been built.

    Raises
    ------
    InputError
        where it is gone, or was written by another version of Parallax.
    """
    for attempt in range(_ATTEMPTS):
        try:
            name = (root / "current").read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            return open_version(root / name)
        except InputError:  # replaced since the name was read, or broken
            if attempt == _ATTEMPTS - 1:
                raise
    return None


def open_version(folder: Path) -> Version:
    """The version of a folder.

    Raises
    ------
    InputError
        where its manifest is absent or broken, or of another format.
    """
    path = folder / MANIFEST
    try:
        held = Held(path)
        manifest = json.loads(path.read_bytes())
        known = (manifest["format"], manifest["byte_order"])
        sizes = {name: file["bytes"] for name, file in manifest["files"].items()}
        whole = all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("no compiled lexicon", where=str(folder), remedy=REMEDY) from error
    if known != (FORMAT, sys.byteorder):
        raise InputError(
            "the lexicon was compiled by another version of Parallax", where=str(folder),
            remedy=REMEDY,
        )  # fmt: skip
    if not whole:
        raise InputError("the compiled lexicon is damaged", where=str(folder), remedy=REMEDY)
    return Version(folder, manifest, held)


def publish_version(root: Path, write: Callable[[Path], dict[str, Any]]) -> Version:
    """The version that `write` puts into the folder that it is given; it returns the manifest.

    Hashes of all files are added to the manifest; the version is named after them. From now on
    readers open it, and those that nobody reads are removed.

    Raises
    ------
    InputError
        where another build runs, or the folder cannot be written.
    """
    with _building(root) as unfinished:
        manifest = write(unfinished) | {"format": FORMAT, "byte_order": sys.byteorder}
        manifest["files"] = {
            path.name: {"bytes": path.stat().st_size, "sha256": _digest(path)}
            for path in sorted(unfinished.iterdir())
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (unfinished / MANIFEST).write_text(text, encoding="utf-8")
        target = root / hashlib.sha256(text.encode()).hexdigest()[:16]
        if target.exists() and not _is_whole(target):
            shutil.rmtree(target)
        if not target.exists():
            unfinished.rename(target)
        version = open_version(target)
        with replacing(root / "current") as out:
            out.write(f"{target.name}\n".encode())
        _remove_unused(root, target)
    return version


def _is_whole(folder: Path) -> bool:
    """Whether the files of a version are those that its manifest names."""
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
        return all(_digest(folder / name) == file["sha256"] for name, file in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _building(root: Path) -> Iterator[Path]:
    """An empty folder to write a version into; one build at a time."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with (root / "building").open("wb") as lock:
            if not _lock(lock, shared=False):
                raise InputError(
                    "another build of the lexicon runs", where=str(root), remedy="wait for its end"
                )
            for stale in root.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(stale, ignore_errors=True)
            unfinished = root / f"{_UNFINISHED}{os.getpid()}"
            unfinished.mkdir()
            try:
                yield unfinished
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror or error})", where=str(root),
            remedy="choose a data directory that can be written and has room",
        ) from error  # fmt: skip


def _remove_unused(root: Path, current: Path) -> None:
    for folder in root.iterdir():
        if folder == current or not folder.is_dir() or folder.name.startswith(_UNFINISHED):
            continue
        with suppress(OSError), (folder / MANIFEST).open("rb") as manifest:
            if _lock(manifest, shared=False):
                shutil.rmtree(folder, ignore_errors=True)


def _lock(file: IO[bytes] | int, *, shared: bool) -> bool:
    """Whether the file is locked for this process now; where files cannot be locked, always."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_NB | (fcntl.LOCK_SH if shared else fcntl.LOCK_EX))
    except BlockingIOError:
        return False
    return True
