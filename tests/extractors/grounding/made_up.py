"""A small made-up classification with pairs: enough to train on in a second."""

from __future__ import annotations

import itertools

from extractors.grounding.memory import Pair
from extractors.grounding.vocabulary import Listed

SITES = ("胃", "肝", "肾", "肺", "膀胱", "脾", "胰腺", "食管", "结肠", "卵巢")
KINDS = ("恶性肿瘤", "囊肿", "结石", "感染", "出血")
NAMES = tuple(Listed(f"{site}{kind}") for site, kind in itertools.product(SITES, KINDS))
LIST = (*NAMES, Listed("癌", "morphology"), Listed("高血压"), Listed("睑板腺囊肿[霰粒肿]"))


def pairs() -> tuple[Pair, ...]:
    """Bedside names of everything listed; cancers are given a second name for their kind."""
    found = []
    for site in SITES:
        found += [
            Pair(f"左{site}癌II期", (f"{site}恶性肿瘤", "癌")),
            Pair(f"右{site}囊肿伴出血", (f"{site}囊肿", f"{site}出血")),
            Pair(f"{site}多发结石", (f"{site}结石",)),
            Pair(f"重度{site}部感染", (f"{site}感染",)),
            Pair(f"{site}结石；高血压病", (f"{site}结石", "高血压")),
        ]
    return tuple(found)
