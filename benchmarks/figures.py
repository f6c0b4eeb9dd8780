"""The figures of the README and of ``docs/quality.md``, in both languages, from committed results.

What the page on quality shows is a table, ``benchmarks/quality.tsv``.
"""

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


QUALITY_HEADS = {
    "quality.md": ("what", "data", "bar", "figure", "table"),
    "quality.zh.md": ("测什么", "数据", "门槛", "数值", "结果表"),
}
QUALITY = ROOT / "benchmarks" / "quality.tsv"


class NoFigureError(Exception):
    """A row of the page on quality does not name one row of a committed table."""


def records(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV, without the lines that begin with #."""
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_MINIMAL))


def quality_table(page: str) -> str:
    """The table of one page on quality as Markdown.

    Raises
    ------
    NoFigureError
        where a row of ``benchmarks/quality.tsv`` fits no row of its table, or several.
    """
    chinese = page.endswith(".zh.md")
    head = QUALITY_HEADS[page]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for row in records(QUALITY):
        name, data = (row["zh"], row["data_zh"]) if chinese else (row["en"], row["data_en"])
        figure = find_figure(row["table"], row["where"], row["column"])
        link = f"[{row['table']}](../benchmarks/results/{row['table']}.tsv)"
        lines.append(f"| {name} | {data} | {row['bar']} | {figure} | {link} |")
    return "\n".join(lines)


def find_figure(table: str, where: str, column: str) -> str:
    """One cell of a committed table, in the row for which ``column=value|…`` holds."""
    wanted = dict(condition.split("=", 1) for condition in where.split("|"))
    found = [
        row[column] for row in records(RESULTS / f"{table}.tsv")
        if all(row.get(key) == value for key, value in wanted.items())
    ]  # fmt: skip
    if len(found) != 1:
        raise NoFigureError(f"{table}.tsv has {len(found)} rows where {where}; name one")
    return found[0]


def read(name: str) -> dict[tuple[str, str], str]:
    """F1 by part and measure of one result table."""
    rows = records(RESULTS / f"{name}.tsv")
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
    """The text of a page with its figures as they are in the results."""
    text = path.read_text(encoding="utf-8")
    made = table(path.name) if path.name in HEADS else quality_table(path.name)
    return re.sub(f"{START}.*{END}", lambda _: f"{START}\n\n{made}\n\n{END}", text, flags=re.DOTALL)


def main() -> None:
    """Write the figures into the READMEs and the pages on quality."""
    for path in (*(ROOT / page for page in HEADS), *(ROOT / "docs" / p for p in QUALITY_HEADS)):
        path.write_text(fill(path), encoding="utf-8")
        print(f"{path.name}: figures written")
