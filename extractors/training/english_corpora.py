"""Public corpora with annotated mentions, as sentences in our types; training parts alone.

`english_types.tsv` says what each corpus calls things. Documents that a development part of any of
them has (by PubMed id) are left out of all, because some corpora share abstracts.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from extractors.nlp.sentences import split_sentences
from kg.errors import FormatError, InputError
from kg.model import MENTION_TYPES, Document, Language, Passage

Span = tuple[int, int, str]
_TABLE = "english_types.tsv"
_MARKED = ("known", "some")
_SENTENCE_ID = re.compile(r"P0*(\d+)[TA]")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with mentions in our types.

    Parameters
    ----------
    known : types of which all mentions are annotated; of the others some may be
    """

    id: str
    corpus: str
    text: str
    spans: tuple[Span, ...]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Types:
    """What the types of one corpus are here, and of which types all mentions are annotated."""

    ours: Mapping[str, str]
    known: frozenset[str]


_Read = tuple[str, str, tuple[Span, ...]]  # id, text, spans in the types of the corpus


def read_corpora(folder: Path, names: Collection[str] = ()) -> Iterator[Annotated]:
    """The sentences of the training parts below ``corpora/english``, corpus by corpus.

    Parameters
    ----------
    names : of the corpora to read; all where it is empty

    Raises
    ------
    InputError
        where a corpus is absent.
    """
    for given in read_texts(folder, names):
        yield from sentences_of(given)


def read_texts(folder: Path, names: Collection[str] = ()) -> Iterator[Annotated]:
    """The same as whole texts: abstracts, or sentences where a corpus has no more."""
    withheld = withheld_documents(folder)
    for name, types in load_types().items():
        if names and name not in names:
            continue
        for identifier, text, spans in _READERS[name](folder, "train"):
            if _document(identifier) not in withheld:
                ours = tuple((s, e, types.ours[k]) for s, e, k in spans if k in types.ours)
                yield Annotated(identifier, name, text, ours, types.known)


def read_development(folder: Path, name: str) -> Iterator[Annotated]:
    """The texts of the development part of BC5CDR, NCBI-disease or BC2GM (a tenth of it)."""
    types = load_types()[name]
    for identifier, text, spans in _READERS[name](folder, "dev"):
        ours = tuple((s, e, types.ours[k]) for s, e, k in spans if k in types.ours)
        yield Annotated(identifier, name, text, ours, types.known)


@cache
def withheld_documents(folder: Path) -> frozenset[str]:
    """The PubMed ids of all development parts."""
    return frozenset(
        _document(identifier)
        for name in ("bc5cdr", "ncbi", "biored", "bc2gm")
        for identifier, _, _ in _READERS[name](folder, "dev")
    )


@cache
def load_types() -> Mapping[str, _Types]:
    """The table of types, by corpus.

    Raises
    ------
    FormatError
        where a line is wrong.
    """
    ours: dict[str, dict[str, str]] = defaultdict(dict)
    known: dict[str, set[str]] = defaultdict(set)
    some: dict[str, set[str]] = defaultdict(set)
    text = files("extractors").joinpath("training", _TABLE).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            continue
        cells = line.split("\t")
        if len(cells) != 4 or cells[2] not in MENTION_TYPES or cells[3] not in _MARKED:
            raise FormatError(
                f"{line!r} is no corpus, their type, our type, {' or '.join(_MARKED)}",
                where=f"{_TABLE}:{number}",
            )
        corpus, theirs, kind, marked = cells
        ours[corpus][theirs] = kind
        (known if marked == "known" else some)[corpus].add(kind)
    return {name: _Types(ours[name], frozenset(known[name] - some[name])) for name in ours}


