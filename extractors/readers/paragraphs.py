"""Paragraphs of a plain text: lines that were wrapped are joined, headings are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.layout import bare, leading_label, load_layout, section_of
from extractors.readers.citation import read_metadata
from extractors.readers.language import language_of
from kg.model import LANGUAGES

WIDEST_WRAP = 120  # code points of a line that may be one of a wrapped paragraph
NARROWEST_WRAP = 18
LONGEST_HEADING = 60
_ENDS = re.compile(r"[.!?。！？;；:：][\"'”’)）\]】]*$")
_HEADING = re.compile(
    r"\s*[\[【〖(（]?\s*([^:：\[\]【】〖〗()（）.。]{1,30}?)\s*[\]】〗)）]?\s*(?:[:：]|[\]】〗)）])\s*"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `kind` is text, heading, title (labelled as one) or section (a label alone)."""

    text: str
    kind: str = "text"


def split_paragraphs(text: str) -> list[Paragraph]:
    r"""The paragraphs of a text, in order.

    >>> [part.text for part in split_paragraphs("【摘要】\n目的：观察。\n\nAbstract: Sirolimus.")]
    ['摘要', '目的：观察。', 'Sirolimus.']
    """
    return [part for block in _blocks(text) for part in _headed(block)]


def _blocks(text: str) -> Iterator[str]:
    """Stretches between blank lines, each joined where its lines were wrapped."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text)
    block: list[str] = []
    for line in [*lines, ""]:
        line = line.strip(" \t\u3000\xa0\ufeff")
        if line:
            block.append(line)
        elif block:
            yield from _unwrapped(block)
            block = []


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """The lines one by one, or joined, in runs that begin where a paragraph must begin."""
    runs: list[list[str]] = []
    for line in lines:
        starts = (
            not runs
            or _stands_alone(line)
            or _stands_alone(runs[-1][-1])
            or leading_label(line) is not None
            or language_of(line) not in (None, language_of(runs[-1][-1]))
        )
        if starts:
            runs.append([line])
        else:
            runs[-1].append(line)
    for run in runs:
        if _is_wrapped(run):
            yield _join(run)
        else:
            yield from run


def _is_wrapped(run: list[str]) -> bool:
    before = run[:-1]
    if not before or max(map(len, run)) > WIDEST_WRAP:
        return False
    open_ended = sum(not _ENDS.search(line) for line in before)
    wide = sum(len(line) >= NARROWEST_WRAP for line in before)
    return open_ended >= 0.6 * len(before) and wide == len(before)


def _join(run: list[str]) -> str:
    joined = run[0]
    for line in run[1:]:
        space = "" if joined[-1] > "\u2e7f" or line[0] > "\u2e7f" else " "
        joined += space + line
    return joined


def _stands_alone(line: str) -> bool:
    return _bare_kind(line) is not None or (
        read_metadata(line) is not None
        and not (len(line) < WIDEST_WRAP and line.endswith((",", "，")))
    )


def _bare_kind(line: str) -> str | None:
    """Whether a whole line is a heading, or a section label without text."""
    if len(line) > LONGEST_HEADING:
        return None
    word = bare(line)
    if any(word in load_layout(language).headings for language in LANGUAGES):
        return "heading"
    return "section" if section_of(word) else None


def _headed(block: str) -> Iterator[Paragraph]:
    """A block as a paragraph of its kind, without the heading or title label in front of it."""
    kind = _bare_kind(block)
    if kind:
        yield Paragraph(bare(block), kind)
        return
    text = without_heading(block)
    found = _HEADING.match(text[:LONGEST_HEADING])
    if found and any(bare(found[1]) in load_layout(language).titles for language in LANGUAGES):
        yield Paragraph(text[found.end() :], "title")
    else:
        yield Paragraph(text)


def without_heading(text: str) -> str:
    """A text without the heading in front of it.

    >>> without_heading("【摘要】目的 观察。"), without_heading("Abstract: Sirolimus helps.")
    ('目的 观察。', 'Sirolimus helps.')
    """
    found = _HEADING.match(text[:LONGEST_HEADING])
    headed = found and any(bare(found[1]) in load_layout(lang).headings for lang in LANGUAGES)
    return text[found.end() :] if found and headed else text
