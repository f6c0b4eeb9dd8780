"""A variant of a sequence in one notation, whatever way it was written in.

>>> SequenceVariant("p", "SUB", "R", "620", "W").hgvs
'p.R620W'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["p", "c", "g", "m", "n", "r"]
Change = Literal["SUB", "DEL", "INS", "DUP", "INDEL", "FS", "ALLELE"]

BASES = frozenset("ACGT")
# What residues are called → their letter.
RESIDUES = {
    "ala": "A", "arg": "R", "asn": "N", "asp": "D", "cys": "C", "gln": "Q", "glu": "E", "gly": "G",
    "his": "H", "ile": "I", "leu": "L", "lys": "K", "met": "M", "phe": "F", "pro": "P", "ser": "S",
    "thr": "T", "trp": "W", "tyr": "Y", "val": "V", "sec": "U", "ter": "X", "stop": "X",
    "alanine": "A", "arginine": "R", "asparagine": "N", "aspartate": "D", "aspartic acid": "D",
    "cysteine": "C", "glutamine": "Q", "glutamate": "E", "glutamic acid": "E", "glycine": "G",
    "histidine": "H", "isoleucine": "I", "leucine": "L", "lysine": "K", "methionine": "M",
    "phenylalanine": "F", "proline": "P", "serine": "S", "threonine": "T", "tryptophan": "W",
    "tyrosine": "Y", "valine": "V",
}  # fmt: skip
LETTERS = frozenset("ACDEFGHIKLMNPQRSTVWY")
_JOINED = {"DEL": "del", "INS": "ins", "DUP": "dup", "INDEL": "delins"}


@dataclass(frozen=True, slots=True)
class SequenceVariant:
    """What is changed into what, where.

    Parameters
    ----------
    level : protein (p), coding (c), genomic (g), mitochondrial (m), non-coding (n) or RNA (r)
    change : substitution, deletion, …; an allele is only one of the things that stand there
    reference : bases or residues before, in one-letter code; empty where the text does not tell
    position : as written, without blanks: "66", "342_343", "-308", "IVS3+1"
    alternative : what is there instead, or is added; X is a stop
    stop : how far behind a shift of the frame the stop is
    """

    level: Level
    change: Change
    reference: str
    position: str
    alternative: str = ""
    stop: str = ""

    @property
    def hgvs(self) -> str:
        """The variant in the notation of the Human Genome Variation Society, one-letter code."""
        place = self.position
        match self.change:
            case "FS":
                end = f"X{self.stop}" if self.stop else ""
                return f"{self.level}.{self.reference}{place}{self.alternative}fs{end}"
            case "SUB" if self.level == "p":
                return f"p.{self.reference}{place}{self.alternative}"
            case "SUB":
                return f"{self.level}.{place}{self.reference}>{self.alternative}"
            case "ALLELE":
                return f"{self.level}.{place}{self.alternative}"
            case _:
                told = self.reference if self.change == "DEL" else self.alternative
                return f"{self.level}.{place}{_JOINED[self.change]}{told}"


def residue(name: str) -> str:
    """The letter of an amino acid, of a stop (X), or of nothing ("").

    >>> [residue(name) for name in ("Val", "methionine", "R", "*", "Xyz")]
    ['V', 'M', 'R', 'X', '']
    """
    if len(name) == 1:
        return "X" if name in "*X" else name if name in LETTERS else ""
    return RESIDUES.get(name.lower(), "")
