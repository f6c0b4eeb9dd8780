"""The names among which a clinical name is looked for, each with the forms in which it may be met.

A listed name "睑板腺囊肿[霰粒肿]" is met as a whole, without its brackets, and as what they hold.
Forms are compared as `extractors.grounding.clinical.analyse` rewrites them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractors.grounding.clinical import ClinicalName, alternatives, analyse, clinical_mark
from extractors.grounding.similar import NameIndex, best, likeness, open_index
from kg.errors import InputError
from kg.files.replacing import replacing
from kg.model import Language

# Kinds of entries of a classification that are chosen by other rules than diseases and signs.
SECTIONS = ("disease", "morphology", "external", "factor", "pregnancy", "perinatal", "heading")


@dataclass(frozen=True, slots=True)
class Listed:
    """A name of a list, and the section of the classification that it belongs to."""

    name: str
    section: str = "disease"


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How much several forms of a text share with every form of the vocabulary."""

    shared: npt.NDArray[np.float32]  # (texts, 3, forms): weight of shared n-grams by length
    whole: npt.NDArray[np.float32]  # (texts, 3): weight of all n-grams of each text
    likeness: npt.NDArray[np.float32]  # (texts, forms)


class Vocabulary:
    """Names by number, and their forms in an index."""

    def __init__(
        self, index: NameIndex, owners: npt.NDArray[np.uint32], sections: npt.NDArray[np.uint8],
        language: Language,
    ) -> None:  # fmt: skip
        self.index = index
        self.language: Language = language
        self._owners = owners
        self._sections = sections
        # name → its first form; one more at the end
        self._first = np.searchsorted(owners, np.arange(len(sections) + 1)).astype(np.int64)
        self._weights = index.totals.sum(axis=0)
        self._sizes = np.log1p(self._weights)

    @classmethod
    def build(cls, listed: Iterable[Listed], language: Language = "zh") -> Vocabulary:
        """The vocabulary of a list; a name that comes twice keeps its first section."""
        unique: dict[str, str] = {}
        for item in listed:
            unique.setdefault(item.name, item.section)
        texts: list[str] = []
        owners: list[int] = []
        for number, name in enumerate(unique):
            forms = alternatives(name) or (name,)
            texts += forms
            owners += [number] * len(forms)
        forms = tuple(analyse(text, language).form for text in texts)
        sections = [SECTIONS.index(section) for section in unique.values()]
        return cls(
            NameIndex.build(texts, language, forms=forms), np.array(owners, np.uint32),
            np.array(sections, np.uint8), language,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._sections)

    def name(self, number: int) -> str:
        """A name as it was listed (without quotation marks about it)."""
        return self.index.name(int(self._first[number]))

    def section(self, number: int) -> str:
        """The section of a name."""
        return SECTIONS[self._sections[number]]

    def owner(self, form: int) -> int:
        """The number of the name that a form is of."""
        return int(self._owners[form])

    def forms(self, number: int) -> range:
        """The numbers of the forms of a name; the first is the name itself."""
        return range(int(self._first[number]), int(self._first[number + 1]))

    def analysed(self, form: int) -> ClinicalName:
        """A form as it is compared."""
        return _analysed(self.index.name(form), self.language)

    def overlaps(self, texts: Iterable[ClinicalName]) -> Overlaps:
        """What texts share with all forms."""
        pairs = [self.index.overlaps(text.form) for text in texts]
        shared = np.stack([shared for shared, _ in pairs])
        whole = np.stack([whole for _, whole in pairs])
        alike = [likeness(*pair, self.index.totals) for pair in pairs]
        return Overlaps(shared, whole, np.stack(alike))

    def candidates(self, overlaps: Overlaps, *, limit: int = 40) -> dict[int, list[int]]:
        """Names with their forms that are like one of the texts, or mostly held in it."""
        found: set[int] = set()
        for row, alike in enumerate(overlaps.likeness):
            found.update(best(alike, limit).tolist())
            held = overlaps.shared[row].sum(axis=0) / np.maximum(self._weights, 1e-6) * self._sizes
            found.update(best(held, limit if row == 0 else limit // 2).tolist())
        names: dict[int, list[int]] = {}
        for form in sorted(found):
            names.setdefault(int(self._owners[form]), []).append(form)
        return names

    def save(self, folder: Path, name: str = "names") -> None:
        """Write the vocabulary as files of a folder; `name` begins the names of all."""
        self.index.save(folder, name)
        for part, array in (("owners", self._owners), ("sections", self._sections)):
            with replacing(folder / f"{name}.{part}.npy") as out:
                np.save(out, array, allow_pickle=False)
        with replacing(folder / f"{name}.language.json") as out:
            out.write(
                json.dumps(
                    {"language": self.language, "mark": clinical_mark(self.language)}
                ).encode()
            )


def open_vocabulary(folder: Path, name: str = "names") -> Vocabulary:
    """The vocabulary that `Vocabulary.save` wrote; the index stays on disk.

    Raises
    ------
    InputError
        where a file is absent or broken.
    """
    index = open_index(folder, name)
    try:
        owners, sections = (
            np.load(folder / f"{name}.{part}.npy") for part in ("owners", "sections")
        )
        about = json.loads((folder / f"{name}.language.json").read_text(encoding="utf-8"))
        language: Language = about["language"]
        if about["mark"] != clinical_mark(language):
            raise ValueError("names were rewritten otherwise")
        if len(owners) != len(index):
            raise ValueError("files of different builds")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"no list of clinical names ({error.__class__.__name__})", where=str(folder),
            remedy="build it again",
        ) from error  # fmt: skip
    return Vocabulary(index, owners, sections, language)


@lru_cache(maxsize=200_000)
def _analysed(text: str, language: Language) -> ClinicalName:
    return analyse(text, language)
