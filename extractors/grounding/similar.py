"""Names that are written much like a given text, from a list of tens of thousands to a million.

Names are compared by the runs of one to three signs (n-grams) that they share, each weighted by
how few names have it (IDF). A Han character counts alone and in runs of two and three, other
letters in runs of three with the ends of words. The index is an inverted file of flat arrays:
built without a loop over n-grams, saved as files that open memory-mapped, and searched in
milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractors.normalize import atoms, fold_word, has_han
from kg.errors import InputError
from kg.files.replacing import replacing
from kg.model import Language

FORMAT = 1
LENGTHS = (1, 2, 3)
_BITS = 21  # of a code point: a run of three fits into 63 bits
_HAN_FROM = 0x3400  # no letter of another script that names are written in lies above
_TOO_LONG = 400  # characters of a query that are looked at

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Similar:
    """A name of the list: its number, the name, and how alike it is (0 to 1)."""

    number: int
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class _Arrays:
    grams: npt.NDArray[np.uint64]  # sorted
    first: npt.NDArray[np.int64]  # n-gram → its first posting; one more at the end
    names: npt.NDArray[np.uint32]  # posting → name
    weights: Floats  # n-gram → IDF
    totals: Floats  # (3, names): weight of all n-grams of each length
    starts: npt.NDArray[np.int64]  # name → its first byte in `text`; one more at the end
    text: npt.NDArray[np.uint8]  # the names as they were given, in UTF-8


def letters(text: str, language: Language) -> str:
    """A text as it is compared: folded, without signs, Latin words set off by spaces.

    Examples
    --------
    >>> letters("IgA腎病（活動期）", "zh")
    ' iga 肾病活动期'
    >>> letters("Lung tumours", "en")
    ' lung tumor '
    >>> letters("AAAS", "en") == letters("aaas", "en")  # a form folded again stays as it is
    True
    """
    pieces: list[str] = []
    for atom in atoms(text, language):
        if has_han(atom.key):
            pieces.append(atom.key)
        elif atom.key.isalnum():
            if not (pieces and pieces[-1].endswith(" ")):
                pieces.append(" ")
            # Only its capitals keep the s of an acronym in its key, and here they are gone.
            pieces.append(f"{fold_word(atom.key)} ")
    return "".join(pieces)


class NameIndex:
    """A list of names, searched by likeness.

    Examples
    --------
    >>> index = NameIndex.build(["乳腺恶性肿瘤", "肺恶性肿瘤", "乳腺炎"], "zh")
    >>> [found.name for found in index.similar("乳腺肿瘤", "zh", limit=2)]
    ['乳腺恶性肿瘤', '乳腺炎']
    """

    def __init__(self, arrays: _Arrays) -> None:
        self._arrays = arrays

    @classmethod
    def build(
        cls, names: Iterable[str], language: Language, *, forms: Sequence[str] | None = None
    ) -> NameIndex:
        """The index of a list of names; equal lists give equal indexes.

        `forms` are what is compared in place of the names, one for each, in the form of `letters`.
        """
        listed = list(names)
        if forms is None:
            forms = [letters(name, language) for name in listed]
        return cls(_build(listed, forms))

    def __len__(self) -> int:
        return len(self._arrays.starts) - 1

    def name(self, number: int) -> str:
        """The name with a number, as it was given."""
        low, high = self._arrays.starts[number : number + 2]
        return self._arrays.text[low:high].tobytes().decode("utf-8")

    @property
    def totals(self) -> Floats:
        """The weight of all n-grams of each name, by length of n-gram: shape (3, names)."""
        return self._arrays.totals

    def overlaps(self, form: str) -> tuple[Floats, Floats]:
        """How much a text in the form of `letters` shares with every name.

        Returns the weight of the shared n-grams, shape (3, names), and that of all of the text's
        n-grams, shape (3,); rows stand for runs of one, two and three signs. An n-gram that no
        name has weighs as much as the rarest.
        """
        a = self._arrays
        grams, _ = _grams(form[:_TOO_LONG])
        grams = np.unique(grams)
        lengths = _length_of(grams)
        at = np.minimum(np.searchsorted(a.grams, grams), max(len(a.grams) - 1, 0))
        known = a.grams[at] == grams if len(a.grams) else np.zeros(len(grams), bool)
        rarest = np.float32(np.log1p(len(self)))
        weights = np.where(known, a.weights[at], rarest) if len(a.grams) else rarest * known
        shared = np.zeros((len(LENGTHS), len(self)), np.float32)
        whole = np.zeros(len(LENGTHS), np.float32)
        for row, length in enumerate(LENGTHS):
            of_length = lengths == length
            whole[row] = weights[of_length].sum()
            for gram in at[known & of_length]:
                postings = a.names[a.first[gram] : a.first[gram + 1]]
                shared[row, postings] += a.weights[gram]
        return shared, whole

    def similar(
        self, text: str, language: Language, *, limit: int = 10, least: float = 0.0
    ) -> tuple[Similar, ...]:
        """The names most like a text, the likest first; equal ones by number."""
        shared, whole = self.overlaps(letters(text, language))
        scores = likeness(shared, whole, self.totals)
        return tuple(
            Similar(int(n), self.name(int(n)), round(float(scores[n]), 4))
            for n in best(scores, limit)
            if scores[n] > least
        )

    def save(self, folder: Path, name: str = "similar") -> None:
        """Write the index as files of a folder; `name` begins the names of all."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(_Arrays):
            with replacing(folder / f"{name}.{field.name}.npy") as out:
                np.save(out, getattr(self._arrays, field.name), allow_pickle=False)
        with replacing(folder / f"{name}.json") as out:
            out.write(json.dumps({"format": FORMAT, "names": len(self)}).encode())