def sentences_of(given: Annotated, language: Language = "en") -> Iterator[Annotated]:
    """The sentences of an annotated text; a mention that lies in no one sentence is left out."""
    document = Document(given.id, (Passage("p1", language, given.text),))
    for number, sentence in enumerate(split_sentences(document)):
        spans = tuple(
            (start - sentence.start, end - sentence.start, kind)
            for start, end, kind in given.spans
            if sentence.start <= start and end <= sentence.end
        )
        text = given.text[sentence.start : sentence.end]
        yield Annotated(f"{given.id}.{number}", given.corpus, text, spans, given.known)


def _document(identifier: str) -> str:
    sentence = _SENTENCE_ID.match(identifier)
    return sentence[1] if sentence else identifier.split(".")[0]


def _text(path: Path) -> str:
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                return lines.read()
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", where=str(path),
            remedy="give the folder of the corpora with --corpora",
        ) from error  # fmt: skip


def read_pubtator(text: str) -> Iterator[_Read]:
    r"""The abstracts of a PubTator file, each once.

    >>> list(read_pubtator("7|t|On aspirin.\n7|a|Good.\n7\t3\t10\taspirin\tChemical\tD1\n"))
    [('7', 'On aspirin. Good.', ((3, 10, 'Chemical'),))]
    """
    for identifier, words, rows in read_blocks(text):
        spans = tuple(
            (int(row[1]), int(row[2]), row[4])
            for row in rows
            if len(row) >= 5 and row[1].isdigit() and row[2].isdigit()
        )
        yield identifier, words, spans


def read_blocks(text: str) -> Iterator[tuple[str, str, Iterator[list[str]]]]:
    """Number, text and the cells of all lines of each abstract in a PubTator file, each once."""
    seen: set[str] = set()
    for block in re.split(r"\n\s*\n", text):
        title = re.search(r"^(\d+)\|t\|(.*)$", block, re.MULTILINE)
        abstract = re.search(r"^\d+\|a\|(.*)$", block, re.MULTILINE)
        if title is not None and abstract is not None and title[1] not in seen:
            seen.add(title[1])
            rows = (line.split("\t") for line in block.split("\n"))
            yield title[1], f"{title[2]} {abstract[1]}", rows


def read_standoff(text: str, *annotations: str) -> tuple[Span, ...]:
    r"""The text-bound annotations of brat files that lie in one piece.

    >>> read_standoff("p53 acts", "T1\tProtein 0 3\tp53\nE1\tBinding:T1")
    ((0, 3, 'Protein'),)
    """
    found = []
    for line in "\n".join(annotations).splitlines():
        bound = re.match(r"T\d+\t(\S+) (\d+) (\d+)\t", line)
        if bound and int(bound[3]) <= len(text):
            found.append((int(bound[2]), int(bound[3]), bound[1]))
    return tuple(found)


def read_spaceless(text: str, rows: Iterable[tuple[int, int, str]]) -> tuple[Span, ...]:
    """Spans whose ends count the signs of a text without its spaces, the last one included.

    >>> read_spaceless("a gene", [(1, 4, "GENE")])
    ((2, 6, 'GENE'),)
    """
    at = [place for place, sign in enumerate(text) if not sign.isspace()]
    return tuple((at[s], at[e] + 1, kind) for s, e, kind in rows if e < len(at))


def _pubtator(train: str, dev: str) -> Callable[[Path, str], Iterator[_Read]]:
    def read(folder: Path, part: str) -> Iterator[_Read]:
        return read_pubtator(_text(folder / "english" / (train if part == "train" else dev)))

    return read


def _standoff(place: str) -> Callable[[Path, str], Iterator[_Read]]:
    def read(folder: Path, part: str) -> Iterator[_Read]:
        train = folder / "english" / place / "original-data" / "train"
        _listed(train)
        for path in sorted(train.glob("*.txt")):
            text = _text(path)
            sides = [path.with_suffix(suffix) for suffix in (".a1", ".a2")]
            given = [_text(side) for side in sides if side.exists()]
            identifier = (
                re.sub(r"\D*(\d+).*", r"\1", path.stem) if "PMID" in path.stem else path.stem
            )
            yield identifier, text, read_standoff(text, *given)

    return read


