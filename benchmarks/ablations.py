"""What each part of the reader of relations adds: the bilingual gold read without it, part by part.

The parts are taken out here, by other rules (`Ablation.change`), by another last step or by a
stand-in for one function (`swapped`): the reader itself has no switches. `lost` is the F1 of the
whole reader less that without the part, so that a part which does harm shows a negative figure.
The measures know neither certainty nor implied relations: those rows tell that what doubts and what
implies moves nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType

from benchmarks.relations_given import MEASURES
from benchmarks.table import score_row, shared, write_table
from extractors.alignment.document import align
from extractors.alignment.projection import project_relations
from extractors.composition.shipped import open_table
from extractors.context.rules import Context
from extractors.evaluation.gold import Gold, load_gold
from extractors.evaluation.scores import Scores, score
from extractors.mentions.compiling import load_compiled
from extractors.mentions.lexicon import Lexicon
from extractors.pipeline import Pipeline, Steps, standard_steps
from extractors.relations import reading
from extractors.relations.elements import Element
from extractors.relations.grammar import Frame, Grammar, load_rules
from extractors.relations.implied import imply_relief
from extractors.relations.mediators import Found
from kg.model import CueKind, Extraction, Language

PARTS = ("dev", "validation")
# Places of a frame that lie outside the clause of the trigger: what the sentence carries along.
CARRIED = frozenset({"carried", "causer", "changed", "scene", "topic"})
Grammars = Mapping[Language, Grammar]
Align = Callable[[Extraction, Grammars], Extraction]


@cache
def _lexicon() -> Lexicon:
    return load_compiled(None)


def project(extraction: Extraction, rules: Grammars) -> Extraction:
    """All that the pipeline does once both languages are read."""
    return project_relations(
        align(imply_relief(extraction, _lexicon()), table=open_table()), rules, open_table()
    )


def unprojected(extraction: Extraction, rules: Grammars) -> Extraction:
    """Aligned, but neither language read with the help of the other."""
    return align(imply_relief(extraction, _lexicon()), table=open_table())


def unimplied(extraction: Extraction, rules: Grammars) -> Extraction:
    """Aligned and projected, without what stated effects imply."""
    return project_relations(align(extraction, table=open_table()), rules, open_table())


def keep_cues(context: Context, *kinds: CueKind) -> Context:
    """The context rules of some kinds alone; without aims, their labels are left out as well."""
    rules = tuple(rule for rule in context.rules if rule.kind in kinds)
    return replace(context, rules=rules, aims=context.aims if "aim" in kinds else frozenset())


def uncarried(frame: Frame) -> Frame:
    """The frame with the places of its own clause alone."""
    return replace(
        frame,
        subject=tuple(place for place in frame.subject if place not in CARRIED),
        object=tuple(place for place in frame.object if place not in CARRIED),
    )


@contextmanager
def swapped(module: ModuleType, name: str, stand_in: object) -> Iterator[None]:
    """The module with another function of that name, for a while."""
    kept = getattr(module, name)
    setattr(module, name, stand_in)
    try:
        yield
    finally:
        setattr(module, name, kept)


def each_alone(elements: list[Element]) -> list[Element]:
    """Every mention a group of its own, in place of `grouping.make_groups`."""
    return elements


def unlabelled(elements: list[Element]) -> None:
    """Every group a head, in place of `labels.label_groups`."""


def without_mediators(found: list[Found], elements: list[Element]) -> list[Found]:
    """The relations as they were found, in place of `mediators.with_mediators`."""
    return found


@dataclass(frozen=True)
class Ablation:
    """One part taken out, by rules, by the last step or by a stand-in for a function."""

    without: str
    change: Callable[[Grammar], Grammar] = lambda grammar: grammar
    align: Align = project
    swap: tuple[str, object] | None = None


def _cues(*kinds: CueKind) -> Callable[[Grammar], Grammar]:
    return lambda grammar: replace(grammar, context=keep_cues(grammar.context, *kinds))


ABLATIONS = (
    Ablation("nothing"),
    Ablation("aims and their sections", _cues("negation", "hypothesis")),
    Ablation("negation", _cues("aim", "hypothesis")),
    Ablation("hedging", _cues("aim", "negation")),
    Ablation("context altogether", _cues()),
    Ablation("projection", align=unprojected),
    Ablation("implied relations", align=unimplied),
    Ablation(
        "carried subjects and topics",
        lambda grammar: replace(grammar, frames=tuple(map(uncarried, grammar.frames))),
    ),
    Ablation("groups of coordinated mentions", swap=("make_groups", each_alone)),
    Ablation("labels of groups", swap=("label_groups", unlabelled)),
    Ablation("mediators", swap=("with_mediators", without_mediators)),
)


def read_with(ablation: Ablation, known: Sequence[Extraction]) -> tuple[Extraction, ...]:
    """Documents of known mentions read without a part."""
    rules = {language: ablation.change(grammar) for language, grammar in load_rules().items()}
    pipeline = Pipeline(
        Steps(
            sentences=lambda document: (),
            mentions=lambda document, sentences: (),
            quantities=lambda document, sentences, mentions: (),
            relations=lambda document, sentences, mentions: reading.find_relations(
                document, sentences, mentions, rules
            ),
            align=lambda extraction: ablation.align(extraction, rules),
        )
    )
    with ExitStack() as stack:
        if ablation.swap is not None:
            stack.enter_context(swapped(reading, *ablation.swap))
        return tuple(pipeline.extract(extraction) for extraction in known)


def recognised(golds: Sequence[Gold], steps: Steps, *, given: bool) -> tuple[Extraction, ...]:
    """The documents with their sentences, and with the annotated or with recognised mentions."""
    known = []
    for gold in golds:
        extraction = gold.with_mentions() if given else Extraction(gold.document())
        sentences = steps.sentences(extraction.document)
        mentions = extraction.mentions or steps.mentions(extraction.document, sentences)
        known.append(replace(extraction, sentences=sentences, mentions=mentions))
    return tuple(known)


def rows() -> Iterator[dict[str, object]]:
    """One row for each part of the gold, kind of mentions, part taken out, and measure."""
    steps = standard_steps()
    for part in PARTS:
        golds = load_gold(shared("evaluation", f"bilingual_{part}.json"))
        for mentions in ("own", "given"):
            known = recognised(golds, steps, given=mentions == "given")
            whole: Scores = {}
            for ablation in ABLATIONS:
                scores = score(golds, read_with(ablation, known))
                whole = whole or scores
                for measure in MEASURES:
                    lost = f"{whole[measure].f1 - scores[measure].f1:+.3f}"
                    told: dict[str, object] = {"mentions": mentions, "without": ablation.without}
                    yield told | score_row(part, measure, scores[measure]) | {"lost": lost}


def main() -> None:
    """Measure and write ``results/ablations.tsv``."""
    write_table("ablations", rows(), about="Bilingual gold standard, read without a part")
