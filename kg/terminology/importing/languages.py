"""The language of a name, from its tag, what the caller says, or its script."""

from __future__ import annotations

import re

from kg.terminology.rows import NameLanguage

_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")
_KNOWN: dict[str, NameLanguage] = {"en": "en", "zh": "zh", "cmn": "zh", "mul": "mul"}


def language_of_tag(tag: str) -> NameLanguage | None:
    """The language of a BCP 47 tag; None where it is another than English and Chinese.

    >>> [language_of_tag(tag) for tag in ("en-GB", "zh-Hans", "zh_TW", "cmn", "mul", "de")]
    ['en', 'zh', 'zh', 'zh', 'mul', None]
    """
    return _KNOWN.get(re.split("[-_]", tag, maxsplit=1)[0].casefold())


def language_of(text: str, said: NameLanguage | None = None) -> NameLanguage:
    """The language of a name without tag: the one said, unless its script tells otherwise.

    A name with Chinese characters is Chinese; one without that is said to be Chinese is a symbol
    or code that both languages use.

    >>> language_of("他克莫司"), language_of("FK506", "zh"), language_of("serum")
    ('zh', 'mul', 'en')
    """
    if _HAN.search(text):
        return "zh"
    return "mul" if said in ("zh", "mul") else "en"
