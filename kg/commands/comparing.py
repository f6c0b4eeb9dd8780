"""`kg diff`: what changed between two graphs, as triples and as statements."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.comparing import StatementChange

_WORDS = {
    "en": {"new": "new", "gone": "gone", "changed": "changed"},
    "zh": {"new": "新增", "gone": "消失", "changed": "改变"},
}
_NAMES = {
    "en": {"status": "status", "belief": "belief", "supporting": "supporting documents",
           "opposing": "opposing documents", "hypothesizing": "supposing documents",
           "retracted": "retracted documents", "cross_lingual": "languages"},
    "zh": {"status": "状态", "belief": "可信度", "supporting": "支持文献数",
           "opposing": "反对文献数", "hypothesizing": "推测文献数", "retracted": "撤稿文献数",
           "cross_lingual": "双语关系"},
}  # fmt: skip
_BEFORE = {"statements": "change\tstatement\tclaim\twhat\n", "triples": "", "patch": "TX .\n"}
_AFTER = {"statements": "", "triples": "", "patch": "TC .\n"}
_PATH = click.Path(exists=True, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("before", type=_PATH, metavar="A")
@click.argument("after", type=_PATH, metavar="B")
@click.option("--as", "form", type=click.Choice(["statements", "triples", "patch"]),
              default="statements", show_default=True,
              help="Statements in words, or triples with + or - (TSV), or RDF Patch.")  # fmt: skip
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en",
              show_default=True, help="Language of the statements.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Statements as JSON Lines.")
@click.option("--removed", type=_FILE, help="N-Quads file for what only A has.")
@click.option("--added", type=_FILE, help="N-Quads file for what only B has.")
@click.option("-o", "--output", type=_FILE, help="File to write.")
def diff(
    before: Path, after: Path, form: str, language: str, removed: Path | None, added: Path | None,
    output: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Show what changed from graph A to graph B.

    Each is a data directory, a backup, a snapshot, or an RDF file without blank nodes (.nq, .nt,
    .ttl, …; .gz). Both are sorted in temporary files, so that large graphs need little memory.
    """
    from kg.comparing import StatementChanges, merged
    from kg.store.sorting import sorted_lines

    changes = StatementChanges()
    counts = {"-": 0, "+": 0}
    with ExitStack() as stack:
        out: IO[str] = sys.stdout
        if output is not None:
            out = stack.enter_context(output.open("w", encoding="utf-8", newline="\n"))
        files = {
            sign: stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
            for sign, path in (("-", removed), ("+", added))
            if path is not None
        }
        out.write(_BEFORE[form] if not as_json else "")
        for sign, line in merged(sorted_lines(before), sorted_lines(after)):
            if form == "statements":
                changes.add(sign, line)
            if sign != "=":
                counts[sign] += 1
                out.write(_written(form, sign, line))
                if sign in files:
                    files[sign].write(line)
        changes.finish()
        out.writelines(_json(one) if as_json else _row(one, language) for one in changes.found)
        out.write(_AFTER[form])
    told = [f"{counts['-']:,} triples only in A, {counts['+']:,} only in B"]
    if form == "statements":
        found = [item.change for item in changes.found]
        told += [f"{found.count(kind)} {kind}" for kind in ("new", "gone", "changed")]
    click.echo("; ".join((told[0], f"statements: {', '.join(told[1:])}" if told[1:] else ""))
               .removesuffix("; "), err=True)  # fmt: skip


def _written(form: str, sign: str, line: str) -> str:
    """A line that only one graph has, as the form writes it; statements are written later."""
    if form == "patch":
        return f"{'A' if sign == '+' else 'D'} {line}"
    return f"{sign}\t{line}" if form == "triples" else ""


def _row(item: StatementChange, language: str) -> str:
    label = item.labels.get(language) or next(iter(item.labels.values()), "")
    names = _NAMES[language]
    told = [
        f"{names[name]} {old or '—'} → {new or '—'}" if item.change == "changed"
        else f"{names[name]} {old or new}"
        for name, (old, new) in item.changed.items()
    ]  # fmt: skip
    cells = (_WORDS[language][item.change], item.id, label, "; ".join(told))
    return "\t".join(cell.replace("\t", " ") for cell in cells) + "\n"


def _json(item: StatementChange) -> str:
    record = {
        "change": item.change, "statement": item.id, "labels": item.labels,
        "before": item.before, "after": item.after,
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False) + "\n"
