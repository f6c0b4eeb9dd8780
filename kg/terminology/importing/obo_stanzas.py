"""OBO text as stanzas: tags and values with their lines, escapes and comments taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.terminology.importing.lines import text_lines

MOST_LINES = 200_000  # of one stanza; the largest of Uberon has some hundreds
_HEAD = re.compile(r"\[(\w+)\]")
_TAG = re.compile(r"([A-Za-z][\w-]*):(?: |$)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": " ", "W": " ", "t": " "}
_COMMENT = re.compile(r"(?<!\\)\s!(?: .*)?$")
_MODIFIER = re.compile(r'\s*\{((?:[^{}"\\]|\\.|"(?:[^"\\]|\\.)*")*)\}\s*$')
_SYNONYM_TAGS = {  # of OBO 1.0 and 1.2
    "synonym": None, "exact_synonym": "EXACT", "related_synonym": "RELATED",
    "narrow_synonym": "NARROW", "broad_synonym": "BROAD",
}  # fmt: skip
_WITH_TEXT = frozenset({*_SYNONYM_TAGS, "def"})


@dataclass(frozen=True, slots=True)
class Synonym:
    """A synonym with its scope (EXACT, RELATED, NARROW, BROAD) and type, which may be empty."""

    text: str
    scope: str
    type: str


@dataclass(frozen=True, slots=True)
class Stanza:
    """The tags of one stanza; the header of the file is the one without kind."""

    kind: str
    where: str
    tags: tuple[tuple[str, str, str], ...]

    def all(self, tag: str) -> list[str]:
        """All values of a tag, without comment and modifiers."""
        return [_plain(value) for name, value, _ in self.tags if name == tag]

    def one(self, tag: str) -> str | None:
        """The first value of a tag, or None."""
        return next((_plain(value) for name, value, _ in self.tags if name == tag), None)

    def needed(self, tag: str) -> str:
        """The first value of a tag.

        Raises
        ------
        InputError
            where there is none.
        """
        value = self.one(tag)
        if not value:
            raise InputError(
                f"a [{self.kind}] without {tag}", where=self.where,
                remedy="the file may be cut off; fetch it again",
            )  # fmt: skip
        return value

    def synonyms(self) -> Iterator[Synonym]:
        """The synonyms, in their order."""
        for name, value, where in self.tags:
            if name in _SYNONYM_TAGS:
                text, rest = _quoted(value, where)
                words = rest.partition("[")[0].split()
                scope = _SYNONYM_TAGS[name] or (words.pop(0) if words else "RELATED")
                yield Synonym(text, scope, words[0] if words else "")

    def definition(self) -> str | None:
        """The text of the first definition, or None."""
        found = next(((value, where) for name, value, where in self.tags if name == "def"), None)
        return None if found is None else _quoted(*found)[0]

    def xrefs(self) -> Iterator[tuple[str, str]]:
        """(identifier, trailing modifiers) of each cross-reference."""
        for name, value, _ in self.tags:
            if name == "xref":
                modifiers = _MODIFIER.search(_COMMENT.sub("", value))
                words = _plain(value).split(None, 1)
                if words:
                    yield words[0], modifiers[1] if modifiers else ""


def read_stanzas(path: Path) -> Iterator[Stanza]:
    """The header and the stanzas of an OBO file, one by one.

    Raises
    ------
    InputError
        with file and line, where a line is no tag with a value or a quote is not closed.
    """
    kind, where, tags = "", str(path), list[tuple[str, str, str]]()
    for number, line in text_lines(path):
        if not line.strip() or line.startswith("!"):
            continue
        here = f"{path}:{number}"
        if head := _HEAD.fullmatch(line.strip()):
            if tags or kind:
                yield Stanza(kind, where, tuple(tags))
            kind, where, tags = head[1], here, []
            continue
        tag = _TAG.match(line)
        if tag is None:
            raise InputError(
                f"no tag of OBO in {line[:40]!r}", where=here,
                remedy="check that the file is OBO and not cut off",
            )  # fmt: skip
        value = line[tag.end() :].strip()
        if tag[1] in _WITH_TEXT:
            _quoted(value, here)
        tags.append((tag[1], value, here))
        if len(tags) > MOST_LINES:
            raise InputError(
                f"a stanza of more than {MOST_LINES:,} lines", where=where,
                remedy="check that the file is OBO",
            )  # fmt: skip
    if tags or kind:
        yield Stanza(kind, where, tuple(tags))


def _quoted(value: str, where: str) -> tuple[str, str]:
    """(the quoted text that a value begins with, what follows it)."""
    found = _QUOTED.match(value)
    if found is None:
        raise InputError(
            "a text without closing quote", where=where,
            remedy="the file may be cut off; fetch it again",
        )  # fmt: skip
    return _unescaped(found[1]), value[found.end() :]


def _plain(value: str) -> str:
    value = _MODIFIER.sub("", _COMMENT.sub("", value))
    return _unescaped(value.strip())


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text)
