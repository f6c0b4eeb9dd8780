"""Mentions of public corpora as the learned recognisers see them: strict F1, by lexicon.

Each development part is read by the network alone, without the rules, in the style of its corpus;
definitions and repetitions make it consistent over a document. Lexicons are features only. With
``LEXICON_DATA`` set, the lexicon of that data directory is taken as it is; else all of
../shared/corpora/terminology is imported but for what was taken from the training parts of these
corpora, and where it is absent those rows are left out. The published figures are of test parts.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.table import MissingData, score_row, shared, write_table
from extractors.evaluation.scores import Score
from extractors.mentions.compiling import build_lexicon, find_lexicon, load_compiled
from extractors.mentions.finding import find_seen
from extractors.mentions.lexicon import Lexicon
from extractors.models.features import listed_names
from extractors.models.recognising import Recogniser, load_recogniser
from extractors.nlp.sentences import split_sentences
from extractors.training.chinese_corpora import corpus_types, read_held_out
from extractors.training.english_corpora import Annotated, read_development
from kg.model import Document, Language, Passage

# In a corpus' style the Chinese network is too careful; chosen on these very parts.
EAGERNESS = 0.5
FROM_TRAINING = ("bc5cdr-train", "ncbi-disease-train")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A development part: its texts, the style to read them in, and what others reach.

    Parameters
    ----------
    cut : whether the texts are sentences, whose mentions may lie in others
    """

    name: str
    language: Language
    texts: Callable[[], Iterable[Annotated]]
    style: str
    published: str
    cut: bool = False


def _development(name: str) -> Iterator[Annotated]:
    return read_development(shared("corpora"), name)


def _english(name: str, title: str, published: str) -> Corpus:
    return Corpus(title, "en", partial(_development, name), name, published)


def _chinese(name: str, title: str, published: str) -> Corpus:
    return Corpus(title, "zh", partial(_held_out, name), name, published, cut=True)


def _held_out(name: str) -> Iterator[Annotated]:
    types = corpus_types(name)
    known = frozenset(types.values())
    for number, given in enumerate(read_held_out(shared("corpora"), name)):
        spans = tuple((start, end, types[kind]) for start, end, kind in given.spans)
        yield Annotated(f"{given.id}:{number}", name, given.text, spans, known)


CORPORA: tuple[Corpus, ...] = (
    _english("bc5cdr", "BC5CDR dev", "scispaCy en_ner_bc5cdr_md 0.843"),
    _english("ncbi", "NCBI-disease dev", "BioLinkBERT-large 0.888"),
    _english("bc2gm", "BC2GM, a tenth of train", "BioLinkBERT-large 0.852"),
    _chinese("cmeee", "CMeEE, a tenth of train", "MacBERT-large 0.624, human 0.670"),
    _chinese("ruijin", "Ruijin, a tenth of documents", "challenge winners about 0.76"),
)


def score_corpus(corpus: Corpus, recogniser: Recogniser, lexicon: Lexicon) -> dict[str, Score]:
    """The scores by type, and of all types together."""
    scores: dict[str, Score] = {}
    shape = recogniser.kept.network.shape
    # A network that never saw the corpus reads in its own style, and is asked for our types alone.
    style = corpus.style if corpus.style in shape.styles else None
    for text in corpus.texts():
        known = text.known & frozenset(shape.types)
        found = (_in_sentence if corpus.cut else _in_document)(
            text, corpus.language, lexicon, recogniser, style=style, types=known
        )
        for kind in known:
            ours = {span for span in found if span[2] == kind}
            theirs = {span for span in text.spans if span[2] == kind}
            right = len(ours & theirs)
            for part in (kind, "all"):
                scores[part] = scores.get(part, Score()) + Score(
                    right, len(ours), right, len(theirs)
                )
    return scores


def _in_document(
    text: Annotated, language: Language, lexicon: Lexicon, recogniser: Recogniser, *,
    style: str | None, types: frozenset[str],
) -> set[tuple[int, int, str]]:  # fmt: skip
    document = Document(text.id, (Passage("p1", language, text.text),))
    sentences = split_sentences(document)
    seen = find_seen(document, sentences, lexicon, recogniser, style=style, types=types)
    return {(start, end, kind) for _, start, end, kind in seen}


def _in_sentence(
    text: Annotated, language: Language, lexicon: Lexicon, recogniser: Recogniser, *,
    style: str | None, types: frozenset[str],
) -> set[tuple[int, int, str]]:  # fmt: skip
    listed = listed_names(lexicon.matches(text.text, language))
    (reading,) = recogniser.read(
        [text.text], [listed], style=style, types=types, eagerness=EAGERNESS, nested=True
    )
    return {(seen.start, seen.end, seen.type) for seen in reading.found}


def lexicons(empty: Path) -> Iterator[tuple[str, Lexicon]]:
    """The starter terminology, and all that is imported where it is at hand."""
    yield "starter", load_compiled(None)
    given = os.environ.get("LEXICON_DATA")
    if not given:
        from benchmarks.terminologies import import_all
        from kg.terminology.building import imported_rows

        try:
            import_all(empty, without=FROM_TRAINING)
        except MissingData:
            return
        build_lexicon(empty, imported_rows(empty))
    yield "all imported", load_compiled(find_lexicon(Path(given) if given else empty))


def rows() -> Iterator[dict[str, object]]:
    """One row for each lexicon, corpus and type."""
    shared("corpora", "english")
    with tempfile.TemporaryDirectory() as empty:
        for name, lexicon in lexicons(Path(empty)):
            for corpus in CORPORA:
                recogniser = load_recogniser(corpus.language)
                if recogniser is None:
                    continue
                for kind, value in sorted(score_corpus(corpus, recogniser, lexicon).items()):
                    row = {"lexicon": name} | score_row(corpus.name, kind, value)
                    yield row | {"published": corpus.published if kind == "all" else ""}


def main() -> None:
    """Measure and write ``results/recognition.tsv``."""
    measured = list(rows())
    if not measured:
        raise MissingData("no recogniser is installed")
    about = "Mentions by the learned recognisers alone, exact boundaries and types; published: test"
    write_table("recognition", measured, about=about)
