"""Lines around an abstract that are not its text: citations, identifiers, authors, institutions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.layout import Layout, bare, load_layout
from kg.model import LANGUAGES, Source

LONGEST_LINE = 1200  # a longer line is text, whatever it holds

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；、]+")
_DOI_LABEL = re.compile(r"\bdoi\s*[:：]|\bdoi\.org/", re.IGNORECASE)
_PMID = re.compile(r"\bPMID\s*[:：]?\s*(\d{1,8})\b", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{3,9})\b")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = (
    rf"(?P<year>(?:19|20)\d\d)(?:\s+(?P<month>{_MONTHS})[a-z]*(?:-\w+)?)?(?:\s+(?P<day>\d{{1,2}}))?"
)
_EPUB = re.compile(
    rf"\bEpub\s+(?P<year>(?:19|20)\d\d)(?:\s+(?P<month>{_MONTHS})[a-z]*)?(?:\s+(?P<day>\d{{1,2}}))?"
)
_VOLUME = r"(?:[^\s(:;,.，。]{1,20})"
_ISSUE = r"(?:\s*[(（](?:[^)）]{1,40})[)）])"
_PAGES = r"(?:\s*[:：]\s*(?:[A-Za-z]{0,4}\d[\w\-–.]{0,20}))"
_CITATION = re.compile(
    rf"^(?:\d{{1,4}}[.:]\s+)?(?P<journal>[A-Z0-9][^;；。，]{{1,150}}?)[.,]?\s+{_DATE}"
    rf"(?:\s*;\s*{_VOLUME}{_ISSUE}?{_PAGES}?|\s*,\s*{_VOLUME}{_ISSUE}?{_PAGES}"
    r"|\s*[;:,.]?\s*(?=doi\b|https?:|PMID|Epub|Online))",
)
_YEAR_LAST = re.compile(
    rf"^(?P<journal>[A-Z][^;；。，\d]{{2,150}}?)[.,]?\s+{_VOLUME}{_ISSUE}?\s*[,:：]\s*"
    r"(?:\w?\d+\s*[-–]\s*\w?\d+)[,.]?\s*[(（](?P<year>(?:19|20)\d\d)[)）]"
)
_CHINESE_CITATION = re.compile(
    r"^(?P<journal>[\u4e00-\u9fff][\u4e00-\u9fff（）()·\w ]{1,40}?)[.．,，。:：;；\s]\s*"
    rf"(?P<year>(?:19|20)\d\d)\s*年?\s*[,，;；.]?\s*(?:第?{_VOLUME}卷?|){_ISSUE}?"
    r"\s*[:：]\s*(?:\w?\d+(?:\s*[-–~]\s*\w?\d+)?)"
)
_PREFIX = re.compile(
    r"^(?:citation|source|journal|cite as|来源|出处|引用|引用格式)\s*[:：]\s*", re.I
)
_SEPARATOR = re.compile(r"[,;，；、]|\band\b|&")
_MARKS = re.compile(r"(?:[\d*†‡§#¹²³⁴⁵⁶⁷⁸⁹\s]|\(\d+\))+$")
_WITH_INITIALS = re.compile(r"[A-Z][\w'’-]*(?: [A-Z]?[\w'’-]+)? [A-Z]{1,3}")  # Nobody AB
_IN_FULL = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: [A-Z][\w'’-]+){1,2}")  # Ann B. Nobody
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+")
_POSTCODE = re.compile(r"[\u4e00-\u9fff][,，;；\s]*\d{6}\b")
_ENDS_IN_UNIT = re.compile(r"(?:大学|大學|院|所|中心|科|系|室|部|局)$")
_SMALL = {"of", "and", "the", "for", "in", "at", "de", "la", "du", "di", "für", "und", "et", "des"}
_RIGHTS = re.compile(r"^(?:©|\(c\)|copyright\b|版权)|\ball rights reserved\b", re.IGNORECASE)


_NOTHING = Source()


@dataclass(frozen=True, slots=True)
class Metadata:
    """A line that is no text, and what it tells of the publication."""

    kind: str
    source: Source = _NOTHING


def read_metadata(line: str) -> Metadata | None:
    """What a line tells where it is a citation, identifier, author or institution line, or None.

    >>> read_metadata("Fict J Med. 2012;35(4):312-20. doi: 10.1000/fjm.1.").source.journal
    'Fict J Med'
    >>> read_metadata("Sirolimus was given to 12 patients in 2012.")
    """
    if len(line) > LONGEST_LINE:
        return None
    line = " ".join(line.split())
    cited = _PREFIX.sub("", line)
    for read in (_citation, _identifiers):
        source = read(cited)
        if source is not None:
            return Metadata("citation", source)
    if _left_out(line):
        return Metadata("left out")
    if _names_people(line):
        return Metadata("authors")
    institution = _institution(line)
    if institution is not None:
        return Metadata("affiliation", Source(affiliation=institution or None))
    return None


def merge(first: Source, second: Source) -> Source:
    """What both tell; the first wins, but citations and affiliations are joined."""
    return Source(
        doi=first.doi or second.doi,
        pmid=first.pmid or second.pmid,
        pmcid=first.pmcid or second.pmcid,
        year=first.year or second.year,
        date=first.date or second.date,
        journal=first.journal or second.journal,
        citation=_joined(first.citation, second.citation),
        affiliation=_joined(first.affiliation, second.affiliation),
    )


def find_doi(text: str) -> str | None:
    """The first DOI in a text, without the punctuation that ends its sentence.

    >>> find_doi("doi: 10.1016/S0140-6736(12)60198-1.")
    '10.1016/S0140-6736(12)60198-1'
    """
    found = _DOI.search(text)
    if not found:
        return None
    doi = found[0].rstrip(".,;:'’”")
    while doi.endswith((")", "]")) and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;")
    return doi


def _joined(first: str | None, second: str | None) -> str | None:
    return " ".join(filter(None, (first, second))) or None


def _citation(line: str) -> Source | None:
    for pattern in (_CITATION, _CHINESE_CITATION, _YEAR_LAST):
        found = pattern.match(line)
        if found and not _is_sentence(found["journal"]):
            date = _date(found)
            epub = _EPUB.search(line)
            if epub and "-" not in date:
                date = _date(epub)
            ids = _identified(line)
            return replace(
                ids, journal=found["journal"].strip(" .,，"), year=int(found["year"]),
                date=date if "-" in date else None, citation=line,
            )  # fmt: skip
    return None


def _identifiers(line: str) -> Source | None:
    """The identifiers of a line that holds nothing else."""
    if not (_DOI_LABEL.search(line) or _PMID.search(line) or _PMCID.search(line)):
        return None
    rest = line
    for pattern in (_DOI, _PMID, _PMCID):
        rest = pattern.sub(" ", rest)
    rest = re.sub(r"(?i)https?://\S*|\bdoi(?:\.org)?\b|\bPMCID\b|\[[^\]]*\]|\bEpub\b.*", " ", rest)
    return _identified(line) if len(re.findall(r"\w+", rest)) <= 3 else None


def _identified(line: str) -> Source:
    pmid, pmcid = _PMID.search(line), _PMCID.search(line)
    return Source(
        doi=find_doi(line), pmid=pmid[1] if pmid else None, pmcid=pmcid[1] if pmcid else None
    )


def _date(found: re.Match[str]) -> str:
    parts = found.groupdict()
    date = str(parts["year"])
    if parts.get("month"):
        date += f"-{_MONTHS.split('|').index(parts['month']) + 1:02}"
        if parts.get("day"):
            date += f"-{int(parts['day']):02}"
    return date


def _is_sentence(journal: str) -> bool:
    """Whether what stands before the year reads as a sentence and not as a journal's name."""
    verbs = any(load_layout(language).verbs.search(journal) for language in LANGUAGES)
    return verbs or len(journal.split()) > 14


