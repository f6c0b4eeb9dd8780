"""Quotes: each is an exact substring of its passage, with subject, object and trigger inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Violation
from kg.store.base import Store
from kg.terms import IRI, Literal, Quad
from kg.validation.screening import nodes_of
from kg.vocab import DOCUMENT_GRAPH_BASE, OA, PLX, RDF

_SPANS = (
    ("subject", "subjectStart", "subjectEnd", "subjectText"),
    ("object", "objectStart", "objectEnd", "objectText"),
    ("trigger", "triggerStart", "triggerEnd", "trigger"),
)

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A thing with offsets into a passage: its IRI, values and the passage's text."""

    iri: str
    values: Values
    text: str


def check_quotes(store: Store, *, screened: bool = True) -> Iterator[Violation]:
    """The renditions, sentences and mentions of all documents whose words do not stand there.

    Parameters
    ----------
    screened : whether the store compares the words, and only the documents are read in which it
        finds some that may be wrong; the result is the same
    """
    if screened:
        graphs = {graph for graph, _ in nodes_of(store, _questions())}
    else:
        graphs = {graph.value for graph in store.graphs()}
    for graph in sorted(graphs):
        if graph.startswith(DOCUMENT_GRAPH_BASE):
            yield from check_document(store.quads(graph=IRI(graph)))


def _questions() -> Iterator[str]:
    """For each kind of thing with words: those for which these are not seen to stand there."""
    inside = f"?focus {PLX.inSentence} ?sentence . ?sentence {PLX.inPassage} ?passage"
    direct = f"?focus {PLX.inPassage} ?passage"
    bounds = f"?focus {PLX.start} ?start ; {PLX.end} ?end"
    for kind, where, words in (
        (PLX.Sentence, direct, RDF.value), (PLX.Mention, inside, OA.exact),
        (PLX.Quantity, inside, OA.exact),
    ):  # fmt: skip
        stands = f"""?focus {RDF.type} {kind} . {bounds} ; {words} ?words . {where} .
            ?passage {RDF.value} ?text"""
        yield _unlike(kind, stands, _stands("start", "end", "words"))
    parts = "".join(
        f"; {PLX[first]} ?{name}A ; {PLX[last]} ?{name}B ; {PLX[said]} ?{name}W "
        for name, first, last, said in _SPANS[:2]
    )
    name, first, last, said = _SPANS[2]
    whole = f"""?focus {PLX.quote} ?words ; {PLX.quoteStart} ?start {parts}.
        {inside} . ?passage {RDF.value} ?text
        BIND(?start + STRLEN(STR(?words)) AS ?end)
        OPTIONAL {{ ?focus {PLX[first]} ?{name}A }} OPTIONAL {{ ?focus {PLX[last]} ?{name}B }}
        OPTIONAL {{ ?focus {PLX[said]} ?{name}W }}"""
    within = [
        f"(?start <= ?{n}A && ?{n}A < ?{n}B && ?{n}B <= ?end"
        f" && {_stands(f'{n}A', f'{n}B', f'{n}W')})"
        for n, *_ in _SPANS
    ]
    for end in ("A", "B"):  # a server may look at both sides of the or; none is given an unbound
        within[2] = within[2].replace(f"?{name}{end}", f"COALESCE(?{name}{end}, -1)")
    within[2] = f"((!BOUND(?{name}A) && !BOUND(?{name}B)) || {within[2]})"
    test = " && ".join([_stands("start", "end", "words"), *within])
    yield _unlike(PLX.Rendition, whole, test)


def _stands(start: str, end: str, words: str) -> str:
    part = f"SUBSTR(STR(?text), ?{start} + 1, ?{end} - ?{start})"
    return f'(?{start} >= 0 && {part} = STR(?{words}) && {part} != "")'


def _unlike(kind: IRI, stands: str, test: str) -> str:
    every = f"GRAPH ?g {{ ?focus {RDF.type} {kind} }}"
    good = f"SELECT ?g ?focus {{ GRAPH ?g {{ {stands} }} FILTER({test}) }}"
    return f"SELECT ?g ?focus {{ {every} MINUS {{ {good} }} }}"


