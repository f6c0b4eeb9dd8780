"""Chinese names that the terminology does not have, read by their parts.

A tenth of the names of HPO-zh, OMIM-zh and Orphanet-zh is withheld, chosen by a hash of the CURIE.
Withheld with a name is every way in which it could come back: the Chinese names of all concepts
that MONDO joins with its concept, and every pair of any table (the three, ICD-10, the drug table,
the starter terminology) that has one of these Chinese names or an English name of the concept.
The English names of all concepts stay. A concept is right where it is the withheld one or one that
MONDO joins with it. Nothing was chosen by these names: constants were set on another tenth.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import ontologies
from benchmarks.table import shared, write_table
from extractors.composition.model import Composition, learn_composition
from extractors.composition.names import NameIndex, index_names
from extractors.composition.pairs import name_pairs
from extractors.normalize import key

SHARE = 10
SALT = "cross-lingual "
MOST = 10
Named = dict[str, set[str]]


@dataclass(slots=True)
class Tables:
    """English and Chinese names by concept, what MONDO joins, and pairs without a concept."""

    en: Named = field(default_factory=lambda: defaultdict(set))
    zh: Named = field(default_factory=lambda: defaultdict(set))
    joined: dict[str, str] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def whole(self, concept: str) -> str:
        """The name of the set of joined concepts to which a concept belongs."""
        return self.joined.get(concept, concept)


def read_tables() -> Tables:
    """The bilingual tables and the English names of all diseases and phenotypes there are."""
    tables = Tables()
    _read_ontologies(tables)
    for name in ("cns_omim.json", "cns_orphanet.json"):
        path = shared("corpora", "terminology", "phenobrain-cns", name)
        for concept, names in json.loads(path.read_text(encoding="utf-8")).items():
            parts = (part.strip() for part in names["ENG_NAME"].split(";"))
            tables.en[concept].update(part for part in parts if part)
            tables.zh[concept].add(names["CNS_NAME"])
    for other in ("omim", "orphanet", "doid", "mesh"):
        for row in _rows("mondo-mappings", f"mondo_hasdbxref_{other}.sssom.tsv"):
            concept = row["object_id"].replace("Orphanet:", "ORPHA:")
            tables.en[row["subject_id"]].add(row["subject_label"])
            tables.joined[concept] = row["subject_id"]
            if other in ("omim", "orphanet") and row["object_label"]:
                tables.en[concept].add(row["object_label"])
    for row in _rows("derived", "icd10_en_zh.tsv"):
        tables.pairs.append((row["en_icd10cm"], row["zh_beijing601"]))
    for row in _rows("derived", "drug_en_zh_ids.tsv"):
        tables.pairs.append((row["en"], row["zh"]))
    tables.pairs += name_pairs(ontologies.load_terms())
    return tables


def _read_ontologies(tables: Tables) -> None:
    for row in _rows("hpo-zh", "hp-zh.babelon.tsv"):
        if row["subject_id"].startswith("HP:"):
            tables.en[row["subject_id"]].add(row["source_value"])
            tables.zh[row["subject_id"]].add(row["translation_value"])
    for name in ("hp_2019-08.json", "doid_2019-08.json"):
        path = shared("corpora", "terminology", "obo", name)
        for term in json.loads(path.read_text(encoding="utf-8")):
            if term.get("name"):
                tables.en[term["id"]].update((term["name"], *term["synonyms"]))


def _rows(*parts: str) -> Iterator[dict[str, str]]:
    path = shared("corpora", "terminology", *parts)
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader((li for li in lines if li[0] != "#"), delimiter="\t")


def withheld(concept: str) -> bool:
    """Whether a concept is in the sample: a tenth, the same wherever this is run."""
    return int(hashlib.sha256((SALT + concept).encode()).hexdigest(), 16) % SHARE == 0


def training_pairs(tables: Tables, sample: Iterable[str]) -> list[tuple[str, str]]:
    """All pairs of names without those by which a concept of the sample could be known."""
    joined = {tables.whole(concept) for concept in sample}
    near = [c for c in tables.en.keys() | tables.zh.keys() if tables.whole(c) in joined]
    no_zh = {key(name, "zh") for concept in near for name in tables.zh.get(concept, ())}
    no_en = {key(name, "en") for concept in near for name in tables.en.get(concept, ())}
    named = [
        (en, zh)
        for concept in sorted(tables.zh)
        for zh in sorted(tables.zh[concept])
        for en in sorted(tables.en[concept])
    ]
    return [
        (en, zh)
        for en, zh in (*named, *tables.pairs)
        if key(en, "en") not in no_en and key(zh, "zh") not in no_zh
    ]


_STOP = frozenset(("of", "the", "a", "an", "and", "or", "in", "with", "for", "to", "by", "on"))


class Dice:
    """The baseline: Dice's coefficient of English stems and Han bigrams, counted once."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._together: Counter[tuple[str, str]] = Counter()
        self._en: Counter[str] = Counter()
        self._zh: Counter[str] = Counter()
        for en, zh in pairs:
            stems, grams = set(_stems(en)), set(_bigrams(zh))
            self._en.update(stems)
            self._zh.update(grams)
            self._together.update((stem, gram) for stem in stems for gram in grams)

    def similarity(self, en: str, zh: str) -> float:
        """The share of both names that finds its counterpart in the other."""
        stems, grams = _stems(en), _bigrams(zh)
        if not stems or not grams:
            return 0.0
        links = [[self._link(stem, gram) for gram in grams] for stem in stems]
        told_en = sum(max(row) for row in links) / len(stems)
        told_zh = sum(max(column) for column in zip(*links, strict=True)) / len(grams)
        return float(told_en + told_zh) / 2

    def _link(self, stem: str, gram: str) -> float:
        together = self._together.get((stem, gram), 0)
        value = 2 * together / (self._en[stem] + self._zh[gram]) if together else 0.0
        return min(1.0, 2.5 * value) if value >= 0.08 else 0.0


