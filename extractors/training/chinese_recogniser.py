"""The Chinese recogniser, in two variants by what may be done with the data.

*Delivered*: our own reading of open texts and sentences of our own wording, in a style of its own,
and then sentences of those texts that were annotated for this project (`mention_judged`), in the
style in which it reads. No annotation of others.

*For research*: first CMeEE and Ruijin's diabetes papers, each in its own style and types, with the
names marked in them as features; then our own reading, and some of the corpora again. The result is
a mean of the weights after both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.mentions.compiling import load_compiled
from extractors.mentions.finding import find_mentions
from extractors.mentions.lexicon import Lexicon
from extractors.models import chinese
from extractors.models.decoding import encode
from extractors.models.features import TYPES, Place, extractor_of, listed_names, token_spans
from extractors.models.keeping import Kept
from extractors.models.names import Names
from extractors.models.network import Network
from extractors.models.recognising import Recogniser, load_recognisers
from extractors.models.shape import Features, Shape
from extractors.nlp.words import level
from extractors.pipeline import Steps, standard_steps
from extractors.training.chinese_corpora import Annotated, corpus_types, read_corpora
from extractors.training.chinese_silver import (
    Labelled,
    read_labelled,
    silver_labels,
)
from extractors.training.chinese_templates import filled
from extractors.training.chinese_texts import gold_sentences, outside, read_open, read_restricted
from extractors.training.english_corpora import Annotated as Marked
from extractors.training.examples import LONGEST, examples_of, variants_of
from extractors.training.mention_judged import judged_mentions
from extractors.training.names import Taught, teach
from extractors.training.recogniser import Report, Request
from extractors.training.silver import STYLE
from extractors.training.tagging import Example, Schedule, train_tagger
from kg.model import Language

CORPORA = ("cmeee", "ruijin")
TEMPLATES = 4_000
DILATIONS = (1, 2, 4, 1)
RULES = "rules"  # the style of what the rules alone have labelled
OPEN = Schedule(epochs=3, tokens=1500)
JUDGED = Schedule(
    epochs=4, tokens=1500, rate=0.0015, warm_up=30, styleless=0.05, dropout=0.3, seed=1
)
TIMES = 2  # that a judged sentence is read where of so many others one is:
ONE_OF = 12
CORPORA_FIRST = Schedule(epochs=3, tokens=2000, rate=0.003, styleless=0.1)
TOGETHER = Schedule(epochs=1, tokens=2000, rate=0.001, styleless=0.1, seed=1)
AGAIN_EACH = 4  # of so many annotated sentences one is read again with ours
SHARE = 0.7  # of the weights before that in the result: it keeps the styles of the corpora
_Lexicons = Sequence[Lexicon]


def train(request: Request, report: Report) -> Kept:
    """The trained network, with what it was trained on in its notes."""
    starter = load_compiled(None)
    lexicons = (starter,) if request.lexicon is None else (starter, load_compiled(request.lexicon))
    gold = gold_sentences(request.without)
    texts = list(outside(read_open(request.corpora), gold))
    judged = list(judged_mentions(texts))
    if request.research:
        texts += outside(read_restricted(request.corpora), gold)
    silver = list(read_labelled(texts, teaching_steps(starter)))
    silver += filled(starter, TEMPLATES)
    report(f"{len(silver):,} sentences of our own reading, {len(judged):,} judged ones")
    if request.research:
        network, names, counts = _research(request, silver, lexicons, report)
    else:
        network, names, counts = _delivered(request, silver, judged, lexicons, report)
    notes = {"variant": "research" if request.research else "delivered", **counts}
    return Kept("recogniser-zh", request.version, network, STYLE, notes, names)


def teaching_steps(lexicon: Lexicon) -> Steps:
    """The steps that label Chinese: by rules, and for the English also by its network."""
    english: dict[Language, Recogniser] = {
        language: one for language, one in load_recognisers().items() if language != "zh"
    }
    return replace(
        standard_steps(),
        mentions=lambda document, sentences: find_mentions(document, sentences, lexicon, english),
    )


def _delivered(
    request: Request, silver: Sequence[Labelled], judged: Sequence[Marked], lexicons: _Lexicons,
    report: Report,
) -> tuple[Network, Names | None, dict[str, int]]:  # fmt: skip
    network = Network(Shape(chinese.GROUPS, TYPES, (RULES, STYLE), dilations=DILATIONS))
    known = {given.text for given in judged}
    others = [given for given in silver if given.text not in known]
    ruled = list(silver_examples(others, lexicons, network.shape, style=RULES))
    first = replace(OPEN, epochs=request.epochs or OPEN.epochs)
    train_tagger(network, ruled, first, report=_told(report, "rules"))
    ours = list(examples_of(judged, "zh", lexicons, network.shape.styles))
    again = [*ours * TIMES, *ruled[ONE_OF - 1 :: ONE_OF]]
    train_tagger(network, again, JUDGED, report=_told(report, "judged"))
    return network, None, {"silver": len(ruled), "judged": len(ours)}


def _research(
    request: Request, silver: Sequence[Labelled], lexicons: _Lexicons, report: Report
) -> tuple[Network, Names | None, dict[str, int]]:
    annotated = list(read_corpora(request.corpora))
    taught = teach(annotated, CORPORA, "zh", (chinese.tokens(given.text) for given in annotated))
    report(f"{len(annotated):,} annotated sentences, {len(taught.names.known):,} names")
    groups = (*chinese.GROUPS, taught.names.group())
    types = tuple(dict.fromkeys((*TYPES, *taught.types)))
    network = Network(Shape(groups, types, (*CORPORA, STYLE), dilations=DILATIONS))
    examples = list(corpus_examples(annotated, lexicons, network.shape, taught))
    first = replace(CORPORA_FIRST, epochs=request.epochs or CORPORA_FIRST.epochs)
    train_tagger(network, examples, first, report=_told(report, "corpora"))
    before = {name: values.copy() for name, values in network.parameters().items()}
    own = list(silver_examples(silver, lexicons, network.shape, names=taught.names))
    again = [*examples[::AGAIN_EACH], *own]
    train_tagger(network, again, TOGETHER, report=_told(report, "together"))
    network.draw_towards(before, SHARE, but=[kind for kind in TYPES if kind not in taught.types])
    return network, taught.names, {"annotated": len(annotated), "silver": len(own)}


def corpus_examples(
    annotated: Iterable[Annotated], lexicons: _Lexicons, shape: Shape, taught: Taught | None = None
) -> Iterator[Example]:
    """Annotated sentences in the style and types of their corpora.

    Parameters
    ----------
    taught : the names of all of them, where the shape has a group for those
    """
    for given in annotated:
        places = chinese.tokens(given.text)
        if not 0 < len(places) <= LONGEST:
            continue
        names = corpus_types(given.corpus)
        spans = [(start, end, names[kind]) for start, end, kind in given.spans]
        labels = encode(token_spans(places, spans), len(places), shape.types, set(names.values()))
        variants = _variants(given.text, places, lexicons)
        if taught is not None:
            rows = taught.names.rows(level(given.text, "zh"), places, taught.beside(given))
            variants = tuple((*features, rows) for features in variants)
        yield Example(variants, labels, 1 + shape.styles.index(given.corpus))


def silver_examples(
    labelled: Iterable[Labelled], lexicons: _Lexicons, shape: Shape,
    names: Names | None = None, style: str = STYLE,
) -> Iterator[Example]:  # fmt: skip
    """Sentences as our reading labels them.

    Parameters
    ----------
    names : what annotated texts taught, where the shape has a group for it
    """
    for given in labelled:
        places = chinese.tokens(given.text)
        if not 0 < len(places) <= LONGEST:
            continue
        labels = silver_labels(given, places, shape.types)
        variants = _variants(given.text, places, lexicons)
        if names is not None:
            rows = names.rows(level(given.text, "zh"), places, names.known.__getitem__)
            variants = tuple((*features, rows) for features in variants)
        yield Example(variants, labels, 1 + shape.styles.index(style))


def _variants(
    text: str, places: Sequence[Place], lexicons: _Lexicons
) -> tuple[Features, ...]:  # fmt: skip
    listed = (listed_names(lexicon.matches(text, "zh")) for lexicon in lexicons)
    return variants_of(extractor_of("zh"), text, places, listed)


def _told(report: Report, stage: str) -> Callable[[int, float], None]:
    return lambda epoch, loss: report(f"{stage}, epoch {epoch}: loss {loss:.4f}")