def check_document(quads: Iterator[Quad]) -> Iterator[Violation]:
    """The violations among the quads of one document."""
    nodes: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    for quad in quads:
        if isinstance(quad.subject, IRI) and isinstance(quad.object, IRI | Literal):
            iri = quad.subject.value
            if quad.predicate != RDF.type:
                nodes.setdefault(iri, {})[quad.predicate.value] = quad.object.value
            elif quad.object.value.startswith(PLX.base):
                kinds[iri] = quad.object.value
    checks = {
        PLX.Rendition.value: _rendition,
        PLX.Sentence.value: _sentence,
        PLX.Mention.value: _mention,
        PLX.Quantity.value: _mention,
    }
    for iri, kind in sorted(kinds.items()):
        if kind in checks:
            passage = _passage_of(nodes, iri)
            if passage is None:
                yield _violation(iri, PLX.inPassage, "", "passage")
            else:
                yield from checks[kind](_Part(iri, nodes[iri], passage))


def _passage_of(nodes: Mapping[str, Values], iri: str) -> str | None:
    """The text of the passage in which a thing stands, directly or through its sentence."""
    values = nodes.get(iri, {})
    sentence = nodes.get(values.get(PLX.inSentence.value, ""), {})
    passage = values.get(PLX.inPassage.value) or sentence.get(PLX.inPassage.value, "")
    return nodes.get(passage, {}).get(RDF.value.value)


def _rendition(part: _Part) -> Iterator[Violation]:
    quote = part.values.get(PLX.quote.value, "")
    start = _number(part, "quoteStart")
    if not quote or start is None or part.text[start : start + len(quote)] != quote:
        yield _violation(part.iri, PLX.quote, quote, "quote")
        return
    for name, first, last, words in _SPANS:
        begin, end = _number(part, first), _number(part, last)
        if name == "trigger" and begin is None and end is None:
            continue
        if begin is None or end is None or not start <= begin < end <= start + len(quote):
            yield _violation(part.iri, PLX[first], str(begin), f"{name} outside")
        elif part.text[begin:end] != part.values.get(PLX[words].value):
            yield _violation(
                part.iri, PLX[words], part.values.get(PLX[words].value, ""), f"{name} words"
            )


def _sentence(part: _Part) -> Iterator[Violation]:
    yield from _words(part, RDF.value)


def _mention(part: _Part) -> Iterator[Violation]:
    yield from _words(part, OA.exact)


def _words(part: _Part, predicate: IRI) -> Iterator[Violation]:
    """A violation where the words of a thing are not what stands between its offsets."""
    words = part.values.get(predicate.value, "")
    start, end = _number(part, "start"), _number(part, "end")
    if not words or start is None or end is None or part.text[start:end] != words:
        yield _violation(part.iri, predicate, words, "words")


def _number(part: _Part, name: str) -> int | None:
    text = part.values.get(PLX[name].value, "")
    return int(text) if text.isdecimal() else None


def _violation(iri: str, predicate: IRI, value: str, message: str) -> Violation:
    return Violation("quote", "error", iri, predicate.value, value, *_MESSAGES[message])


_PARTS = (("subject", "主体"), ("object", "客体"), ("trigger", "触发词"))
# What is wrong, in English and Chinese.
_MESSAGES: dict[str, tuple[str, str]] = {
    "passage": ("stands in no passage", "不位于任何段落"),
    "quote": ("the quote does not stand there in the passage", "引文不在段落的该处"),
    "words": ("these words do not stand in the passage", "这些文字不在段落的该处"),
    **{f"{en} outside": (f"the {en} lies outside the quote", f"{zh}位于引文之外")
       for en, zh in _PARTS},
    **{f"{en} words": (f"these are not the words of the {en}", f"这不是{zh}的文字")
       for en, zh in _PARTS},
}  # fmt: skip