def _listed(folder: Path) -> None:
    if not folder.is_dir():
        raise InputError("no such folder", where=str(folder),
                         remedy="give the folder of the corpora with --corpora")  # fmt: skip


def _bc2gm(folder: Path, part: str) -> Iterator[_Read]:
    """Sentences; the tenth of them that a hash of the id picks is the development part."""
    given: dict[str, list[Span]] = defaultdict(list)
    place = folder / "english" / "bc2gm" / "train"
    for line in _text(place / "GENE.eval").splitlines():
        identifier, ends, _ = line.split("|", 2)
        start, end = map(int, ends.split())
        given[identifier].append((start, end, "GENE"))
    for line in _text(place / "train.in").splitlines():
        identifier, _, text = line.partition(" ")
        if in_development(identifier) == (part == "dev"):
            yield identifier, text, read_spaceless(text, given[identifier])


def in_development(identifier: str) -> bool:
    """Whether a sentence of BC2GM belongs to our development part: a tenth, by a hash."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 10 == 0


def _comet(folder: Path, part: str) -> Iterator[_Read]:
    """Lines of token and tag, sentences apart by an empty line; tokens are joined by spaces."""
    blocks = re.split(r"\n\s*\n", _text(folder / "english" / "ebm-comet" / "train.txt"))
    for number, block in enumerate(blocks):
        rows = [line.split() for line in block.splitlines() if len(line.split()) >= 2]
        text, begin = "", None
        spans: list[Span] = []
        for token, tag, *_ in rows:
            start = len(text)
            if begin is not None and not tag.startswith("I-"):
                spans.append((begin, start - 1, "outcome"))
                begin = None
            if tag.startswith("B-"):
                begin = start
            text += token + " "
        if begin is not None:
            spans.append((begin, len(text) - 1, "outcome"))
        if rows and not text.startswith(("Journal-Name:", "Publication Type:")):
            yield f"comet-{number}", text.rstrip(), tuple(spans)


def _drugprot(folder: Path, part: str) -> Iterator[_Read]:
    from lxml import etree

    # The copy is cut in the middle of a document, which is left out.
    given = _text(folder / "english" / "drugprot" / "train.bioc.xml").encode()
    root = etree.fromstring(given, etree.XMLParser(recover=True, resolve_entities=False))
    for document in root.findall("document")[:-1]:
        for passage in document.iterfind("passage"):
            offset = int(passage.findtext("offset") or 0)
            text = passage.findtext("text") or ""
            spans = []
            for annotation in passage.iter("annotation"):
                where, kind = annotation.find("location"), annotation.findtext("infon[@key='type']")
                if where is not None and kind:
                    start = int(where.get("offset", "0")) - offset
                    spans.append((start, start + int(where.get("length", "0")), kind))
            yield document.findtext("id") or "", text.replace("\t", " "), tuple(spans)


_READERS: Mapping[str, Callable[[Path, str], Iterator[_Read]]] = {
    "bc5cdr": _pubtator(
        "bc5cdr/CDR_TrainingSet.PubTator.txt.gz", "bc5cdr/CDR_DevelopmentSet.PubTator.txt.gz"
    ),
    "ncbi": _pubtator(
        "ncbi-disease/NCBItrainset_corpus.txt", "ncbi-disease/NCBIdevelopset_corpus.txt"
    ),
    "biored": _pubtator("biored/Train.PubTator", "biored/Dev.PubTator"),
    "bc2gm": _bc2gm,
    "drugprot": _drugprot,
    "pc13": _standoff("bionlp-st-2013-pc"),
    "cg13": _standoff("bionlp-st-2013-cg"),
    "ge13": _standoff("bionlp-st-2013-ge"),
    "comet": _comet,
}
