"""PubTator: text lines, a line for each mention, a line for each relation of a document.

The format has one title and one abstract: the title is the first passage that is one, and the
abstract all others, in both languages, with a space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.export.documents import WholeDocument, read_documents
from kg.export.selection import Selected

_BREAK = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def records(selected: Selected) -> Iterator[str]:
    """The documents, with an empty line after each."""
    for whole in read_documents(selected):
        yield record(whole)


def record(whole: WholeDocument) -> str:
    """One document; offsets count code points over title, space and abstract."""
    name = whole.pmid or whole.id.replace("|", "/")
    titles = [text for text in whole.texts if text.section == "title"][:1]
    others = [text for text in whole.texts if text not in titles]
    title = _BREAK.sub(" ", titles[0].text) if titles else ""
    abstract = " ".join(_BREAK.sub(" ", text.text) for text in others)
    lines = [f"{name}|t|{title}", f"{name}|a|{abstract}"]
    concepts: dict[str, str] = {}
    offset = 0 if titles else 1
    for text in (*titles, *others):
        for mention in text.mentions:
            concepts[mention.id] = mention.concept
            cells = (
                name, str(offset + mention.start), str(offset + mention.end),
                _BREAK.sub(" ", mention.text), mention.type, mention.concept,
            )  # fmt: skip
            lines.append("\t".join(cells))
        offset += len(text.text) + 1
    found = (
        (name, _type(relation.kind), concepts[relation.subject], concepts[relation.object])
        for relation in whole.relations
    )
    lines += ["\t".join(cells) for cells in dict.fromkeys(found)]
    return "\n".join(lines) + "\n\n"


def _type(kind: str) -> str:
    """The type of a relation as one word: ``denied: treats`` is ``denied_treats``."""
    return kind.replace(": ", "_")