def _stems(en: str) -> list[str]:
    return [word[:5] for word in re.findall(r"[a-z0-9]+", en.lower()) if word not in _STOP]


def _bigrams(zh: str) -> list[str]:
    runs = re.findall(r"[\u3400-\u9fff]+", zh)
    return [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]


def _score(
    queries: list[tuple[str, str]], propose: Callable[[str], Iterable[str]], tables: Tables
) -> Iterator[dict[str, object]]:
    """One row for each source and one for all: accuracy among the first and the first five."""
    first: Counter[str] = Counter()
    five: Counter[str] = Counter()
    total: Counter[str] = Counter()
    begin = time.perf_counter()
    for concept, name in queries:
        found = list(dict.fromkeys(tables.whole(other) for other in propose(name)))
        for source in (concept.partition(":")[0], "all"):
            total[source] += 1
            first[source] += found[:1] == [tables.whole(concept)]
            five[source] += tables.whole(concept) in found[:5]
    spent = 1000 * (time.perf_counter() - begin) / len(queries)
    for source in sorted(total, key=str.lower):
        yield {
            "source": source, "names": total[source],
            "accuracy_at_1": f"{first[source] / total[source]:.3f}",
            "accuracy_at_5": f"{five[source] / total[source]:.3f}",
            "ms_a_name": f"{spent:.0f}",
        }  # fmt: skip


def _by_dice(dice: Dice, index: NameIndex, composition: Composition, zh: str) -> list[str]:
    best: dict[str, float] = {}
    for name, concepts in index.likely(zh, composition):
        score = dice.similarity(name, zh)
        for concept in concepts:
            best[concept] = max(score, best.get(concept, 0.0))
    return sorted(best, key=lambda concept: (-best[concept], concept))[:MOST]


def _bare(name: str) -> str:
    """A name without the abbreviation that OMIM's names end with."""
    return re.split(r"[；;（(]\s*[A-Z][A-Z0-9]+\s*[)）]?\s*$", name)[0].strip() or name


def main() -> None:
    """Measure and write ``results/cross_lingual.tsv``."""
    tables = read_tables()
    queries = [(c, zh) for c in sorted(tables.zh) if withheld(c) for zh in sorted(tables.zh[c])]
    pairs = training_pairs(tables, {concept for concept, _ in queries})
    every_name = [(concept, name) for concept, names in tables.en.items() for name in names]
    composition = learn_composition(pairs, vocabulary=(name for _, name in every_name))
    index = index_names(every_name, composition)
    dice = Dice(pairs)

    def composed(zh: str) -> list[str]:
        return [p.concept for p in index.propose(zh, composition, most=MOST)]

    def by_dice(zh: str) -> list[str]:
        return _by_dice(dice, index, composition, zh)

    bare = [(concept, _bare(zh)) for concept, zh in queries]
    methods = (
        ("composition", "as it stands", queries, composed),
        ("composition", "without its abbreviation", bare, composed),
        ("Dice of stems and bigrams, same candidates", "as it stands", queries, by_dice),
    )
    rows = [
        {"method": method, "name": given} | row
        for method, given, asked, propose in methods
        for row in _score(asked, propose, tables)
    ]
    about = (
        f"A tenth of the Chinese names withheld ({len(pairs)} pairs learnt from), looked for among "
        f"{len(index)} English names of {len(tables.en)} concepts"
    )
    write_table("cross_lingual", rows, about=about)
