"""How often gold mentions of BC5CDR and NCBI-disease are given the right concept.

Boundaries and types of the mentions are given; asked is the identifier, of MeSH or OMIM. The
lexicon is built of all terminologies of ../shared/corpora; a concept is right where the gold
identifier is one of its own. Of composite mentions (`D001943|D010051`) all parts are asked and no
other. A mention that the annotators gave no identifier (-1) is not asked, but counts where
precision does. Weights and rules were chosen on the training parts.

Rows, each with all that the one before has: `dictionary` looks a name up as the lexicon folds it;
`variants` writes it in other ways; `context` asks the document. `threshold` is what the pipeline
does: a mention whose best candidate stays below the threshold gets no concept. All four are
measured with the terminologies alone, and with the names that annotators of the training parts of
the two corpora read (`lexicon`: terminologies, and training names); the latter is everything that a
user can import, and its row `context` the figure to quote. `held` leaves out gold identifiers that
the lexicon does not have (mostly supplementary records that were replaced since, and compounds
whose names are in no file at hand).

All is imported and built anew, twice, in a folder that is deleted afterwards: some seven
minutes of one core.
"""

from __future__ import annotations

import gzip
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.vocabulary import Vocabulary
from benchmarks.table import shared, write_table
from benchmarks.terminologies import import_all
from extractors.grounding.candidates import Scored, find_candidates
from extractors.grounding.context import Context, Named, read_context
from extractors.grounding.grounding import ground
from extractors.grounding.weights import load_weights
from extractors.mentions.compiling import build_lexicon, load_compiled
from extractors.mentions.lexicon import Lexicon
from extractors.training.english_corpora import read_blocks
from kg.model import MentionType
from kg.terminology.building import imported_rows

