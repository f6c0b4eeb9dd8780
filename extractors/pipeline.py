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
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from extractors.external.checking import read_with
from extractors.external.joining import Joined, add_second_readings, join, merge_relations
from extractors.external.values import Named, Reading
from extractors.options import STANDARD, ReadingOptions
from extractors.readers.records import Annotated, Readable
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
    from kg.provenance import ReadBy

MAX_SENTENCE = 10_000  # code points; reading takes the square of it, and prose has 1,000 at most


@dataclass(frozen=True)
class Steps:
    """The functions of a pipeline: sentences, mentions, then the two languages laid side by side.

    `link` gives each sentence its counterparts and `share` adds the mentions that one language has
    and the other was not read to have; relations are read after it, from the mentions of both.
    """

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
    readers: tuple[Named, ...] = ()
    join: Callable[
        [Document, Sequence[Sentence], Sequence[Mention], Sequence[Reading]], Joined
    ] = join  # fmt: skip
    link: Callable[[Document, Sequence[Sentence], Sequence[Mention]], tuple[Sentence, ...]] = (
        lambda document, sentences, mentions: tuple(sentences)
    )
    share: Callable[[Document, Sequence[Sentence], Sequence[Mention]], tuple[Mention, ...]] = (
        lambda document, sentences, mentions: tuple(mentions)
    )
    qualify: Callable[[Extraction], Extraction] = lambda extraction: extraction


def standard_steps(options: ReadingOptions = STANDARD) -> Steps:
    """The steps of Parallax, with the lexicon and the rules that come with it loaded once.

    Parameters
    ----------
    options : what takes part; a learned reader is loaded here, where `options.models` is set, and
        where no lexicon is named the starter terminology is compiled now
    """
    from extractors.alignment.document import align
    from extractors.alignment.grouping import link_sentences
    from extractors.alignment.projection import project_relations
    from extractors.alignment.sharing import share_mentions
    from extractors.composition.building import load_composition, load_names
    from extractors.composition.proposing import propose_concepts
    from extractors.composition.shipped import open_table
    from extractors.context.designs import find_designs
    from extractors.external.loading import load_readers
    from extractors.mentions.compiling import load_compiled
    from extractors.mentions.finding import find_mentions
    from extractors.models.recognising import load_recognisers
    from extractors.models.relation_joining import add_learnt
    from extractors.models.relation_weights import shipped_models
    from extractors.nlp.sentences import split_sentences
    from extractors.qualifiers.reading import qualify
    from extractors.quantities.reading import find_quantities
    from extractors.relations.grammar import load_rules
    from extractors.relations.implied import imply_relief
    from extractors.relations.reading import find_relations
    from extractors.results.grammar import load_result_grammars
    from extractors.results.reading import find_results

    recognisers = load_recognisers(options.trained) if options.models else {}
    learnt = shipped_models() if options.models else {}
    lexicon, rules = load_compiled(options.lexicon), load_rules()
    grammars = load_result_grammars()

    @cache
    def composition() -> Composition:
        return load_composition(options.lexicon)

    def table() -> Composition | None:
        return open_table() if options.models else None

    names = None if options.lexicon is None else load_names(options.lexicon)

    def mentions(document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        found = find_mentions(document, sentences, lexicon, recognisers)
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
        readers=load_readers(options, lexicon),
        join=partial(join, lexicon=lexicon),
        link=link_sentences,
        share=lambda document, sentences, mentions: share_mentions(
            document, sentences, mentions, composition=composition(), table=table()
        ),
        qualify=qualify,
        align=lambda extraction: add_learnt(
            project_relations(
                align(imply_relief(extraction, lexicon), composition=composition(), table=table()),
                rules,
                table(),
            ),
            rules,
            learnt,
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

    @cached_property
    def marks(self) -> ReadBy | None:
        """What documents are read with; None where the steps are not the standard ones."""
        if self._given is not None:
            return None
        from extractors.provenance import read_by

        return read_by(self.options)

    def extract(self, given: Readable) -> Extraction:
        """All that is read in a document, both languages aligned.

        Parts that an `Extraction` already has (sentences, mentions, quantities) are kept and the
        rest is read; one that has relations comes back as it is. Where mentions are given so,
        readers from outside are not asked. What an `Annotated` document brings joins our own
        reading, or is in its place, as the options tell.

        Raises
        ------
        InputError
            where a sentence is longer than `MAX_SENTENCE`, as in text without punctuation.
        ReaderError
            where a reader from outside fails or gives what is not in the document.
        """
        known = _known(given)
        if known.relations:
            return known
        document, steps = known.document, self.steps
        sentences = _bounded(known.sentences or steps.sentences(document))
        only = isinstance(given, Annotated) and self.options.annotations == "only"
        own: tuple[Mention, ...] = _placed(known.mentions, sentences)
        readings = [given.reading] if isinstance(given, Annotated) else []
        ours = not only and not own
        if ours:
            own = steps.mentions(document, sentences)
            readings += [read_with(reader, document, sentences) for reader in steps.readers]
        joined = steps.join(document, sentences, own, readings)
        sentences = steps.link(document, sentences, joined.mentions)
        if ours:
            shared = steps.share(document, sentences, joined.mentions)
            joined = replace(joined, mentions=shared)
        mentions = tuple(one for one in joined.mentions if one.id not in joined.nested)
        quantities = known.quantities or steps.quantities(document, sentences, mentions)
        stated = () if only else steps.relations(document, sentences, mentions)
        relations = merge_relations(stated, joined.relations)
        results = known.results or steps.results(document, sentences, mentions, quantities)
        designs = known.designs or steps.designs(document, sentences)
        read = Extraction(document, sentences, joined.mentions, relations, quantities)
        found = steps.qualify(steps.align(replace(read, results=results, designs=designs)))
        seconds = add_second_readings(found.relations, joined.relations)
        return replace(found, relations=seconds)


def _known(given: Readable) -> Extraction:
    """What is known of a document before it is read."""
    if isinstance(given, Extraction):
        return given
    if isinstance(given, Annotated):
        return Extraction(given.document, given.sentences)
    return Extraction(given)


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
