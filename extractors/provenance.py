"""What documents are read with now: the versions and hashes of all that takes part."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extractors.layout
from extractors.options import ReadingOptions
from extractors.readers.records import Annotated, Readable
from kg.io import document_to_json, encode
from kg.model import Extraction
from kg.provenance import Provenance, ReadBy
from kg.terminology.starter import starter_mark
from kg.terminology.versions import is_starter

_ROOT = Path(str(extractors.layout.__file__)).parent
_WORDS = frozenset({".yaml", ".tsv", ".txt", ".json"})
_WEIGHTS = frozenset({".npz", ".npy", ".marisa"})
_SHORT = 16


def read_by(options: ReadingOptions) -> ReadBy:
    """What documents are read with under these options."""
    lexicon = _lexicon_of(options.lexicon)
    models = []
    if options.models:
        models.append(f"models {_hash_of(_ROOT, _WEIGHTS)}")
        if options.trained is not None:
            models.append(f"trained {_hash_of(options.trained / 'models', _WEIGHTS)}")
    models += [f"{language} {name}{_version_of(name)}" for language, name in options.pipelines]
    models += [f"reader {name}{_version_of(name)}" for name in options.readers]
    if options.labels is not None:
        models.append(f"labels {_digest(options.labels.read_bytes())}")
    if options.annotations is not None:
        models.append(f"annotations {options.annotations}")
    return ReadBy(version("parallax-kg"), lexicon, _hash_of(_ROOT, _WORDS), tuple(models))


def _lexicon_of(folder: Path | None) -> str:
    """The starter lexicon by its mark, compiled or not; another by the name of its version."""
    if folder is None or is_starter(folder):
        return f"starter {starter_mark()[:_SHORT]}"
    return folder.name


def digest_of(given: Readable) -> str:
    """The SHA-256 of a document as it was given, with the annotations that came with it."""
    if isinstance(given, Annotated | Extraction):
        content = encode(given)
    else:
        content = document_to_json(given)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def provenance_of(given: Readable, marks: ReadBy) -> Provenance:
    """How the extraction of a document comes about."""
    return Provenance(digest_of(given), marks)


@lru_cache(maxsize=8)
def _hash_of(folder: Path, endings: frozenset[str]) -> str:
    """The hash of the files below a folder that have one of these endings, by name and content."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in endings):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:_SHORT]


def _version_of(name: str) -> str:
    """The version of an installed package, with a space before it; empty for others."""
    try:
        return f" {version(name)}"
    except PackageNotFoundError:
        return ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHORT]
