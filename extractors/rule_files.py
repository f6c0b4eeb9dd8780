"""Strict reading of the YAML files of rules: what is wrong is told with file, rule and remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kg.errors import RuleError

ROOT = Path(__file__).parent / "rules"
# The same safe loader, in C where it was built.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def file_name(path: Path) -> str:
    """The last parts of a path, as messages name a rule file."""
    return "/".join(path.parts[-4:])


def read_rules(path: Path) -> dict[str, Any]:
    """The mapping that a file of rules holds; `RuleError` where it is none."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except OSError as error:
        raise RuleError(
            "cannot be read", where=file_name(path), remedy="restore the file"
        ) from error
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise RuleError(
            f"not YAML ({problem})", where=file_name(path), remedy="mend the line"
        ) from error
    if not isinstance(data, dict):
        raise RuleError(
            "not a mapping of keys", where=file_name(path), remedy="see the rules' README"
        )
    return data


def read_section(data: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    """The value under the only key that a file may have, of the kind that it must be."""
    unknown = set(data) - {key}
    if unknown:
        raise RuleError(
            _unknown("key", min(unknown), (key,)), where=where, remedy=f"keep only {key}"
        )
    value = data.get(key)
    if not isinstance(value, kind):
        raise RuleError(f"no {kind.__name__} under '{key}'", where=where, remedy="see the README")
    return value


def rule_place(item: Any, where: str) -> str:
    """How messages name a rule of a list: its file and its id."""
    return f"{where}: rule {item.get('id') if isinstance(item, dict) else item}"


def check_id(identifier: Any, language: str, middle: str, where: str, seen: set[str]) -> str:
    """An id ``<language>.<middle>.<gist>`` that no rule before had; it is added to `seen`."""
    if not isinstance(identifier, str) or not re.fullmatch(
        r"[a-z]+\.[a-z_]+\.[a-z0-9-]+", identifier
    ):
        raise RuleError(
            f"id {identifier!r} is not of the form <language>.{middle}.<gist>", where=where,
            remedy=f"write {language}.{middle}.some-gist",
        )  # fmt: skip
    if not identifier.startswith(f"{language}.{middle}."):
        raise RuleError(
            f"id {identifier} does not begin with {language}.{middle}.", where=where,
            remedy="begin it with the folder's language and the predicate",
        )  # fmt: skip
    if identifier in seen:
        raise RuleError(f"id {identifier} is used twice", where=where, remedy="choose another gist")
    seen.add(identifier)
    return identifier


def read_examples(item: Any, where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The match and no_match examples of a rule, at least one of each."""
    examples = item if isinstance(item, dict) else {}
    check_keys(examples, {"match", "no_match"}, where)
    for key in ("match", "no_match"):
        if not examples.get(key):
            raise RuleError(
                f"no {key} example", where=where,
                remedy=f"give a marked-up sentence under {key}",
            )  # fmt: skip
    return (
        strings(examples["match"], where, "examples.match"),
        strings(examples["no_match"], where, "examples.no_match"),
    )


def check_keys(
    item: Any, allowed: Collection[str], where: str, required: Collection[str] = ()
) -> None:
    """Raise `RuleError` unless `item` is a mapping with no other keys and with all required."""
    if not isinstance(item, dict):
        raise RuleError("not a mapping of keys", where=where, remedy="see the rules' README")
    for key in item:
        if key not in allowed:
            raise RuleError(
                _unknown("key", str(key), allowed), where=where,
                remedy=f"keys are {', '.join(sorted(allowed))}",
            )  # fmt: skip
    for key in sorted(required):
        if key not in item:
            raise RuleError(
                f"key '{key}' is missing", where=where,
                remedy=f"keys are {', '.join(sorted(allowed))}",
            )  # fmt: skip


def read_pattern(value: Any, where: str, key: str) -> re.Pattern[str]:
    """A regular expression, of which case does not matter."""
    if not isinstance(value, str):
        raise RuleError(f"'{key}' is not a text", where=where, remedy="put it in quotes")
    try:
        return re.compile(value, re.IGNORECASE)
    except re.error as error:
        raise RuleError(
            f"'{key}' is not a regular expression ({error})", where=where, remedy="mend it"
        ) from error


def strings(value: Any, where: str, key: str, *, empty: bool = False) -> tuple[str, ...]:
    """A word, or a list of words, as a tuple."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise RuleError(
            f"'{key}' is not a word or a list of words",
            where=where,
            remedy="give [a, b]; quote words such as 'no' and 'on'",
        )
    if not values and not empty:
        raise RuleError(f"'{key}' is empty", where=where, remedy="name at least one")
    return tuple(values)


def check_known(
    what: str, names: Iterable[Any], allowed: Iterable[str], where: str, is_not: str = "is unknown"
) -> None:
    """Raise `RuleError` where a name is not among the known ones; the nearest is offered."""
    known = list(allowed)
    for name in names:
        if name not in known:
            raise RuleError(
                _unknown(what, str(name), known, is_not), where=where,
                remedy=f"choose one of {', '.join(sorted(known))}",
            )  # fmt: skip


def _unknown(what: str, name: str, known: Iterable[str], is_not: str = "is unknown") -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return f"{what} '{name}' {is_not}{hint}"
