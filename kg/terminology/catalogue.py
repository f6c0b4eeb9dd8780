"""The catalogue of terminologies, `ontologies/sources.yaml`: what each is, how it is imported."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from kg.errors import FormatError, NotFoundError
from kg.model import MENTION_TYPES, Language, MentionType
from kg.terminology.importing.formats import FORMATS
from kg.terminology.rows import NAME_LANGUAGES, NameLanguage
from ontologies.files import data_path, prefixes

WIKIDATA = "https://query.wikidata.org/sparql"
_ANSWER = 10_000_000  # bytes, about


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be had.

    Parameters
    ----------
    size : about how many bytes it has
    name : of the file here, where the address does not end in one
    sha256 : what its bytes must give, where they never change
    sidecar : "md5" or "sha256", where a file of that ending beside it holds its sum
    member : name of the file in it that counts, where it is a ZIP archive
    accept : media type to ask for
    """

    address: str
    size: int
    name: str = ""
    sha256: str = ""
    sidecar: str = ""
    member: str = ""
    accept: str = ""

    @property
    def file_name(self) -> str:
        """The name of the file here."""
        return self.name or PurePosixPath(urlsplit(self.address).path).name


@dataclass(frozen=True, slots=True)
class Entry:
    """A terminology of the catalogue.

    Parameters
    ----------
    formats : names of `kg.terminology.importing.formats`; several where it comes in several forms
    type, prefix, lang : what the format leaves open, as in `Given`
    page : where its makers tell of it and of its licence
    columns : of tables without a header of their own, as in `Given`
    query : SPARQL text that Wikidata answers with the table
    note, note_zh : what a user should know of it
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
    columns: tuple[str, ...] = ()
    query: str = ""
    note: str = ""
    note_zh: str = ""
    files: tuple[Download, ...] = ()

    def title_in(self, language: Language) -> str:
        """Its title in a language."""
        return self.title_zh if language == "zh" else self.title

    def note_in(self, language: Language) -> str:
        """What a user should know of it, in a language; may be empty."""
        return self.note_zh if language == "zh" else self.note


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
    if bool(item.get("note")) != bool(item.get("note_zh")):
        raise FormatError("a note in one language only", where=where, remedy="add note or note_zh")
    files = tuple(_download(file, where) for file in item.get("files") or ())
    if query := item.get("query"):
        files = (*files, _of_query(item["name"], str(query)))
    lists = ("formats", "files", "columns")
    plain = {key: value for key, value in item.items() if key not in lists}
    columns = tuple(item.get("columns") or ())
    return Entry(**plain, formats=tuple(item["formats"]), columns=columns, files=files)


def _check(value: object, allowed: tuple[str, ...], key: str, where: str) -> None:
    if value is not None and value not in allowed:
        raise FormatError(
            f"unknown {key} {value!r}", where=where, remedy=f"use one of {', '.join(allowed)}"
        )


def _download(item: object, where: str) -> Download:
    if not isinstance(item, dict) or not {"address", "size"} <= set(item):
        raise FormatError(
            "a file without address and size in bytes", where=where,
            remedy="write {address: https://…, size: 1000}",
        )  # fmt: skip
    known = {field.name for field in fields(Download)}
    if unknown := sorted(set(item) - known):
        raise FormatError(f"unknown key {', '.join(unknown)} of a file", where=where,
                          remedy=f"use {', '.join(sorted(known))}")  # fmt: skip
    wrong = {
        "address": not str(item["address"]).startswith(("https://", "http://")),
        "size": type(item["size"]) is not int or item["size"] <= 0,
        "sha256": not re.fullmatch("([0-9a-f]{64})?", str(item.get("sha256", ""))),
        "sidecar": item.get("sidecar", "") not in ("", "md5", "sha256"),
    }
    file = Download(**item)
    wrong["name"] = not re.fullmatch(r"[\w.-]*\w", file.file_name)
    if bad := [key for key, is_wrong in wrong.items() if is_wrong]:
        raise FormatError(f"a file with a wrong {bad[0]}", where=where, remedy="see the others")
    return file


def _of_query(name: str, query: str) -> Download:
    """The answer of Wikidata to a query."""
    address = f"{WIKIDATA}?query={quote(query)}"
    return Download(address, _ANSWER, name=f"{name}.tsv", accept="text/tab-separated-values")