def _left_out(line: str) -> bool:
    if _RIGHTS.search(line):
        return True
    label = re.match(r"[\[【]?\s*([^:：\]】]{1,40}?)\s*[:：\]】]", line)
    if not label:
        return False
    word = bare(label[1])
    return any(
        word in words or word.removesuffix("s") in words
        for words in (load_layout(language).left_out for language in LANGUAGES)
    )


def _names_people(line: str) -> bool:
    """Whether a line is a list of persons' names and nothing else."""
    ended = re.sub(r"[,，]?\s*(?:et al|等)?[.。]?\s*$", "", line)
    separator = re.compile(rf"{_SEPARATOR.pattern}|\s") if not line.isascii() else _SEPARATOR
    names = [_MARKS.sub("", item.strip()) for item in separator.split(ended)]
    names = [name for name in names if name]
    if len(names) < 2:
        return False
    if all(_CHINESE_NAME.fullmatch(name) for name in names):
        surnames = {name for language in LANGUAGES for name in load_layout(language).surnames}
        return all(name[0] in surnames or name[:2] in surnames for name in names)
    return all(_WITH_INITIALS.fullmatch(name) for name in names) or (
        len(names) > 2 and all(_IN_FULL.fullmatch(name) for name in names)
    )


def _institution(line: str) -> str | None:
    """The institutions that a line names, or None where it is text."""
    label = re.match(r"[\[【（(]?\s*([^:：\]】]{1,30}?)\s*[:：\]】]\s*", line)
    layouts = [load_layout(language) for language in LANGUAGES]
    if label and any(bare(label[1]) in layout.affiliation_labels for layout in layouts):
        return line[label.end() :]
    return line if any(_names_institutions(line, layout) for layout in layouts) else None


def _names_institutions(line: str, layout: Layout) -> bool:
    """Whether a line is a list of names, institutions among them, and not a title about them."""
    named = layout.institutions.findall(line)
    if not named or layout.verbs.search(line.rstrip("。")):
        return False
    if _MAIL.search(line) or _POSTCODE.search(line):
        return True
    parts = [part.strip(" .。") for part in re.split(r"[,，;；、]", line)]
    if any(word.isascii() for word in named):
        words = [word for word in re.findall(r"[^\W\d_]+", line) if word.lower() not in _SMALL]
        capitals = sum(word[0].isupper() for word in words)
        return len(parts) >= 2 and capitals >= 0.8 * len(words)
    first = re.split(r"[\s,，;；、]", line.strip())[0]
    return len(named) >= 2 and _ENDS_IN_UNIT.search(first) is not None