def open_index(folder: Path, name: str = "similar") -> NameIndex:
    """The index that `NameIndex.save` wrote; its arrays stay on disk until they are read.

    Raises
    ------
    InputError
        where a file is absent, broken or of another version.
    """
    try:
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ValueError("another format")
        arrays = _Arrays(
            *(
                np.load(folder / f"{name}.{field.name}.npy", mmap_mode="r", allow_pickle=False)
                for field in fields(_Arrays)
            )
        )
        if len(arrays.starts) != about["names"] + 1:
            raise ValueError("files of different builds")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"no index of similar names ({error.__class__.__name__})",
            where=str(folder),
            remedy="run `kg lexicon build`",
        ) from error
    return NameIndex(arrays)


def likeness(shared: Floats, whole: Floats, totals: Floats) -> Floats:
    """The cosine of texts and names as sets of weighted n-grams, shape (names,)."""
    size = np.sqrt(np.maximum(totals.sum(axis=0) * whole.sum(), 1e-9))
    return np.asarray(shared.sum(axis=0) / size, np.float32)


def best(scores: npt.NDArray[np.floating], limit: int) -> npt.NDArray[np.int64]:
    """The places of the highest positive scores, the highest first, equal ones in order."""
    if limit < len(scores):
        top = np.argpartition(-scores, limit - 1)[:limit]
        # Of those equal to the last, the first in order: partitioning alone takes any of them.
        top = np.flatnonzero(scores >= max(scores[top].min(), np.finfo(np.float32).tiny))
    else:
        top = np.flatnonzero(scores > 0)
    return top[np.argsort(-scores[top], kind="stable")][:limit]


def _build(names: Sequence[str], forms: Sequence[str]) -> _Arrays:
    grams, owners = _grams(*forms)
    vocabulary, ids = np.unique(grams, return_inverse=True)
    count = np.uint64(max(len(names), 1))
    # One number for a pair of n-gram and name: unique ones in order are the postings.
    pairs = np.unique(ids.astype(np.uint64) * count + owners.astype(np.uint64))
    gram_of, name_of = pairs // count, (pairs % count).astype(np.uint32)
    numbers = np.bincount(gram_of.astype(np.int64), minlength=len(vocabulary))
    first = np.concatenate(([0], np.cumsum(numbers))).astype(np.int64)
    weights = np.log1p(len(names) / np.maximum(numbers, 1)).astype(np.float32)
    lengths = _length_of(vocabulary)[gram_of.astype(np.int64)]
    of_posting = weights[gram_of.astype(np.int64)]
    totals = np.stack(
        [
            np.bincount(
                name_of[lengths == length], of_posting[lengths == length], minlength=len(names)
            )
            for length in LENGTHS
        ]
    ).astype(np.float32)
    encoded = [name.encode("utf-8") for name in names]
    starts = np.concatenate(([0], np.cumsum([len(name) for name in encoded]))).astype(np.int64)
    text = np.frombuffer(b"".join(encoded), np.uint8)
    return _Arrays(vocabulary, first, name_of, weights, totals, starts, text)


def _grams(*forms: str) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32]]:
    """The n-grams of forms, and for each the number of its form."""
    joined = "\0\0".join((*forms, "")) + "\0\0"
    signs = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    sizes = np.array([len(form) + 2 for form in forms], np.int64)
    owner = np.repeat(np.arange(len(forms), dtype=np.uint32), sizes)
    signs = signs[: len(owner) + 2]
    one, two, three = signs[:-2], signs[1:-1], signs[2:]
    han = [part >= _HAN_FROM for part in (one, two, three)]
    shift = np.uint64(_BITS)
    double = one | two << shift
    found, owners = [], []
    for codes, keep in (
        (one, han[0]),
        (double, (one > 0) & (two > 0) & (han[0] | han[1])),
        (double | three << (shift + shift), (one > 0) & (two > 0) & (three > 0)),
    ):
        found.append(codes[keep])
        owners.append(owner[keep])
    return np.concatenate(found), np.concatenate(owners)


def _length_of(grams: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    shift = np.uint64(_BITS)
    return 1 + (grams >> shift > 0).astype(np.int64) + (grams >> (shift + shift) > 0)
