"""Records of an XML file one by one: streamed, without network, DTDs or entity expansion."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from kg.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

PUBMED_ROOTS = frozenset(
    {"PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "collection"}
)
_SPACE = re.compile(r"[ \t\r\n]+")


def read_elements(
    chunks: Iterator[bytes],
    tags: Collection[str],
    *,
    roots: Collection[str] = PUBMED_ROOTS,
    expected: str = "PubMed XML (PubmedArticleSet) or BioC XML (collection)",
) -> Iterator[_Element]:
    """The elements with one of these tags, each complete; emptied when the next is asked for.

    An element inside another of them comes only as part of it. Memory is bounded by the largest
    element: what was handed on is cut from the tree. Where there is none, the error says
    whether the root is none of `roots`, and which file is `expected`.

    Raises
    ------
    InputError
        where the XML breaks, after all elements before the break; its `where` is ``line N``.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",), tag=tuple(tags), resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    line, found = 1, False
    try:
        for chunk in chunks:
            broken: etree.XMLSyntaxError | None = None
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError as error:
                broken = error
            for _, element in cast("Iterator[tuple[str, _Element]]", parser.read_events()):
                parent = element.getparent()
                if parent is None or parent.tag not in tags:
                    found = True
                    yield element
                    _forget(element)
            if broken is not None:
                raise _broken(broken)
            line += chunk.count(b"\n")
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(error) from error
    except InputError as error:
        raise InputError(
            error.what, where=error.where or f"line {line}", remedy=error.remedy
        ) from error
    if not found and root.tag not in tags:
        _check_root(root, tags, roots, expected)


def text_of(element: _Element | None) -> str:
    """The text of an element without its markup, spaces and line breaks made single spaces.

    Raises
    ------
    InputError
        where it holds an entity that is not one of HTML's named characters.
    """
    return "" if element is None else _SPACE.sub(" ", "".join(_texts(element))).strip()


def _texts(element: _Element) -> Iterator[str]:
    from lxml import etree

    yield element.text or ""
    for child in element:
        if isinstance(child, etree._Entity):
            yield _character(str(child.name), element)
        else:
            yield from _texts(child)
        yield child.tail or ""


def _character(name: str, element: _Element) -> str:
    character = html.entities.html5.get(f"{name};")
    if character is None:
        raise InputError(
            f"entity &{name}; is not expanded", where=f"line {element.sourceline}",
            remedy="write the character itself",
        )  # fmt: skip
    return character


def _forget(element: _Element) -> None:
    """Empty a record that has been handed on, with everything before it."""
    parent = element.getparent()
    if parent is None:
        return
    element.clear()
    while parent[0] is not element:
        del parent[0]


def _broken(error: Exception) -> InputError:
    """Where and why the XML breaks."""
    line = getattr(error, "lineno", None) or 1
    reason = str(getattr(error, "msg", "") or error).split(", line ")[0]
    return InputError(
        f"broken XML ({reason})", where=f"line {line}", remedy="repair it or fetch it again"
    )


def _check_root(
    root: _Element, tags: Collection[str], roots: Collection[str], expected: str
) -> None:
    if root.tag not in roots:
        raise InputError(
            f"XML with root <{root.tag}> is not a known form", where="line 1",
            remedy=f"give {expected}",
        )  # fmt: skip
    raise InputError("the file holds no record", where="line 1", remedy=f"add {min(tags)} elements")
