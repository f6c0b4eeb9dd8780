"""Variants of genes and proteins in a text: rs numbers, HGVS, and the shorter ways of papers.

What is read: ``rs6265``; ``c.342delA``, ``IVS3+1G>A``, ``-308 G/A``, ``A118G``, ``5382insC``;
``p.Val66Met``, ``Val(66)Met``, ``V66M``, ``192Q/R``, ``p.G204VfsX17``, and one allele
(``158Met``, ``-308A``) where the text tells the variant too. Letters and digits that may be a gene,
a cell line or a compound (``H2S``, ``T47D``) are no variant by themselves: a bare form needs a word
for variants somewhere in the text, or a variant of a surer form.

Two ways of writing one variant are one: an rs number in brackets behind another form, or before it,
names it, and an allele is of the variant at its place. Bases at a place without ``c.`` or ``g.``
are taken for coding ones. Notation: den Dunnen et al., Hum Mutat 2016, doi:10.1002/humu.22981.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.sequence_variants.notation import BASES, Change, SequenceVariant, residue

_ARROW = r"\s?(?:>|-{0,2}>|–>|→|/)\s?"
_AT = r"(?:IVS\s?\d+\s?[-+]\s?\d+|[-+*−]?\s?\d+(?:\s?[-+]\s?\d+)?)"
_SPAN = rf"{_AT}(?:\s?[_–-]\s?\d+(?:[-+]\d+)?)?"
_THREE = (
    "Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val|Sec|Ter|Stop"
)
_ONE = "[ACDEFGHIKLMNPQRSTVWY]"
_NOT_BEFORE = r"(?<![A-Za-z0-9.])"
_NOT_BEHIND = r"(?![A-Za-z0-9])"
_CUE = re.compile(
    r"(?i)mutat|mutant|polymorphi|variant|substitut|allele|genotyp|haplotype|SNPs?\b|missense|nonsense|"
    "frameshift|carrier|突变|多态|变异|等位基因|基因型"
)
# Cell lines and compounds that are written as one residue for another.
_NEVER = frozenset("T47D H2S H2A H2B C2C H3K K562A".split())  # noqa: SIM905
_LEAST_BARE = 10  # smaller places stand in names of genes and compounds


@dataclass(frozen=True, slots=True)
class FoundVariant:
    """A stretch of a text that is a variant: its notation, its rs number, or both.

    `sure` is whether the form alone tells it.
    """

    start: int
    end: int
    text: str
    variant: SequenceVariant | None
    rs: str | None = None
    sure: bool = True


_CHANGES: dict[str, Change] = {
    "del": "DEL", "ins": "INS", "dup": "DUP", "delins": "INDEL", "indel": "INDEL",
}  # fmt: skip
Make = Callable[[re.Match[str]], SequenceVariant | None]


def find_variants(text: str) -> tuple[FoundVariant, ...]:
    """All variants of a text, in its order, none within another.

    Examples
    --------
    >>> found = find_variants("Carriers of the BDNF Val66Met (rs6265) polymorphism, 66Met.")
    >>> [(v.text, v.variant.hgvs if v.variant else None, v.rs) for v in found]
    [('Val66Met', 'p.V66M', 'rs6265'), ('rs6265', None, 'rs6265'), ('66Met', 'p.V66M', 'rs6265')]
    >>> find_variants("T47D cells were treated with H2S.")
    ()
    """
    found = _apart(_written(text))
    if not (any(v.sure for v in found) or _CUE.search(text)):
        return ()
    found = _alike(_bracketed(text, found))
    taken = [(v.start, v.end) for v in found]
    alleles = (v for v in _alleles(text, found) if not _within(v, taken))
    return tuple(sorted(_apart((*found, *alleles)), key=lambda v: v.start))


def _written(text: str) -> Iterator[FoundVariant]:
    for match in re.finditer(rf"{_NOT_BEFORE}[rR][sS]\s?#?(\d{{2,}}){_NOT_BEHIND}", text):
        yield FoundVariant(*match.span(), match[0], None, f"rs{match[1]}")
    for pattern, make, sure in _FORMS:
        for match in pattern.finditer(text):
            variant = make(match)
            if variant is not None:
                told = sure and "/" not in match[0]
                whole = told or match[0].startswith(("c.", "g.", "p.", "m."))
                yield FoundVariant(*match.span(), match[0], variant, sure=whole)


def _place(written: str) -> str:
    return re.sub(r"\s", "", written).replace("−", "-")


def _coding(match: re.Match[str]) -> SequenceVariant:
    told = match.groupdict()
    level = told.get("level") or "c"
    return SequenceVariant(level, "SUB", told["one"], _place(told["at"]), told["other"])  # type: ignore[arg-type]


def _bare_bases(match: re.Match[str]) -> SequenceVariant | None:
    one, other = match["one"], match["other"]
    if one not in BASES or other not in BASES or one == other:
        return None
    return _coding(match)


def _gap(match: re.Match[str]) -> SequenceVariant | None:
    at, bases = _place(match["at"]), match["bases"] or ""
    place = at[0] + re.sub("[–-](?=[0-9]+$)", "_", at[1:]) if "_" not in at else at
    level = match["level"] or "c"
    change = _CHANGES[match["change"]]
    if change == "DEL":
        return SequenceVariant(level, change, bases, place)  # type: ignore[arg-type]
    return SequenceVariant(level, change, "", place, bases)  # type: ignore[arg-type]


def _residues(match: re.Match[str]) -> SequenceVariant | None:
    one, other = residue(match["one"]), residue(match["other"])
    if not one or not other or match[0] in _NEVER:
        return None
    return SequenceVariant("p", "SUB", one, match["at"], other)


def _bare_residues(match: re.Match[str]) -> SequenceVariant | None:
    if int(match["at"]) < _LEAST_BARE and not match["level"]:
        return None
    one, other = match["one"], match["other"]
    if not match["level"] and one in BASES and other in BASES:
        return None if one == other else SequenceVariant("c", "SUB", one, match["at"], other)
    return _residues(match)


def _worded(match: re.Match[str]) -> SequenceVariant | None:
    """A substitution that is told in words; of bases where it is no residue's place."""
    one, other = (re.sub(r"\s\(.*", "", match[name]) for name in ("one", "other"))
    if {one, other} <= BASES and not re.search("amino|residue|codon", match[0]):
        return SequenceVariant("c", "SUB", one, match["at"], other)
    before, behind = residue(one), residue(other)
    if not before or not behind:
        return None
    return SequenceVariant("p", "SUB", before, match["at"], behind)


