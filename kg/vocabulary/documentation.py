"""The pages ``docs/vocabulary.md`` and ``docs/vocabulary.zh.md``, made from the vocabulary itself.

Write them anew with ``python -m kg.vocabulary.documentation``; a test tells when they are out of
date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import CurieError
from kg.model import LANGUAGES, Language
from kg.vocab import PLX, compress
from kg.vocabulary.reading import (
    EXAMPLE_BASE,
    KINDS,
    Kind,
    VocabularyTerm,
    read_about,
    read_terms,
)
from ontologies.files import data_path, prefixes

PAGES: dict[Language, str] = {"en": "vocabulary.md", "zh": "vocabulary.zh.md"}
_KINDS: dict[Language, dict[Kind, str]] = {
    "en": {
        "class": "Classes", "relation": "Relations between concepts",
        "link": "Links to other nodes", "value": "Values",
    },
    "zh": {
        "class": "类", "relation": "概念之间的关系", "link": "指向其他节点的属性",
        "value": "取值属性",
    },
}  # fmt: skip
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "Vocabulary",
        "other": "[中文](vocabulary.zh.md)",
        "made": "This page is made from `ontologies/parallax.ttl` by "
        "`python -m kg.vocabulary.documentation`; edit that file.",
        "about": "The namespace `plx:` is <{base}>. Version {version} ({issued}), <{iri}>, "
        "by {by}, licence <{licence}>.",
        "served": "The explorer serves it at `/vocab` (HTML, Turtle, JSON-LD, RDF/XML, by the "
        "`Accept` header or a suffix), and each term at `/vocab/NAME` with its use in the graph. "
        "Examples are Turtle with these lines before them, and the prefixes of "
        "`ontologies/context.jsonld`:",
        "between": " ", "above": "narrower than", "below": "broader than", "domain": "of",
        "range": "value", "symmetric": "holds in both directions", "mappings": "elsewhere",
    },
    "zh": {
        "title": "词汇表",
        "other": "[English](vocabulary.md)",
        "made": "本页由 `python -m kg.vocabulary.documentation` 根据 "
        "`ontologies/parallax.ttl` 生成；请修改该文件。",
        "about": "命名空间 `plx:` 为 <{base}>。版本 {version}（{issued}），<{iri}>，{by}，"
        "许可 <{licence}>。",
        "served": "浏览器在 `/vocab` 提供词汇表（HTML、Turtle、JSON-LD、RDF/XML，"
        "由 `Accept` 头或后缀选择），每个术语在 `/vocab/名称`，并附其在图谱中的使用情况。"
        "示例为 Turtle，其前有以下各行以及 `ontologies/context.jsonld` 中的前缀：",
        "between": "", "above": "上位", "below": "下位", "domain": "用于", "range": "取值",
        "symmetric": "双向成立", "mappings": "对应",
    },
}  # fmt: skip


def preamble() -> str:
    """The lines that an example needs before it to be a Turtle document, but for the prefixes."""
    return f"@base <{EXAMPLE_BASE}> .\n@prefix st: <https://w3id.org/parallax/statement/> ."


def example_document(term: VocabularyTerm) -> str:
    """The example of a term as a whole Turtle document."""
    lines = [f"@prefix {name}: <{base}> ." for name, base in prefixes().items()]
    return "\n".join([*lines, preamble(), term.example])


def write_pages(folder: Path) -> None:
    """Write both pages into a folder."""
    for language in LANGUAGES:
        (folder / PAGES[language]).write_text(make_page(language), encoding="utf-8")


def make_page(language: Language) -> str:
    """The page in one language, as Markdown."""
    return "\n".join(_page(language)).rstrip() + "\n"


def _page(language: Language) -> Iterator[str]:
    words, about = _WORDS[language], read_about()
    told = words["about"].format(
        base=PLX.base, version=about.version, issued=about.issued, iri=about.version_iri,
        by=dict(about.creators)[language], licence=about.licence,
    )  # fmt: skip
    yield f"# {words['title']}\n\n{words['other']}\n\n{words['made']}\n\n{told}\n"
    yield f"{words['served']}\n"
    yield f"```turtle\n{preamble()}\n```\n"
    for kind in KINDS:
        listed = [term for term in read_terms() if term.kind == kind]
        yield f"- [{_KINDS[language][kind]}](#kind-{kind}): " + ", ".join(map(_linked, listed))
    for kind in KINDS:
        yield f'\n<a id="kind-{kind}"></a>\n\n## {_KINDS[language][kind]}'
        for term in read_terms():
            if term.kind == kind:
                yield from _section(term, language)


def _section(term: VocabularyTerm, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    other: Language = "zh" if language == "en" else "en"
    yield f'\n<a id="{term.name}"></a>\n\n### plx:{term.name}\n'
    yield f"**{term.label(language)}** · {term.label(other)}\n"
    yield f"{term.definition(language)}{words['between']}{term.note(language)}\n"
    facts = [
        (words["above"], map(_named, term.above)),
        (words["below"], map(_named, (PLX.base + name for name in term.below))),
        (words["domain"], map(_named, term.domain)),
        (words["range"], map(_named, term.range)),
        (words["mappings"], (f"`{way}` {_named(iri)}" for way, iri in term.mappings)),
    ]
    told = [f"- {name}: {', '.join(listed)}" for name, values in facts if (listed := list(values))]
    if term.symmetric:
        told.append(f"- {words['symmetric']}")
    if told:
        yield "\n".join(told) + "\n"
    yield f"```turtle\n{term.example}\n```"


def _linked(term: VocabularyTerm) -> str:
    return f"[{term.name}](#{term.name})"


def _named(iri: str) -> str:
    """A term of ours as a link, any other by its CURIE."""
    if iri.startswith(PLX.base):
        name = iri.removeprefix(PLX.base)
        return f"[plx:{name}](#{name})"
    return f"`{short(iri)}`"


def short(iri: str) -> str:
    """An IRI by its prefix, also of those vocabularies that only `parallax.ttl` names.

    >>> short("http://purl.obolibrary.org/obo/RO_0002211"), short("https://example.org/a")
    ('RO:0002211', 'https://example.org/a')
    """
    for name, base in (("RO", f"{_OBO}RO_"), ("SIO", _SIO)):
        if iri.startswith(base):
            return f"{name}:{iri.removeprefix(base)}"
    try:
        return compress(iri)
    except CurieError:
        return iri


_OBO, _SIO = "http://purl.obolibrary.org/obo/", "http://semanticscience.org/resource/SIO_"


def main() -> None:
    """Write the pages of this repository."""
    write_pages(data_path("").parent / "docs")


if __name__ == "__main__":
    main()
