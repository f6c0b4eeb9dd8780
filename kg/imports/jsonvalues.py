"""The items of a JSON array one by one, so that a large file is never held as a whole."""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.files.streams import open_chunks

_SPACE = " \t\r\n"
_LARGEST = 1 << 26  # characters of one item


def array_items(path: Path, key: str | None = None) -> Iterator[tuple[str, Any]]:
    """(file item N, value) of the array that a file is, or that stands under a key of its object.

    Raises
    ------
    InputError
        where there is no such array, or an item is no JSON; what came before was given.
    """
    text = _Text(path)
    start = text.find(f'"{key}"') if key else 0
    if start < 0 or not text.open_array(start + (len(key) + 2 if key else 0)):
        raise InputError(
            f"no list {key!r}" if key else "no JSON list", where=str(path),
            remedy="give the JSON that its tool writes",
        )  # fmt: skip
    decoder, number = json.JSONDecoder(), 0
    while True:
        text.skip(_SPACE + ",")
        if text.peek() in ("]", ""):
            if not text.peek():
                raise InputError("breaks off", where=str(path), remedy="fetch the file again")
            return
        number += 1
        where = f"{path} item {number}"
        while True:
            try:
                value, end = decoder.raw_decode(text.buffer)
            except json.JSONDecodeError as error:
                if text.more() and len(text.buffer) < _LARGEST:
                    continue
                raise InputError(
                    f"no JSON ({error.msg})", where=where, remedy="fetch the file again"
                ) from error
            except RecursionError as error:
                raise InputError(
                    "nested too deeply", where=where, remedy="give flat JSON"
                ) from error
            break
        text.drop(end)
        yield where, value


class _Text:
    """The text of a file from where it was read up to; more is read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._chunks = open_chunks(path)
        self._decode = getincrementaldecoder("utf-8-sig")().decode
        self.buffer = ""

    def more(self) -> bool:
        """Whether there was more to read."""
        size = len(self.buffer)
        wanted = max(1 << 16, size)  # doubled, so that a long item is not tried over and over
        try:
            while len(self.buffer) - size < wanted:
                chunk = next(self._chunks, None)
                if chunk is None:
                    break
                self.buffer += self._decode(chunk)
        except UnicodeDecodeError as error:
            raise InputError(
                "not UTF-8", where=str(self._path), remedy="convert it to UTF-8"
            ) from error
        except OSError as error:
            raise InputError(f"cannot be read ({error})", where=str(self._path)) from error
        return len(self.buffer) > size

    def peek(self) -> str:
        """The next character; empty at the end."""
        if not self.buffer:
            self.more()
        return self.buffer[:1]

    def skip(self, characters: str) -> None:
        """Pass over these characters."""
        while self.peek() and self.peek() in characters:
            self.buffer = self.buffer.lstrip(characters)

    def drop(self, count: int) -> None:
        """Pass over that many characters."""
        self.buffer = self.buffer[count:]

    def find(self, words: str) -> int:
        """Where words first stand; -1 where they do not."""
        while words not in self.buffer:
            if len(self.buffer) > _LARGEST or not self.more():
                return -1
        return self.buffer.index(words)

    def open_array(self, start: int) -> bool:
        """Whether an array begins behind that place, which is passed over with it."""
        self.drop(start)
        self.skip(_SPACE + ":")
        if self.peek() != "[":
            return False
        self.drop(1)
        return True
