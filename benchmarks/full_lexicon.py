"""What a million imported names do to reading, beside the terminology that Parallax comes with.

Both are measured in one run: the bilingual gold standard read from the text, and mentions of public
corpora (the first texts of development parts) whose types ours are mapped to: `names`, the listed
names alone, and `mentions`, all that the reader finds, by exact boundaries. Then the time to read
the development documents and the memory, in processes of their own. Figures only.

With ``LEXICON_DATA`` set, the lexicon of that data directory is taken as it is; else all of
../shared/corpora/terminology is imported and built, which takes minutes.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.corpora.mentions import Annotated, read_cmeee, read_pubtator
from benchmarks.lexicon import Measured, run
from benchmarks.table import score_row, shared, write_table
from extractors.commands.evaluate import extract_gold
from extractors.evaluation.gold import load_gold
from extractors.evaluation.scores import Score, score
from extractors.mentions.admission import Named, admit, type_of
from extractors.mentions.compiling import find_lexicon, load_compiled
from extractors.mentions.finding import find_mentions
from extractors.mentions.lexicon import Lexicon, longest
from extractors.nlp.sentences import split_sentences
from kg.model import Document, Passage

PARTS = ("dev", "validation")
SAMPLE = 150  # texts of each corpus, the first ones
MEASURES = (
    "mentions.relaxed", "mentions.relaxed.en", "mentions.relaxed.zh", "mentions.strict",
    "mentions.strict.en", "mentions.strict.zh", "relations.full", "relations.pair", "alignment",
)  # fmt: skip
# Which of our types a corpus annotates, by what it calls them. Signs are diseases in BC5CDR.
TYPES: dict[str, dict[str, str]] = {
    "bc5cdr": {"Drug": "Drug", "Disease": "Disease", "Outcome": "Disease"},
    "ncbi": {"Disease": "Disease"},
    "cmeee": {
        "Disease": "Disease", "Outcome": "Outcome", "Drug": "Drug", "Organism": "Organism",
        "Cell": "Cell",
    },
}  # fmt: skip
CORPORA: dict[str, Callable[[str], Iterable[Annotated]]] = {
    "bc5cdr": lambda part: read_pubtator("bc5cdr", part),
    "ncbi": lambda part: read_pubtator("ncbi", part),
    "cmeee": read_cmeee,
}
Spans = set[tuple[int, int, str]]


def names_in(text: Annotated, lexicon: Lexicon) -> Spans:
    """The listed names of a text that count as mentions, with our types."""
    (matches,) = admit([Named(text.text, text.language, lexicon.matches(text.text, text.language))])
    return {(m.start, m.end, type_of(m, text.language)) for m in longest(matches)}


def mentions_in(text: Annotated, lexicon: Lexicon) -> Spans:
    """All mentions of a text, with our types."""
    document = Document(text.id, (Passage("p1", text.language, text.text),))
    found = find_mentions(document, split_sentences(document), lexicon)
    return {(mention.start, mention.end, mention.type) for mention in found}


READERS = {"names": names_in, "mentions": mentions_in}


def score_corpus(corpus: str, part: str, lexicon: Lexicon) -> dict[str, Score]:
    """The scores of both readers on a part of a corpus."""
    types, scores = TYPES[corpus], dict.fromkeys(READERS, Score())
    for text in islice(CORPORA[corpus](part), SAMPLE):
        for name, reader in READERS.items():
            ours = {(s, e, types[k]) for s, e, k in reader(text, lexicon) if k in types}
            right = len(ours & text.spans)
            scores[name] += Score(right, len(ours), right, len(text.spans))
    return scores


def scores_of(data: Path | None) -> Iterator[tuple[str, str, Score]]:
    """Part, measure and score with the lexicon of a data directory; the starter's for None."""
    for part in PARTS:
        golds = load_gold(shared("evaluation", f"bilingual_{part}.json"))
        scores = score(golds, extract_gold(golds, data=data))
        yield from ((part, measure, scores[measure]) for measure in MEASURES)
    lexicon = load_compiled(find_lexicon(data))
    for corpus in CORPORA:
        for name, value in score_corpus(corpus, "dev", lexicon).items():
            yield f"{corpus} dev", name, value


def speed_of(data: Path) -> Measured:
    """Documents a processor second, once warm; resident megabytes after it."""
    golds = load_gold(shared("evaluation", "bilingual_dev.json"))
    extract_gold(golds[:2], data=data)
    begin = time.process_time()
    extract_gold(golds, data=data)
    taken = time.process_time() - begin
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    own = sum(
        int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")
    )  # fmt: skip
    return {"documents a processor second": len(golds) / taken, "resident megabytes": own / 1024}


def rows(data: Path) -> Iterator[dict[str, object]]:
    """One row for each lexicon, part and measure."""
    with tempfile.TemporaryDirectory() as empty:
        for lexicon, place in (("starter", Path(empty)), ("all imported", data)):
            for part, measure, value in scores_of(place):
                yield {"lexicon": lexicon} | score_row(part, measure, value)
        speeds = {
            lexicon: run("benchmarks.full_lexicon", str(place))[0]
            for lexicon, place in (("starter", Path(empty)), ("all imported", data))
        }
    for measure in speeds["starter"]:
        one, other = speeds["starter"][measure], speeds["all imported"][measure]
        told = {"part": "dev, all imported beside starter"}
        ratio = "ratio" if "second" in measure else "difference"
        value = other / one if ratio == "ratio" else other - one
        yield {"lexicon": ratio, **told, "measure": measure, "precision": "", "recall": "",
               "f1": f"{value:.2f}", "predicted": "", "gold": ""}  # fmt: skip


def main() -> None:
    """Measure and write ``results/full_lexicon.tsv``."""
    from benchmarks.terminologies import import_all
    from extractors.mentions.compiling import build_lexicon
    from kg.terminology.building import imported_rows

    shared("corpora", "terminology")
    with tempfile.TemporaryDirectory() as name:
        given = os.environ.get("LEXICON_DATA")
        data = Path(given or name)
        if not given:
            import_all(data)
            build_lexicon(data, imported_rows(data))
        about = "Starter terminology and all of ../shared/corpora/terminology; F1 by exact spans"
        write_table("full_lexicon", rows(data), about=f"{about} but for mentions.relaxed")


if __name__ == "__main__":
    print(json.dumps(speed_of(Path(sys.argv[1]))))
