"""Which of several formats a file is in, by how it begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from kg.errors import InputError
from kg.files.encoding import binary_problem
from kg.files.streams import open_chunks, peek
from kg.terminology.importing.formats import FORMATS, Format


def detect(path: Path, candidates: Sequence[Format]) -> Format:
    """The first of the formats whose module says that the file looks like it.

    Where none says so, the one that cannot tell (its module has no `looks_like`) is taken.

    Raises
    ------
    InputError
        where the file cannot be read or looks like none of them.
    """
    if len(candidates) == 1:
        return candidates[0]
    try:
        data, _ = peek(open_chunks(path))
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", where=str(path), remedy="check the name"
        ) from error
    if problem := binary_problem(data):
        raise InputError(problem[0], where=str(path), remedy=problem[1])
    head = data.decode("utf-8-sig", errors="replace")
    silent = []
    for format_ in candidates:
        looks_like = _looks_like(format_)
        if looks_like is None:
            silent.append(format_)
        elif looks_like(head):
            return format_
    if len(silent) == 1:
        return silent[0]
    names = ", ".join(format_.name for format_ in candidates)
    told = ((other.name, _looks_like(other)) for other in FORMATS)
    others = [name for name, looks_like in told if looks_like is not None and looks_like(head)]
    hint = f" (it looks like {' or '.join(others)})" if others else ""
    raise InputError(
        f"looks like none of {names}{hint}", where=str(path),
        remedy="check that it is the right file, or say the form with --format",
    )  # fmt: skip


def _looks_like(format_: Format) -> Callable[[str], bool] | None:
    module = import_module(f"kg.terminology.importing.{format_.module}")
    found: Callable[[str], bool] | None = getattr(module, "looks_like", None)
    return found
