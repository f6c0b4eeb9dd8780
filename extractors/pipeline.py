"""From a document to its extraction, as a list of named steps; each can be replaced.

>>> steps = Steps(sentences=lambda document: (), mentions=lambda document, sentences: (),
...     quantities=lambda document, sentences, mentions: (),
...     relations=lambda document, sentences, mentions: (), align=lambda extraction: extraction)
>>> Pipeline(steps).extract(Document("pubmed:1", ())).document.id
'pubmed:1'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from extractors.options import STANDARD, ReadingOptions
from kg.errors import FormatError, InputError
from kg.model import (
    Document,
    Extraction,
    Mention,
    Quantity,
    RelationMention,
    Result,
    Sentence,
    StudyDesign,
)

if TYPE_CHECKING:
    from extractors.composition.model import Composition

MAX_SENTENCE = 10_000  # code points; reading takes the square of it, and prose has 1,000 at most


@dataclass(frozen=True)
class Steps:
    """The functions of a pipeline, in the order in which they run."""

    sentences: Callable[[Document], tuple[Sentence, ...]]
    mentions: Callable[[Document, Sequence[Sentence]], tuple[Mention, ...]]
    quantities: Callable[
        [Document, Sequence[Sentence], Sequence[Mention]], tuple[Quantity, ...]
    ]  # fmt: skip
    relations: Callable[
        [Document, Sequence[Sentence], Sequence[Mention]], tuple[RelationMention, ...]
    ]  # fmt: skip
    align: Callable[[Extraction], Extraction]
    results: Callable[
        [Document, Sequence[Sentence], Sequence[Mention], Sequence[Quantity]], tuple[Result, ...]
    ] = lambda document, sentences, mentions, quantities: ()  # fmt: skip
    designs: Callable[[Document, Sequence[Sentence]], tuple[StudyDesign, ...]] = (
        lambda document, sentences: ()
    )


def standard_steps(options: ReadingOptions = STANDARD) -> Steps:
    """The steps of Parallax, with the lexicon and the rules that come with it loaded once.

    Parameters
    ----------
    options : what takes part; a learned reader is loaded here, where `options.models` is set, and
        where no lexicon is named the starter terminology is compiled now
    """
    from extractors.alignment.document import align
    from extractors.alignment.projection import project_relations
    from extractors.composition.building import load_composition, load_names
    from extractors.composition.proposing import propose_concepts
    from extractors.context.designs import find_designs
    from extractors.mentions.compiling import load_compiled
    from extractors.mentions.finding import find_mentions
    from extractors.nlp.sentences import split_sentences
    from extractors.quantities.reading import find_quantities
    from extractors.relations.grammar import load_rules
    from extractors.relations.implied import imply_relief
    from extractors.relations.reading import find_relations
    from extractors.results.grammar import load_result_grammars
    from extractors.results.reading import find_results

    lexicon, rules = load_compiled(options.lexicon), load_rules()
    grammars = load_result_grammars()

    @cache
    def composition() -> Composition:  # learning it takes seconds where none was built
        return load_composition(options.lexicon)

    names = None if options.lexicon is None else load_names(options.lexicon)

    def mentions(document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        found = find_mentions(document, sentences, lexicon)
        if names is None:
            return found
        return propose_concepts(document, found, names, composition(), lexicon)

    return Steps(
        sentences=split_sentences,
        mentions=mentions,
        quantities=find_quantities,
        relations=lambda document, sentences, mentions: find_relations(
            document, sentences, mentions, rules
        ),
        results=lambda document, sentences, mentions, quantities: find_results(
            document, sentences, mentions, quantities, grammars
        ),
        designs=find_designs,
        align=lambda extraction: project_relations(
            align(imply_relief(extraction, lexicon), composition=composition()), rules
        ),
    )


class Pipeline:
    """A reader of documents, built once and used for many.

    Parameters
    ----------
    steps : default to the standard ones
    options : of the standard steps
    """

    def __init__(self, steps: Steps | None = None, *, options: ReadingOptions = STANDARD) -> None:
        self._given = steps
        self.options = options

    @cached_property
    def steps(self) -> Steps:
        """The steps, loaded when they are first needed."""
        return self._given or standard_steps(self.options)

    def extract(self, given: Document | Extraction) -> Extraction:
        """All that is read in a document, both languages aligned.

        Parts that an `Extraction` already has (sentences, mentions, quantities) are kept and the
        rest is read; one that has relations comes back as it is.

        Raises
        ------
        InputError
            where a sentence is longer than `MAX_SENTENCE`, as in text without punctuation.
        """
        known = given if isinstance(given, Extraction) else Extraction(given)
        if known.relations:
            return known
        document, steps = known.document, self.steps
        sentences = _bounded(known.sentences or steps.sentences(document))
        mentions = _placed(known.mentions, sentences) or steps.mentions(document, sentences)
        quantities = known.quantities or steps.quantities(document, sentences, mentions)
        relations = steps.relations(document, sentences, mentions)
        results = known.results or steps.results(document, sentences, mentions, quantities)
        designs = known.designs or steps.designs(document, sentences)
        read = Extraction(document, sentences, mentions, relations, quantities)
        return steps.align(replace(read, results=results, designs=designs))


def _bounded(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    for sentence in sentences:
        size = sentence.end - sentence.start
        if size > MAX_SENTENCE:
            raise InputError(
                f"a sentence of {size:,} characters, more than {MAX_SENTENCE:,}",
                where=f"passage {sentence.passage}", remedy="give text with punctuation",
            )  # fmt: skip
    return sentences


def _placed(
    mentions: Sequence[Mention], sentences: Sequence[Sentence]
) -> tuple[Mention, ...]:  # fmt: skip
    """Given mentions, each with the sentence in which it begins.

    Raises
    ------
    FormatError
        where a mention lies in no sentence.
    """
    known = {sentence.id for sentence in sentences}
    return tuple(
        mention if mention.sentence in known
        else replace(mention, sentence=_sentence_at(mention, sentences))
        for mention in mentions
    )  # fmt: skip


def _sentence_at(mention: Mention, sentences: Sequence[Sentence]) -> str:
    for sentence in sentences:
        inside = sentence.start <= mention.start < sentence.end
        if sentence.passage == mention.passage and inside:
            return sentence.id
    raise FormatError(
        f"{mention.id}: {mention.text!r} lies in no sentence",
        remedy="give sentences that cover the mentions, or none",
    )