PREFIXES = ("mesh:", "omim:")
TRAINING = ("bc5cdr-train", "ncbi-disease-train")
TYPES: dict[str, MentionType] = {"Chemical": "Drug"}
Predict = Callable[["Article", Lexicon], Iterator[tuple[Scored, ...]]]


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention with its identifiers; none where the annotators knew none."""

    start: int
    end: int
    text: str
    type: MentionType
    identifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Article:
    """Title and abstract with their mentions."""

    id: str
    text: str
    mentions: tuple[Gold, ...]


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a PubTator file; one that comes twice is read once."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        text = lines.read()
    for identifier, words, rows in read_blocks(text):
        mentions = tuple(_mention(row) for row in rows if len(row) >= 6 and row[1].isdigit())
        yield Article(identifier, words, mentions)


def _mention(row: list[str]) -> Gold:
    parts = re.split(r"[|+]", row[5].replace(" ", ""))
    identifiers = frozenset(_curie(part) for part in parts if part not in ("-1", ""))
    return Gold(int(row[1]), int(row[2]), row[3], TYPES.get(row[4], "Disease"), identifiers)


def _curie(part: str) -> str:
    prefix, _, rest = part.rpartition(":")
    return f"omim:{rest}" if prefix == "OMIM" else f"mesh:{rest}"


def dictionary(article: Article, lexicon: Lexicon) -> Iterator[tuple[Scored, ...]]:
    """The first concept that the lexicon has for the name, of the right type if there is one."""
    for gold in article.mentions:
        found = sorted(lexicon.lookup(gold.text, "en"), key=lambda e: e.type != gold.type)
        yield tuple(Scored(entry, 1.0, ("name",)) for entry in found[:1])


def by_variants(article: Article, lexicon: Lexicon) -> Iterator[tuple[Scored, ...]]:
    """The candidates of each name by itself."""
    for gold in article.mentions:
        yield find_candidates(gold.text, "en", gold.type, lexicon)


def in_context(article: Article, lexicon: Lexicon) -> Iterator[tuple[Scored, ...]]:
    """The candidates that the document lets stand."""
    context: Context = read_context([article.text], [article.mentions])
    for gold in article.mentions:
        yield ground(Named(gold.text, gold.type, "en"), context, lexicon)


def chosen(found: Sequence[Scored], threshold: float) -> frozenset[str]:
    """The concepts that are predicted: the best, or all parts of what is named together."""
    if found and "part" in found[0].reasons:
        return frozenset(scored.concept for scored in found if "part" in scored.reasons)
    return frozenset(scored.concept for scored in found[:1] if scored.score >= threshold)


@dataclass(slots=True)
class Tally:
    """How many mentions were asked, given concepts, and given the right ones."""

    asked: int = 0
    held: int = 0
    given: int = 0
    right: int = 0

    def add(self, gold: Gold, predicted: frozenset[str], lexicon: Lexicon) -> bool:
        """Count a mention; whether it is right."""
        self.given += bool(predicted)
        if not gold.identifiers:
            return False
        self.asked += 1
        self.held += all(lexicon.type_of(i) is not None for i in gold.identifiers)
        identifiers = [set(lexicon.identifiers(concept)) for concept in predicted]
        right = (
            bool(identifiers)
            and all(mine & gold.identifiers for mine in identifiers)
            and all(any(i in mine for mine in identifiers) for i in gold.identifiers)
        )
        self.right += right
        return right


SYSTEMS: tuple[tuple[str, Predict, float], ...] = (
    ("dictionary", dictionary, 0.0),
    ("variants", by_variants, 0.0),
    ("context", in_context, 0.0),
    ("threshold", in_context, load_weights().threshold),
)
SETS = {
    "bc5cdr": ("bc5cdr", "CDR_DevelopmentSet.PubTator.txt.gz"),
    "ncbi-disease": ("ncbi-disease", "NCBIdevelopset_corpus.txt"),
}


def measure(
    articles: Sequence[Article], predict: Predict, threshold: float, lexicon: Lexicon
) -> dict[MentionType, Tally]:
    """The tallies of a system, by type."""
    tallies: dict[MentionType, Tally] = {}
    for article in articles:
        for gold, found in zip(article.mentions, predict(article, lexicon), strict=True):
            tally = tallies.setdefault(gold.type, Tally())
            tally.add(gold, chosen(found, threshold), lexicon)
    return tallies


def rows(called: str, lexicon: Lexicon) -> Iterator[dict[str, object]]:
    """One row for each set, type and system, with the lexicon that is called so."""
    seen = Vocabulary(lexicon, PREFIXES)
    for corpus, (folder, file) in SETS.items():
        articles = tuple(read_articles(shared("corpora", "english", folder, file)))
        for name, predict, threshold in SYSTEMS:
            find_candidates.cache_clear()
            begin = time.perf_counter()
            tallies = measure(articles, predict, threshold, seen)
            each = (time.perf_counter() - begin) / sum(len(a.mentions) for a in articles)
            for kind, tally in sorted(tallies.items()):
                yield {
                    "set": corpus, "type": kind, "lexicon": called, "system": name,
                    "mentions": tally.asked,
                    "accuracy": f"{tally.right / tally.asked:.3f}",
                    "held": f"{tally.right / max(1, tally.held):.3f}", "held_mentions": tally.held,
                    "precision": f"{tally.right / max(1, tally.given):.3f}",
                    "ms_per_mention": f"{each * 1000:.2f}",
                }  # fmt: skip


def lexica(folder: Path) -> Iterator[tuple[str, Lexicon]]:
    """The lexicon of all terminologies, and that which has the training names too."""
    sources = folder / "sources"
    import_all(sources)
    for called, without in (("terminologies", TRAINING), ("training names", ())):
        data = folder / called.replace(" ", "-")
        yield (
            called,
            load_compiled(build_lexicon(data, imported_rows(sources, without=without)).folder),
        )


def main() -> None:
    """Import, build, measure, and write ``results/normalisation.tsv``."""
    about = "Concepts of gold mentions, BC5CDR and NCBI-disease development sets"
    with tempfile.TemporaryDirectory() as name:
        table = [row for each in lexica(Path(name)) for row in rows(*each)]
    write_table("normalisation", table, about=about)
