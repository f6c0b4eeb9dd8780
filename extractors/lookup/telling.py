"""What is told of the concepts that a text may name: as JSON, and in lines for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractors.grounding.weights import load_weights
from extractors.lookup.finding import Hit
from extractors.mentions.lexicon import Lexicon
from kg.model import Language

Row = dict[str, Any]
# The words of each language: what stands before each line, and between its parts.
WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "why": "why", "name": "name", "source": "source", "also": "also", "under": "under",
        "gap": "; ", "sep": ": ", "none": "no name of the terminology stands in",
        "general": "too general to be a mention",
    },
    "zh": {
        "why": "理由", "name": "名称", "source": "来源", "also": "其他标识", "under": "上位概念",
        "gap": "；", "sep": "：", "none": "未找到术语名称：", "general": "过于笼统，不作提及",
    },
}  # fmt: skip
TYPES: Mapping[Language, Mapping[str, str]] = {
    "en": {},
    "zh": {
        "Drug": "药物", "Protein": "蛋白质", "Disease": "疾病", "Outcome": "结局",
        "Process": "过程", "Cell": "细胞与组织", "Organism": "生物",
    },
}  # fmt: skip
_MOST_IDENTIFIERS = 8


def rows(
    hits: Iterable[Hit], lexicon: Lexicon, sources: Mapping[str, Mapping[str, Any]],
    language: Language,
) -> list[Row]:  # fmt: skip
    """One row for each hit, with all that is known of its concept.

    Parameters
    ----------
    sources : of each source, its version and licence
    language : of the words
    """
    return [_row(hit, lexicon, sources.get(hit.entry.source, {}), language) for hit in hits]


def _row(hit: Hit, lexicon: Lexicon, source: Mapping[str, Any], language: Language) -> Row:
    entry = hit.entry
    reasons = load_weights().reasons
    return {
        "text": hit.text, "start": hit.start, "end": hit.end, "concept": entry.concept,
        "type": entry.type, "label_en": lexicon.label(entry.concept, "en"),
        "label_zh": lexicon.label(entry.concept, "zh"), "name": entry.name, "scope": entry.scope,
        "language": entry.language, "score": hit.score, "reasons": list(hit.reasons),
        "why": WORDS[language]["gap"].join(reasons[one].words(language) for one in hit.reasons),
        "source": entry.source, "version": source.get("version") or None,
        "licence": source.get("licence") or None,
        "identifiers": [i for i in lexicon.identifiers(entry.concept) if i != entry.concept],
        "parents": [
            {"concept": above, "relation": relation, "label_en": lexicon.label(above, "en"),
             "label_zh": lexicon.label(above, "zh")}
            for above, relation in lexicon.parents(entry.concept)
        ],
    }  # fmt: skip


def lines(found: Iterable[Row], language: Language) -> Iterator[str]:
    """The rows for a reader: a line for each stretch of text, and its concepts below it."""
    words, place = WORDS[language], None
    sep, gap = words["sep"], words["gap"]
    for row in found:
        if (row["start"], row["end"]) != place:
            place = row["start"], row["end"]
            yield f"{row['text']}  [{row['start']}, {row['end']})"
        kind = TYPES[language].get(row["type"], row["type"])
        labels = dict.fromkeys(filter(None, (row["label_en"], row["label_zh"])))
        yield f"  {row['concept']}  {' · '.join(labels)}  {kind}  {row['score']:.2f}"
        yield f"    {words['why']}{sep}{row['why']}"
        yield f"    {words['name']}{sep}{row['name']} ({row['scope']}, {row['language']})"
        origin = " ".join(filter(None, (row["source"], row["version"])))
        yield f"    {words['source']}{sep}{gap.join(filter(None, (origin, row['licence'])))}"
        if row["identifiers"]:
            more = ["…"] if len(row["identifiers"]) > _MOST_IDENTIFIERS else []
            others = " ".join([*row["identifiers"][:_MOST_IDENTIFIERS], *more])
            yield f"    {words['also']}{sep}{others}"
        if row["parents"]:
            above = gap.join(_above(parent, language) for parent in row["parents"])
            yield f"    {words['under']}{sep}{above}"


def _above(parent: Mapping[str, Any], language: Language) -> str:
    label = parent[f"label_{language}"] or parent["label_en"] or parent["label_zh"] or ""
    return f"{parent['concept']} {label}".strip()
