"""The catalogue of terminologies, `ontologies/sources.yaml`: what each is, how it is imported."""

from __future__ import annotations

from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import FormatError, NotFoundError
from kg.model import MENTION_TYPES, Language, MentionType
from kg.terminology.importing.formats import FORMATS
from kg.terminology.rows import NAME_LANGUAGES, NameLanguage
from ontologies.files import data_path, prefixes


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be had: its address and about how many bytes it has."""

    address: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A terminology of the catalogue.

    Parameters
    ----------
    formats : names of `kg.terminology.importing.formats`; several where it comes in several forms
    type, prefix, lang : what the format leaves open, as in `Given`
    page : where its makers tell of it and of its licence
    """

    name: str
    title: str
    title_zh: str
    formats: tuple[str, ...]
    licence: str
    page: str
    type: MentionType | None = None
    prefix: str | None = None
    lang: NameLanguage | None = None
    files: tuple[Download, ...] = ()

    def title_in(self, language: Language) -> str:
        """Its title in a language."""
        return self.title_zh if language == "zh" else self.title


@cache
def load_catalogue(path: Path | None = None) -> tuple[Entry, ...]:
    """The entries of the catalogue, in its order.

    Raises
    ------
    FormatError
        with the entry, where a key, format, type, prefix or language is unknown or one is missing.
    """
    import yaml

    place = path or data_path("sources.yaml")
    try:
        value = yaml.safe_load(place.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FormatError(f"not YAML ({error})", where=place.name, remedy="repair it") from error
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise FormatError("not a list of entries", where=place.name, remedy="begin with '- name:'")
    entries = tuple(_entry(item, place.name) for item in value)
    names = [entry.name for entry in entries]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise FormatError(f"{', '.join(twice)} stands twice", where=place.name, remedy="merge them")
    return entries


def find_entry(name: str) -> Entry | None:
    """The entry of that name, or None."""
    return next((entry for entry in load_catalogue() if entry.name == name), None)


def get_entry(name: str) -> Entry:
    """The entry of that name.

    Raises
    ------
    NotFoundError
        where there is none, with the nearest names.
    """
    entry = find_entry(name)
    if entry is None:
        near = get_close_matches(name, [entry.name for entry in load_catalogue()], n=3)
        remedy = f"did you mean {' or '.join(near)}?" if near else "see kg lexicon sources"
        raise NotFoundError(f"no source {name!r} in the catalogue", remedy=remedy)
    return entry


def _entry(item: dict[str, Any], file: str) -> Entry:
    where = f"{file}: {item.get('name', 'entry without name')}"
    keys = {field.name for field in fields(Entry)}
    if unknown := sorted(set(item) - keys):
        raise FormatError(
            f"unknown key {', '.join(unknown)}",
            where=where,
            remedy=f"use {', '.join(sorted(keys))}",
        )
    needed = ("name", "title", "title_zh", "formats", "licence", "page")
    if missing := [key for key in needed if not item.get(key)]:
        raise FormatError(f"no {', '.join(missing)}", where=where, remedy="add it")
    choices: dict[str, tuple[str, ...]] = {
        "type": MENTION_TYPES, "prefix": tuple(prefixes()), "lang": NAME_LANGUAGES,
    }  # fmt: skip
    for key, allowed in choices.items():
        _check(item.get(key), allowed, key, where)
    for name in item["formats"]:
        _check(name, tuple(format_.name for format_ in FORMATS), "format", where)
    files = tuple(_download(file, where) for file in item.get("files") or ())
    plain = {key: value for key, value in item.items() if key not in ("formats", "files")}
    return Entry(**plain, formats=tuple(item["formats"]), files=files)


def _check(value: object, allowed: tuple[str, ...], key: str, where: str) -> None:
    if value is not None and value not in allowed:
        raise FormatError(
            f"unknown {key} {value!r}", where=where, remedy=f"use one of {', '.join(allowed)}"
        )


def _download(item: object, where: str) -> Download:
    if (
        not isinstance(item, dict)
        or set(item) != {"address", "size"}
        or not isinstance(item["size"], int)
        or not str(item["address"]).startswith(("https://", "http://"))
    ):
        raise FormatError(
            "a file that has not exactly an address and a size in bytes", where=where,
            remedy="write {address: https://…, size: 1000}",
        )  # fmt: skip
    return Download(str(item["address"]), item["size"])
