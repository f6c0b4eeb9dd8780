"""How long paths and search take in a large graph: made-up claims and names, a fixed seed."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.table import write_table
from kg.model import Predicate
from kg.network.graph import Network
from kg.network.routes import Routes
from kg.network.values import Claim
from kg.search.finding import Search
from kg.search.index import Index, Name, Text

CLAIMS, CONCEPTS, SENTENCES, QUESTIONS, PATHS = 300_000, 60_000, 100_000, 30, 20
PREDICATES: tuple[Predicate, ...] = ("increases", "decreases", "affects", "associated_with")
SYLLABLES = ("ta", "cro", "li", "mus", "cal", "ci", "neu", "rin", "po", "din", "syn", "ap", "to")
HAN = "他克莫司钙调磷酸酶突触足蛋白细胞骨架肾病综合征嘌呤霉素炎症自噬"


def concept(chance: random.Random) -> str:
    """A concept; a few are named very often, as hubs are."""
    return f"x:{int(CONCEPTS * chance.random() ** 3)}"


def make_claims(chance: random.Random) -> Iterator[Claim]:
    """Made-up claims, every fifth only supposed."""
    for number in range(CLAIMS):
        predicate = chance.choice(PREDICATES)
        sign: Any = {"increases": "+", "decreases": "-"}.get(predicate)
        yield Claim(
            str(number), concept(chance), predicate, concept(chance), None, sign,
            "hypothesized" if number % 5 == 0 else "asserted", chance.random(),
        )  # fmt: skip


def make_index(path: Path, chance: random.Random) -> None:
    """An index of made-up names in two languages and sentences."""

    def english() -> str:
        return "".join(chance.choices(SYLLABLES, k=4)) + str(chance.randrange(100))

    def chinese() -> str:
        return "".join(chance.choices(HAN, k=5))

    with closing(Index(path, writable=True)) as index, index.transaction():
        for number in range(CONCEPTS):
            index.add_names([
                Name(f"x:{number}", english(), "en", "label", "Protein"),
                Name(f"x:{number}", chinese(), "zh", "label", "Protein"),
            ])  # fmt: skip
        texts = (
            Text("sentence", f"s{n}", "zh", f"{chinese()}抑制{chinese()}的表达。")
            for n in range(SENTENCES)
        )
        index.put_document("d", texts, ())


def timed(work: Callable[[], object]) -> float:
    """How many seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def row(what: str, seconds: list[float]) -> dict[str, object]:
    """A line of the table."""
    return {
        "what": what,
        "times": len(seconds),
        "median_ms": f"{1000 * statistics.median(seconds):.1f}",
        "worst_ms": f"{1000 * max(seconds):.1f}",
    }


def main() -> None:
    """Measure, and write the table."""
    chance = random.Random(1)  # noqa: S311
    claims = list(make_claims(chance))
    start = time.perf_counter()
    network = Network(claims)
    rows = [row("build the network", [time.perf_counter() - start])]
    known = list(network.graph)
    rows.append(row("first path", [timed(lambda: Routes(network, known[0]))]))
    for hops in (2, 3, 4):
        seconds = []
        for _ in range(QUESTIONS):
            source, target = chance.sample(known, 2)
            seconds.append(
                timed(
                    lambda source=source, target=target, hops=hops: list(  # type: ignore[misc]
                        islice(Routes(network, target, max_hops=hops).ways(source), PATHS)
                    )
                )
            )
        rows.append(row(f"{PATHS} best paths of at most {hops} steps", seconds))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.sqlite"
        rows.append(row("build the search index", [timed(lambda: make_index(path, chance))]))
        with closing(Search(path)) as search:
            for typed in ("tacro", "他克", "ta", "tkms", "tacrolimus", "突触足蛋白"):
                find = [timed(lambda typed=typed: search.find(typed)) for _ in range(QUESTIONS)]  # type: ignore[misc]
                rows.append(row(f"search {typed}", find))
    about = f"{CLAIMS:,} claims, {CONCEPTS:,} concepts with two names each, {SENTENCES:,} sentences"
    write_table("asking", rows, about=about)


if __name__ == "__main__":
    main()
