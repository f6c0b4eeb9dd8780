"""Terminologies in one JSON value: an object of records by identifier."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.files.encoding import unfit
from kg.files.streams import join, open_chunks

LARGEST = 1 << 28  # bytes; the largest known has some millions


def object_items(path: Path) -> Iterator[tuple[str, str, Any]]:
    """(file: key, key, value) of a JSON object.

    Raises
    ------
    InputError
        where the file is no JSON object, with the line of the fault.
    """
    value = _value(path)
    if not isinstance(value, dict):
        raise InputError("no JSON object", where=str(path), remedy="give {identifier: names, …}")
    for key, item in value.items():
        yield f"{path}: {key}", key, item


def strings_of(value: Any, where: str) -> list[str]:
    """A list of strings.

    Raises
    ------
    InputError
        where the value is anything else.
    """
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError("no list of names", where=where, remedy='write ["name", …]')
    return value


def string_of(value: Any, where: str) -> str:
    """A string; nothing is an empty one.

    Raises
    ------
    InputError
        where the value is anything else.
    """
    if value is not None and not isinstance(value, str):
        raise InputError(f"{value!r:.60} is no text", where=where, remedy="put it in quotes")
    return value or ""


def _value(path: Path) -> Any:
    try:
        text = join(open_chunks(path), limit=LARGEST).decode("utf-8-sig")
        value = json.loads(text)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", where=str(path), remedy="check the file"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 at byte {error.start}", where=str(path), remedy="convert it to UTF-8"
        ) from error
    except json.JSONDecodeError as error:
        raise InputError(
            f"no JSON ({error.msg})", where=f"{path}:{error.lineno}",
            remedy="the file may be cut off; fetch it again",
        ) from error  # fmt: skip
    except RecursionError as error:
        raise InputError("nested too deeply", where=str(path), remedy="fetch it again") from error
    except InputError as error:
        raise InputError(error.what, where=str(path), remedy=error.remedy) from error
    if found := unfit(text):
        raise InputError(f"the character {found}", where=str(path), remedy="delete it")
    return value
