"""The interface's words in each language, and which language a request asks for.

A language is a file ``messages/<language>.yaml``: flat keys, ``{name}`` placeholders. All files
have the same keys and the same placeholders, which is checked on load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml
from markupsafe import Markup, escape

from kg.errors import FormatError
from kg.model import LANGUAGES, Language

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
HTML_LANGUAGE: Mapping[Language, str] = MappingProxyType({"en": "en", "zh": "zh-Hans"})


@dataclass(frozen=True, slots=True)
class Translator:
    """The messages of one language.

    >>> Translator.of("zh").text("nav.search")
    '搜索'
    """

    language: Language
    messages: Mapping[str, str]

    @classmethod
    def of(cls, language: Language) -> Translator:
        """The translator of a language."""
        return cls(language, load_messages()[language])

    def text(self, key: str, **values: Any) -> str:
        """The message as plain text; `KeyError` where there is no such key."""
        return _PLACEHOLDER.sub(lambda m: str(values[m[1]]), self.messages[key])

    def markup(self, key: str, **values: Any) -> Markup:
        """The message as HTML: the message and plain values escaped, `Markup` values kept."""
        message = self.messages[key]
        pieces = _PLACEHOLDER.split(message)
        return Markup("").join(
            escape(values[piece]) if n % 2 else escape(piece) for n, piece in enumerate(pieces)
        )

    def count(self, key: str, number: int) -> str:
        """The message ``<key>.one`` or ``<key>.other`` with ``{n}``, its digits grouped."""
        return self.text(f"{key}.{'one' if number == 1 else 'other'}", n=f"{number:,}")

    def has(self, key: str) -> bool:
        """Whether there is such a message."""
        return key in self.messages


@cache
def load_messages() -> Mapping[Language, Mapping[str, str]]:
    """The messages of every language, checked to have the same keys and placeholders."""
    loaded = {language: _read(language) for language in LANGUAGES}
    base = loaded["en"]
    for language, messages in loaded.items():
        for key in base.keys() ^ messages.keys():
            missing = language if key in base else "en"
            raise FormatError(
                f"no message {key}", where=f"web/messages/{missing}.yaml",
                remedy="give every message in every language",
            )  # fmt: skip
        for key, message in messages.items():
            if set(_PLACEHOLDER.findall(message)) != set(_PLACEHOLDER.findall(base[key])):
                raise FormatError(
                    f"message {key} has other placeholders than the English one",
                    where=f"web/messages/{language}.yaml", remedy="use the same {names}",
                )  # fmt: skip
    return MappingProxyType(loaded)


def _read(language: Language) -> Mapping[str, str]:
    place = f"web/messages/{language}.yaml"
    text = files("web").joinpath("messages", f"{language}.yaml").read_text(encoding="utf-8")
    try:
        nested = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FormatError(f"not YAML ({error})", where=place) from error
    return MappingProxyType(dict(_flatten(nested, "", place)))


def _flatten(value: Any, prefix: str, place: str) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(prefix, " ".join(value.split()))]
    if not isinstance(value, dict):
        raise FormatError(
            f"{prefix or 'the file'} is neither text nor keys", where=place,
            remedy="quote numbers and the words yes, no, on and off",
        )  # fmt: skip
    return [
        pair
        for key, inner in value.items()
        for pair in _flatten(inner, f"{prefix}.{key}" if prefix else str(key), place)
    ]


def choose_language(*, asked: str | None, cookie: str | None, header: str) -> Language:
    """The interface language: ``?lang=``, else the cookie, else Accept-Language, else English.

    >>> choose_language(asked=None, cookie=None, header="fr, zh-CN;q=0.9, en;q=0.5")
    'zh'
    """
    for value in (asked, cookie):
        if value in LANGUAGES:
            return value
    best: Language = "en"
    best_quality = 0.0
    for part in header.split(","):
        tag, _, parameters = part.strip().partition(";")
        match = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameters)
        quality = float(match[1]) if match else (0.0 if parameters else 1.0)
        for language in LANGUAGES:
            if tag.lower().split("-")[0] == language and quality > best_quality:
                best, best_quality = language, quality
    return best
