"""The English recogniser: trained on public corpora in their styles, then in ours as well.

First the annotated sentences, each in the style of its corpus, with the loss masked for what it
does not annotate. Then, with half of those again, sentences labelled in the style of Parallax by
rules and by the network of the first stage (`extractors.training.silver`). The result is a mean of
the weights after both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path

from extractors.mentions.compiling import load_compiled
from extractors.mentions.lexicon import Lexicon
from extractors.models.english import GROUPS
from extractors.models.features import TYPES
from extractors.models.keeping import Kept
from extractors.models.network import Network
from extractors.models.shape import Shape
from extractors.training.english_corpora import Annotated, load_types, read_corpora, read_texts
from extractors.training.examples import examples_of
from extractors.training.recogniser import Report, Request
from extractors.training.silver import STYLE, Ruled, read_by_rules, silver_of
from extractors.training.tagging import Schedule, train_tagger
from extractors.training.unlabelled import gold_sentences, outside, read_unlabelled

FIRST = Schedule(epochs=7, dropout=0.3, styleless=0.15)
DILATIONS = (1, 2, 1, 2)  # a name with its hyphens and brackets is many tokens
SECOND = Schedule(epochs=1, rate=0.001, decay=0.05, dropout=0.35, seed=1)
SHARE = 0.5  # of the weights of the first stage in the result: it keeps the styles of the corpora
NEVER_ABSENT = ("Process",)  # no corpus marks all of it, so that the first stage sees it everywhere
# Corpora whose texts are labelled in our style too, where nothing else tells against it.
RELABELLED = ("bc5cdr", "ncbi", "biored", "drugprot", "pc13", "cg13")
SILVER = 25_000  # sentences that are labelled in our style
PROPOSING = "biored"  # the style whose drugs, proteins and diseases are nearest to ours


def train(request: Request, report: Report) -> Kept:
    """The trained network, with what it was trained on in its notes."""
    styles = (*load_types(), STYLE)
    lexicons = _lexicons(request)
    gold = gold_sentences(request.without)
    annotated = list(outside(read_corpora(request.corpora), gold))
    report(f"{len(annotated):,} annotated sentences")
    examples = list(examples_of(annotated, "en", lexicons, styles))
    network = Network(Shape(GROUPS, TYPES, styles, dilations=DILATIONS, sequences=True))
    first = replace(FIRST, epochs=request.epochs or FIRST.epochs)
    train_tagger(network, examples, first, report=_told(report, "corpora"))
    before = {name: values.copy() for name, values in network.parameters().items()}
    ruled = _counted(read_by_rules(silver_texts(request.corpora, gold), "en", lexicons), report)
    silver = list(silver_of(ruled, network, proposing=PROPOSING, style=len(styles)))
    # Half of the annotated sentences keep the styles of their corpora alive.
    train_tagger(network, [*examples[::2], *silver], SECOND, report=_told(report, "both"))
    network.draw_towards(before, SHARE, but=NEVER_ABSENT)
    notes = {
        "sentences": len(examples), "silver": len(silver), "corpora": list(load_types()),
        "epochs": [first.epochs, SECOND.epochs], "share_of_first": SHARE,
    }  # fmt: skip
    return Kept("recogniser-en", request.version, network, STYLE, notes)


def _lexicons(request: Request) -> tuple[Lexicon, ...]:
    """The imported lexicon, where there is one, and the starter terminology."""
    starter = load_compiled(None)
    return (starter,) if request.lexicon is None else (load_compiled(request.lexicon), starter)


def silver_texts(corpora: Path, gold: frozenset[str]) -> Iterator[Annotated]:
    """The texts that are labelled in our style, in an order that a hash of their ids gives."""
    texts = list(chain(read_texts(corpora, RELABELLED), read_unlabelled(corpora)))
    return outside(sorted(texts, key=lambda text: blake2b(text.id.encode()).digest()), gold)


def _counted(ruled: Iterable[Ruled], report: Report) -> Iterator[Ruled]:
    for number, one in enumerate(islice(ruled, SILVER), 1):
        if number % 5000 == 0:
            report(f"{number:,} sentences read by rules")
        yield one


def _told(report: Report, stage: str) -> Callable[[int, float], None]:
    return lambda epoch, loss: report(f"{stage}, epoch {epoch}: loss {loss:.4f}")
