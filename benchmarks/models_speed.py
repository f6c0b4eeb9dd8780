"""What the learned models cost: time and memory with and without them, beside spaCy, in one run.

Read are the example abstracts. spaCy's CNN has the same components (hash embeddings, convolutions,
a named-entity recogniser of as many types) with random weights, which take the same time as trained
ones. Each reader runs in a process of its own and is asked once before the clock starts; seconds
are of the processor, and what counts are the ratios.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.lexicon import Measured, run
from benchmarks.table import write_table
from benchmarks.throughput import examples
from extractors.mentions.lexicon import load_lexicon
from extractors.models.features import TYPES, listed_names
from extractors.models.recognising import load_recogniser
from extractors.nlp.sentences import split_sentences
from extractors.options import ReadingOptions
from extractors.pipeline import Pipeline
from extractors.readers.plain import read_abstract
from kg.model import Document, Language

COPIES = 4
Read = Callable[[Sequence[Document]], None]


def documents() -> list[Document]:
    """The examples, some times over."""
    return [read_abstract(text, name=f"e{n}") for n, text in enumerate(examples())] * COPIES


def sentences(given: Sequence[Document], language: Language) -> list[str]:
    """The sentences of one language."""
    return [
        passage.text[sentence.start : sentence.end]
        for document in given
        for passage in document.passages
        if passage.language == language
        for sentence in split_sentences(Document(document.id, (passage,)))
    ]


def _tokenizer() -> Read:
    from spacy.lang.en import English

    tokenize = English().tokenizer

    def read(given: Sequence[Document]) -> None:
        for text in sentences(given, "en"):
            tokenize(text)

    return read


def _cnn() -> Read:
    from spacy.lang.en import English

    pipeline = English()
    recogniser = pipeline.add_pipe("ner")
    for kind in TYPES:
        recogniser.add_label(kind)  # type: ignore[attr-defined]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pipeline.initialize()

    def read(given: Sequence[Document]) -> None:
        for _ in pipeline.pipe(sentences(given, "en")):
            pass

    return read


def _recogniser(language: Language) -> Read:
    recogniser, lexicon = load_recogniser(language), load_lexicon()
    if recogniser is None:
        return lambda given: None

    def read(given: Sequence[Document]) -> None:
        texts = sentences(given, language)
        for begin in range(0, len(texts), 16):  # about an abstract
            part = texts[begin : begin + 16]
            listed = [listed_names(lexicon.matches(text, language)) for text in part]
            recogniser.read(part, listed)

    return read


def _pipeline(*, models: bool) -> Read:
    pipeline = Pipeline(options=ReadingOptions(models=models))

    def read(given: Sequence[Document]) -> None:
        for document in given:
            pipeline.extract(document)

    return read


SYSTEMS: dict[str, Callable[[], Read]] = {
    "spaCy's English tokenizer": _tokenizer,
    "spaCy CNN recogniser, English": _cnn,
    "recogniser alone, English": partial(_recogniser, "en"),
    "recogniser alone, Chinese": partial(_recogniser, "zh"),
    "all steps, by rules": partial(_pipeline, models=False),
    "all steps, with models": partial(_pipeline, models=True),
}


def measure(system: str) -> Measured:
    """Seconds of the processor for the examples, and resident megabytes afterwards."""
    given = documents()
    read = SYSTEMS[system]()
    read(given[: len(given) // COPIES])
    begin = time.process_time()
    read(given)
    taken = time.process_time() - begin
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    own = sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon"))
    return {"seconds": taken, "megabytes": own / 1024}


def rows() -> Iterator[dict[str, object]]:
    """One row for each system; times as ratios to reading by rules."""
    given = documents()
    words = {"en": 0, "zh": 0}
    for document in given:
        for passage in document.passages:
            size = len(passage.text.split()) if passage.language == "en" else len(passage.text)
            words[passage.language] += size
    measured = {system: run("benchmarks.models_speed", system)[0] for system in SYSTEMS}
    rules = measured["all steps, by rules"]["seconds"]
    for system, value in measured.items():
        if value["seconds"] < rules / 1000:
            continue  # there is no model of the language
        counted = "zh" if system.endswith("Chinese") else "en"
        alone = not system.startswith("all steps")
        yield {
            "system": system, "seconds": f"{value['seconds']:.2f}",
            "beside_rules": f"{value['seconds'] / rules:.2f}",
            "per_second": f"{words[counted] / value['seconds']:,.0f}" if alone
            else f"{len(given) / value['seconds']:.1f}",
            "of": {"en": "words", "zh": "characters"}[counted] if alone else "documents",
            "resident_mb": f"{value['megabytes']:.0f}",
        }  # fmt: skip


def main() -> None:
    """Measure and write ``results/models_speed.tsv``."""
    about = f"The examples, {COPIES} times over: processor seconds, and beside reading by rules"
    write_table("models_speed", rows(), about=about)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
