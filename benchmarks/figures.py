"""The figures of the README, in both languages, taken from the committed results."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from benchmarks.table import RESULTS, ROOT

START, END = "<!-- figures -->", "<!-- /figures -->"
ROWS = (
    ("bilingual", "mentions.relaxed", "mentions, overlapping", "提及（重叠即可）"),
    ("bilingual", "mentions.strict", "mentions, exact", "提及（完全一致）"),
    ("bilingual", "relations.pair", "relations, pair", "关系（论元对）"),
    ("bilingual", "relations.full", "relations, full", "关系（完整）"),
    (
        "relations_given",
        "relations.full",
        "relations, full, mentions given",
        "关系（完整，给定提及）",
    ),
)
WHOLE = (
    ("alignment", "aligned mentions", "提及对齐"),
    ("sentences", "aligned sentences", "句子对齐"),
)
HEADS = {
    "README.md": ("F1", "dev en", "dev zh", "validation en", "validation zh"),
    "README.zh.md": ("F1", "开发集 英", "开发集 中", "验证集 英", "验证集 中"),
}


def read(name: str) -> dict[tuple[str, str], str]:
    """F1 by part and measure of one result table."""
    lines = (RESULTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {(row["part"], row["measure"]): row["f1"] for row in rows}


def table(page: str) -> str:
    """The table of one README as Markdown."""
    chinese = page.endswith(".zh.md")
    head = HEADS[page]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, measure, en, zh in ROWS:
        values = read(name)
        cells = [
            values[part, f"{measure}.{language}"]
            for part in ("dev", "validation")
            for language in ("en", "zh")
        ]
        lines.append(f"| {zh if chinese else en} | {' | '.join(cells)} |")
    values = read("bilingual")
    for measure, en, zh in WHOLE:
        dev, validation = values["dev", measure], values["validation", measure]
        lines.append(f"| {zh if chinese else en} | {dev} | | {validation} | |")
    return "\n".join(lines)


def fill(path: Path) -> str:
    """The text of a README with its figures as they are in the results."""
    text = path.read_text(encoding="utf-8")
    block = f"{START}\n\n{table(path.name)}\n\n{END}"
    return re.sub(f"{START}.*{END}", lambda _: block, text, flags=re.DOTALL)


def main() -> None:
    """Write the figures into the READMEs."""
    for page in HEADS:
        (ROOT / page).write_text(fill(ROOT / page), encoding="utf-8")
        print(f"{page}: figures written")