def _frame(match: re.Match[str]) -> SequenceVariant | None:
    one = residue(match["one"])
    other = residue(match["other"]) if match["other"] else ""
    if not one:
        return None
    return SequenceVariant("p", "FS", one, match["at"], other, match["stop"] or "")


def _lost(match: re.Match[str]) -> SequenceVariant | None:
    one = residue(match["one"])
    if not one:
        return None
    if match["last"]:
        return SequenceVariant("p", "DEL", "", f"{match['at']}_{match['last']}")
    return SequenceVariant("p", "DEL", one, match["at"])


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_NOT_BEFORE + pattern + _NOT_BEHIND)


_RESIDUE = rf"(?:{_THREE}|{_ONE})"
_NAMES = (
    "alanine|arginine|asparagine|aspartate|cysteine|glutamine|glutamate|glycine|histidine|"
    "isoleucine|leucine|lysine|methionine|phenylalanine|proline|serine|threonine|tryptophan|"
    "tyrosine|valine"
)
_CODING = r"(?:(?P<level>[cgmn])\.\s?)?"
_PROTEIN = r"(?P<level>p\.\s?\(?)?"
_NAMED = rf"(?:{_NAMES}|{_THREE}|glutamic acid|aspartic acid|{_ONE})(?:\s\([A-Za-z]+\))?"
_WHERE = (
    r"(?:\s(?:substitution|mutation|change|transition|transversion|exchange))?"
    r"(?:\swas\s\w+)?\s(?:at|in|of)\s(?:the\s)?(?:amino acid|codon|nucleotide|position|residue|aa)"
    r"(?:\sposition|\sresidue|\snumber)?\s(?P<at>-?\d+)"
)
# How variants are written, what to make of them, and whether the form tells them alone.
_FORMS: tuple[tuple[re.Pattern[str], Make, bool], ...] = (
    (_compiled(rf"{_CODING}(?P<at>{_AT})\s?(?P<one>[ACGT]){_ARROW}(?P<other>[ACGT])"),
     _coding, True),
    (_compiled(rf"(?P<level>[cgmn])\.\s?(?P<one>[ACGT])(?P<at>{_AT})(?P<other>[ACGT])"),
     _coding, True),
    (_compiled(r"(?P<one>[ACGT])\(?(?P<at>[-−]\d+)\)?(?P<other>[ACGT])"), _bare_bases, False),
    (_compiled(rf"(?P<level>[cgmn])\.\s?(?P<at>{_SPAN})\s?(?P<change>delins|indel|del|ins|dup)"
               r"(?P<bases>[ACGT]+|\d+)?"), _gap, True),
    (_compiled(r"(?P<level>(?!))?(?P<at>\d+(?:[_–-]\d+)?)\s?(?P<change>delins|indel|del|ins|dup)"
               r"(?P<bases>[ACGT]+)"), _gap, True),
    (_compiled(rf"{_PROTEIN}(?P<one>{_RESIDUE})(?P<at>\d+)(?P<other>{_RESIDUE})?"
               r"fs(?:[*X]|Ter)?(?P<stop>\d+)?\)?"), _frame, True),
    (_compiled(rf"{_PROTEIN}(?P<one>{_RESIDUE})(?P<at>\d+)"
               rf"(?:[_–-]{_RESIDUE}(?P<last>\d+))?\s?del\)?"), _lost, True),
    (_compiled(rf"{_PROTEIN}(?P<one>{_THREE})[\s-]?\(?(?P<at>\d+)\)?(?:{_ARROW}|[\s-])?"
               rf"(?P<other>{_THREE}|[*X])"), _residues, True),
    (_compiled(rf"(?i:(?P<one>{_NAMES})[\s-]?(?P<at>\d+)(?:{_ARROW}|-|\sto\s)"
               rf"(?P<other>{_NAMES}))"), _residues, True),
    (_compiled(rf"{_PROTEIN}(?P<one>{_ONE})(?P<at>\d{{1,4}})(?:-?->|→)?"
               rf"(?P<other>{_ONE}|[*X]|stop)"), _bare_residues, False),
    (_compiled(rf"(?P<one>{_NAMED})(?:\sto\s|-to-|\sby\s|{_ARROW})(?:an?\s)?(?P<other>{_NAMED}){_WHERE}"),
     _worded, True),
    (_compiled(rf"(?P<other>{_NAMED})\sfor\s(?:an?\s)?(?P<one>{_NAMED}){_WHERE}"), _worded, True),
    (_compiled(rf"(?P<level>p\.)?(?P<at>\d+)\s?(?P<one>{_RESIDUE})/(?P<other>{_RESIDUE})"),
     _residues, False),
)  # fmt: skip
_BRACKET = re.compile(r"\s?[(\[,;/（，]\s?(?:SNP\s|dbSNP:?\s?)?$")


