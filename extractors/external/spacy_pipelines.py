"""Any spaCy pipeline as a reader of mentions: its entities, with its labels in our types.

Of the pipeline only ``doc.ents`` is used; tagger, parser and lemmatiser are not loaded. Weights of
pipelines are their authors': we name the pipeline and its version in each mention.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.external.placing import sentence_of
from extractors.external.values import Named, Reading
from kg.errors import ReaderError
from kg.imports.labels import TypeLabel, type_labels
from kg.model import Document, Language, Mention, MentionType, Passage, Sentence

if TYPE_CHECKING:
    from spacy.language import Language as SpacyPipeline

TypeOf = Callable[[str, Language], MentionType | None]

_UNUSED = ("tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer", "senter")
_ENTITIES = "doc.ents"
_HALF_PAIR = re.compile("[\ud800-\udfff]")  # which spaCy cannot encode


def load_spacy(
    given: str, language: Language, *, labels: Path | None = None, type_of: TypeOf | None = None
) -> Named:
    """A pipeline that is installed under a name or lies in a folder, as a reader of one language.

    Parameters
    ----------
    labels : a TSV table (label, type) that comes before the delivered one
    type_of : tells the type of a name whose label tells none, as those of ``en_core_sci_*``

    Raises
    ------
    ReaderError
        where there is no such pipeline, it cannot be loaded, is of another language, or finds no
        entities.
    """
    pipeline = _load(given)
    if pipeline.lang not in (language, "xx"):
        raise ReaderError(
            f"a pipeline for the language {pipeline.lang!r}, not {language!r}", where=given,
            remedy="give it to the switch of its language",
        )  # fmt: skip
    if not _finds_entities(pipeline):
        parts = ", ".join(pipeline.pipe_names) or "nothing"
        raise ReaderError(
            f"the pipeline finds no entities (it has {parts})",
            where=given, remedy="give one with a component such as ner or entity_ruler",
        )  # fmt: skip
    types = type_labels(labels)
    name = f"spacy:{pipeline.meta['name']}@{pipeline.meta['version']}"
    if not pipeline.meta["name"].startswith(f"{pipeline.lang}_"):
        name = f"spacy:{pipeline.lang}_{pipeline.meta['name']}@{pipeline.meta['version']}"

    def read(document: Document, sentences: Sequence[Sentence]) -> Reading:
        found: list[Mention] = []
        for passage in document.passages:
            if passage.language == language:
                for mention in _entities(passage, pipeline, types, type_of):
                    sentence = sentence_of(passage.id, mention.start, mention.end, sentences)
                    if sentence is not None:
                        found.append(mention)
        return Reading(tuple(found))

    return Named(name, read, _notes(name, pipeline, types))


def _load(given: str) -> SpacyPipeline:
    import spacy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a version a little older or newer is ordinary
            return spacy.load(given, exclude=_UNUSED)
    except OSError as error:
        if "E050" not in str(error):
            raise _unloadable(given, error) from error
        raise ReaderError(
            "no spaCy pipeline of that name is installed, nor is it the folder of one",
            where=given, remedy=f"install it (python -m spacy download {Path(given).name}), or "
            "give the folder that holds its config.cfg",
        ) from error  # fmt: skip
    except Exception as error:
        raise _unloadable(given, error) from error


def _unloadable(given: str, error: Exception) -> ReaderError:
    return ReaderError(
        f"the pipeline cannot be loaded ({type(error).__name__}: {error})", where=given,
        remedy="install what it needs, in the version of spaCy that it was made for",
    )  # fmt: skip


def _finds_entities(pipeline: SpacyPipeline) -> bool:
    return any(
        _ENTITIES in pipeline.get_pipe_meta(name).assigns for name in pipeline.pipe_names
    )  # fmt: skip


def _notes(
    name: str, pipeline: SpacyPipeline, types: Mapping[str, TypeLabel]
) -> tuple[str, ...]:  # fmt: skip
    told = {label for labels in pipeline.pipe_labels.values() for label in labels}
    unknown = sorted(label for label in _plain(told) if label.casefold() not in types)
    if not unknown:
        return ()
    return (
        f"{name}: entities with the label {', '.join(unknown)} are not read; "
        "name their types in a table for --labels",
    )


def _plain(labels: Iterator[str] | set[str]) -> set[str]:
    """Labels without the marks of a transition or tag before them (``B-``, ``U-``)."""
    return {re.sub(r"^[BILUS]-", "", label) for label in labels}


def _entities(
    passage: Passage,
    pipeline: SpacyPipeline,
    types: Mapping[str, TypeLabel],
    type_of: TypeOf | None,
) -> Iterator[Mention]:
    read: Any = pipeline(_HALF_PAIR.sub("\ufffd", passage.text))
    for number, entity in enumerate(read.ents, start=1):
        label = types.get(entity.label_.casefold())
        if label is None or label.type is None:
            continue
        start, end = entity.start_char, entity.end_char
        text = passage.text[start:end]
        kind = label.type
        if kind == "listed":
            known = type_of(text, passage.language) if type_of else None
            if known is None:
                continue
            kind = known
        if text == text.strip():
            yield Mention(f"{passage.id}-{number}", passage.id, "", start, end, text, kind)
