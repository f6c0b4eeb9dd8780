"""What a stated effect implies: a therapy that brings about the remission of a sign treats it.

"Proteinuria remission" and 蛋白尿缓解 are one mention, an outcome that a drug increases. That the
drug treats proteinuria is implied and not stated, so the relation is marked ``derived: relief``: it
is kept with its sentences and never becomes a plain triple. The sign is a mention inside the other.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.mentions.lexicon import Lexicon
from extractors.tables import read_table
from kg.model import Extraction, Language, Mention, RelationMention

DERIVED = "relief"
CONFIDENCE = 0.9  # of the implied relation, as a share of that of the stated one
_TREATED = ("Disease", "Outcome")


def imply_relief(extraction: Extraction, lexicon: Lexicon) -> Extraction:
    """The extraction with the signs inside remissions, and what drugs do to them by implication."""
    languages = {passage.id: passage.language for passage in extraction.document.passages}
    mentions = {mention.id: mention for mention in extraction.mentions}
    inner: dict[str, Mention] = {}
    implied: list[RelationMention] = []
    for relation in extraction.relations:
        whole = mentions[relation.object]
        if relation.predicate != "increases" or relation.derived:
            continue
        if mentions[relation.subject].type != "Drug" or whole.type != "Outcome":
            continue
        language = languages[whole.passage]
        sign = inner.get(whole.id) or _sign_in(whole, language, lexicon)
        if sign is None:
            continue
        inner[whole.id] = sign
        implied.append(
            replace(
                relation,
                id=f"{relation.id}-{DERIVED}",
                predicate="treats",
                object=sign.id,
                rule=f"{language}.treats.implied-{DERIVED}",
                aspect=None,
                derived=DERIVED,
                confidence=round(relation.confidence * CONFIDENCE, 4),
            )
        )
    return replace(
        extraction,
        mentions=(*extraction.mentions, *inner.values()),
        relations=(*extraction.relations, *implied),
    )


def _sign_in(mention: Mention, language: Language, lexicon: Lexicon) -> Mention | None:
    """The sign or disease that a mention says the remission of; None where it names none."""
    folded = mention.text.lower()
    for (head,) in read_table(language, "relief.tsv", 1):
        words = mention.text[: -len(head)].rstrip()
        if not folded.endswith(head) or not words:
            continue
        found = [e for e in lexicon.lookup(words, language) if e.type in _TREATED]
        if found:
            return Mention(
                f"{mention.id}-{DERIVED}", mention.passage, mention.sentence, mention.start,
                mention.start + len(words), words, found[0].type, found[0].concept,
                method="lexicon",
            )  # fmt: skip
    return None