def _apart(found: Iterable[FoundVariant]) -> list[FoundVariant]:
    """The longest of those that overlap; of equally long ones the first that was given."""
    taken: list[FoundVariant] = []
    for variant in sorted(found, key=lambda v: v.start - v.end):
        if all(variant.end <= one.start or one.end <= variant.start for one in taken):
            taken.append(variant)
    return sorted(taken, key=lambda v: v.start)


def _bracketed(text: str, found: list[FoundVariant]) -> list[FoundVariant]:
    """Variants with the rs number that stands in brackets behind them, or before them."""
    numbered = list(found)
    for place, (one, other) in enumerate(pairwise(found)):
        between = text[one.end : other.start]
        if (one.rs is None) == (other.rs is None) or not _BRACKET.fullmatch(between):
            continue
        if "," in between or "，" in between or ";" in between:
            continue
        known = one.rs or other.rs
        without = place if one.rs is None else place + 1
        if numbered[without].rs is None:
            numbered[without] = replace(numbered[without], rs=known)
    return numbered


def _alike(found: Iterable[FoundVariant]) -> list[FoundVariant]:
    """Variants with the rs number that another mention of the same variant has."""
    found = list(found)
    known = {v.variant: v.rs for v in found if v.variant is not None and v.rs is not None}
    return [
        replace(v, rs=known.get(v.variant)) if v.variant is not None and v.rs is None else v
        for v in found
    ]


def _alleles(text: str, found: Iterable[FoundVariant]) -> Iterator[FoundVariant]:
    """Single alleles and genotypes (158Met, -308A, -31TT) of the variants that are told."""
    seen: dict[SequenceVariant, FoundVariant] = {}
    for one in found:
        if one.variant is not None and one.variant.change == "SUB":
            seen.setdefault(one.variant, one)
    for variant, model in seen.items():
        ends = {variant.reference, variant.alternative}
        place = re.escape(variant.position).replace("\\-", "[-−]")
        pattern = (
            rf"{place}\s?(?P<a>[ACGT]{{1,2}})|(?P<b>[ACGT])\(?{place}" if variant.level != "p"
            else rf"{place}(?P<a>{_THREE}|{_ONE}{{1,2}})|(?P<b>{_THREE}|{_ONE})-?\(?{place}\)?"
        )  # fmt: skip
        for match in re.finditer(rf"(?<![A-Za-z0-9.])(?:{pattern}){_NOT_BEHIND}", text):
            told = match["a"] or match["b"]
            letters = {residue(told)} if len(told) > 2 else set(told)
            if letters and letters <= ends:
                yield replace(
                    model, start=match.start(), end=match.end(), text=match[0], sure=False
                )


def _within(variant: FoundVariant, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < variant.end and variant.start < end for start, end in taken)
