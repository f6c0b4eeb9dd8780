"""Tables, hits, claims and paths on a terminal; plain text where the output is piped."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.answers.words import Words
    from kg.network.links import Links
    from kg.network.values import Claim, Counter, Curated, Hop, Path, Quote, Support

KINDS = (
    "refines", "refined_by", "contradicts", "contrasts", "disputed_by", "confirmed_by",
    "refuted_by",
)  # fmt: skip
_WIDE = 10_000
_SHOWN = 2  # evidence, and other claims, shown under each hop
_SIGNS = {"+": "+", "-": "−"}


def console() -> Console:
    """The console for results; without colour and line breaks where the output is piped."""
    from rich.console import Console

    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=_WIDE, no_color=True, emoji=False)


def print_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their names."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(*names, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    out = console()
    with out.capture() as captured:
        out.print(table)
    lines = (line.rstrip() for line in captured.get().splitlines())
    sys.stdout.write("".join(f"{line}\n" for line in lines if line))


def term_text(term: Any) -> str:
    """An RDF term for a table: a CURIE, or the words of a literal.

    >>> from kg.terms import IRI, Literal
    >>> term_text(IRI("http://id.nlm.nih.gov/mesh/D016559")), term_text(Literal("a", language="en"))
    ('mesh:D016559', 'a')
    """
    from kg.errors import CurieError
    from kg.terms import IRI
    from kg.vocab import BASE, compress

    if term is None:
        return ""
    if isinstance(term, IRI):
        try:
            return compress(term.value)
        except CurieError:
            return term.value.removeprefix(BASE)
    return str(term.value)


def print_paths(paths: Iterable[Path], words: Words) -> None:
    """Print paths, best first, with the evidence of each step and what speaks against it."""
    out = console()
    for number, path in enumerate(paths, 1):
        way = " → ".join(map(words.label, path.concepts))
        marks = [f"{words.of('marks', 'net')} {_SIGNS[path.sign]}"] if path.sign else []
        marks.append(f"{words.of('marks', 'score')} {path.score:.2f}")
        out.print(_text(f"{number}. ", "dim", way, "bold", "  " + " · ".join(marks), "dim"))
        for hop in path.hops:
            print_hop(hop, words, out)
        print_counter(path.counter, words, out)
        out.print()


def print_hop(hop: Hop, words: Words, out: Console) -> None:
    """Print one step with its best sentences in both languages, and other claims on it."""
    out.print(_text("   ", "", words.hop(hop), "cyan", "  " + _marks(hop, words), "dim"))
    print_evidence(hop.evidence, words, out)
    others = {words.hop(other): other for other in reversed(hop.others)}
    others.pop(words.hop(hop), None)
    for other in list(reversed(others.values()))[:_SHOWN]:
        also = f"   {words.of('marks', 'also')}: "
        out.print(_text(also, "dim", words.hop(other), "", "  " + _marks(other, words), "dim"))
        print_evidence(other.evidence, words, out)


def print_counter(counter: Iterable[Counter], words: Words, out: Console) -> None:
    """Print what speaks against a step or a path."""
    for item in counter:
        status = "denied" if item.kind == "denied" else None
        clause = words.supported(item.claim, status=status)
        out.print(_text(f"   {words.of('marks', item.kind)}: ", "red", clause, ""))
        print_evidence(item.evidence, words, out)


def print_evidence(evidence: Sequence[Support], words: Words, out: Console) -> None:
    """Print the first sentences, the trigger in colour, each with its document and section."""
    for support in evidence[:_SHOWN]:
        if support.curated is not None:
            print_record(support.curated, words, out)
            continue
        place = [support.document, words.of("section", support.section or "")]
        place.append(words.of("standings", support.standing or ""))
        place.append(words.of("agreement", support.agreement))
        place.append(words.under(support.context))
        for number, quote in enumerate(support.quotes):
            line = _text(f"      {quote.language}  ", "dim")
            line.append_text(quote_text(quote))
            notes = [*filter(None, place)] if number == 0 else []
            notes += [] if quote.stated else [words.of("marks", "aligned")]
            if notes:
                line.append(f"  [{' · '.join(notes)}]", "dim")
            out.print(line)
    if len(evidence) > _SHOWN:
        more = f"      … {len(evidence) - _SHOWN} {words.of('marks', 'more')}"
        out.print(_text(more, "dim"))


def print_record(record: Curated, words: Words, out: Console) -> None:
    """Print the record of a knowledge source: its address, publications and own words."""
    told = [record.title, record.record, record.original, record.address]
    told += record.publications[:_SHOWN]
    mark = f"      {words.of('marks', 'curated')}  "
    out.print(_text(mark, "dim", " · ".join(filter(None, told)), ""))
    for quote in record.quotes[:_SHOWN]:
        out.print(_text("          ", "", quote, "italic"))


def quote_text(quote: Quote) -> Text:
    """A sentence with its trigger in colour."""
    from rich.text import Text

    if quote.trigger is None:
        return Text(quote.text)
    start, end = quote.trigger
    return _text(quote.text[:start], "", quote.text[start:end], "bold yellow", quote.text[end:], "")


def print_claims(claims: Iterable[Claim], words: Words) -> None:
    """Print claims as a table."""
    rows = [
        (
            words.claim(claim), words.of("status", claim.status), f"{claim.belief:.2f}",
            " · ".join((
                f"{claim.supporting}/{claim.opposing}/{claim.hypothesizing}", *claim.sources,
            )),
        )
        for claim in claims
    ]  # fmt: skip
    names = ("claim", "status", "belief", "documents")
    print_table([words.of("marks", name) for name in names], rows)


def print_links(links: Mapping[Claim, Links], others: Mapping[str, Claim], words: Words) -> None:
    """Print how claims stand to one another, and what became of hypotheses.

    `others` has the claims that links lead to, by id.
    """
    names = {claim.id: words.claim(claim) for claim in (*others.values(), *links)}
    rows = [
        (names[claim.id], words.of("links", kind), names.get(other, other))
        for claim, found in links.items()
        for kind in KINDS
        for other in getattr(found, kind)
    ]
    rows += [
        (names[claim.id], words.of("links", "outcome"), words.of("fates", found.outcome))
        for claim, found in links.items()
        if found.outcome
    ]
    if rows:
        print_table([words.of("marks", "claim"), "", ""], rows)


def _marks(hop: Hop, words: Words) -> str:
    """What a reader should know of a step besides its words."""
    claim = hop.claim
    marks = [f"{words.of('marks', 'sign')} {_SIGNS[hop.sign]}"] if hop.sign else []
    marks.append(words.of("status", claim.status))
    marks.append(words.of("marks", "belief") + f" {claim.belief:.2f}")
    marks.append(words.documents(claim))
    marks += [words.of("marks", "derived")] if claim.derived else []
    marks += [words.of("marks", "reversed")] if not hop.edge.forward else []
    marks += [words.of("marks", "via")] if hop.edge.kind == "via" else []
    return " · ".join(marks)


def _text(*parts: str) -> Text:
    """Styled text from pairs of words and style; a last style may be left out."""
    from rich.text import Text

    styles = [*parts[1::2], ""][: (len(parts) + 1) // 2]
    return Text.assemble(*zip(parts[::2], styles, strict=True))
