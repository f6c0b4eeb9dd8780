"""``kg document``: what the graph has of one document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.commands import printing
from kg.commands.opening import json_option, language_for, language_option, open_graph
from kg.errors import NotFoundError
from kg.settings import Settings, settings_options

if TYPE_CHECKING:
    from kg.answers.words import Words
    from kg.network.values import Claim, Support
    from kg.store.base import Store

    Told = tuple[tuple[Claim, Support], ...]


@click.command()
@click.argument("identifier", metavar="ID")
@language_option
@json_option
@settings_options
def document(identifier: str, *, language: str | None, as_json: bool, settings: Settings) -> None:
    """Show a document, such as pubmed:22456094: its study designs, and each claim with its context.

    A claim that the document denies or only supposes is shown as such.
    """
    from kg.answers.words import Words

    with open_graph(settings) as graph:
        facts = _facts(graph.store, identifier)
        told = _claims(graph.store, identifier)
        notices = _notices(graph.store, identifier)
        titles = facts.get("title", [])
        words = Words(
            language_for(language, *titles[:1]), graph.labels(language_for(language, *titles[:1]))
        )
        if as_json:
            found = _encode(identifier, facts, told, words) | {"notices": notices}
            click.echo(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for title in titles or [identifier]:
            click.echo(title)
        for notice in notices:
            click.echo(_notice(notice, words))
        place = ", ".join((*facts.get("source", []), *facts.get("issued", [])))
        click.echo(f"{identifier}{f'  {place}' if place else ''}")
        designs = [words.of("designs", design) for design in facts.get("studyDesign", [])]
        if designs:
            click.echo(f"{words.of('marks', 'designs')}: {words.say('join').join(designs)}")
        click.echo()
        names = [words.of("marks", name) for name in ("claim", "context", "section")]
        rows = [
            (
                words.claim(claim, status=_status(support)), words.under(support.context),
                words.of("section", support.section or ""),
            )
            for claim, support in told
        ]  # fmt: skip
        printing.print_table(names, rows)


def _facts(store: Store, identifier: str) -> dict[str, list[str]]:
    """What is known of a document, by the local names of properties."""
    from kg.questions import read_rows, text_of

    facts: dict[str, list[str]] = {}
    for row in read_rows(store, "document_facts", identifier=identifier):
        name = text_of(row, "property").replace("#", "/").rpartition("/")[2]
        facts.setdefault(name, []).append(text_of(row, "value"))
    if not facts:
        raise NotFoundError(
            "no such document in the graph", where=identifier,
            remedy="look with: kg search --kind document WORDS",
        )  # fmt: skip
    return facts


def _notices(store: Store, identifier: str) -> list[dict[str, str]]:
    """The notices that concern a document, each by what is known of it."""
    from kg.io import encode
    from kg.notices.reading import notices_about

    found = (encode(notice) for notice in notices_about(store, identifier))
    return [{name: value for name, value in one.items() if value} for one in found]


def _notice(notice: dict[str, str], words: Words) -> str:
    """A notice in a line: what it is, when it came, why, and where it stands."""
    told = [notice[name] for name in ("date", "reason", "citation", "by") if name in notice]
    kind = words.of("notices", notice["kind"])
    return "  ".join(("!", kind, *told))


def _claims(store: Store, identifier: str) -> Told:
    """The claims of a document with its own evidence, in the order of the text."""
    from kg.network.reading import read_claim, read_evidence
    from kg.questions import read_rows, text_of
    from kg.vocab import statement_of

    rows = read_rows(store, "document_statements", identifier=identifier)
    found = [
        (read_claim(store, statement), support)
        for statement in (statement_of(text_of(row, "statement")) for row in rows)
        for support in read_evidence(store, statement)
        if support.document == identifier
    ]
    return tuple(sorted(found, key=_place))


def _place(told: tuple[Claim, Support]) -> tuple[int, str, str]:
    sentence = told[1].quotes[0].sentence
    return len(sentence), sentence, told[0].id  # s10 stands behind s9


def _status(support: Support) -> str:
    if not support.is_counted:
        return "retracted"
    if support.certainty == "hypothesis":
        return "hypothesized"
    return "asserted" if support.polarity == "positive" else "denied"


def _encode(
    identifier: str, facts: dict[str, list[str]], told: Told, words: Words
) -> dict[str, object]:
    from kg.network.encoding import claim_to_json, support_to_json

    return {
        "id": identifier,
        "titles": facts.get("title", []),
        "year": next(iter(facts.get("issued", [])), None),
        "journal": next(iter(facts.get("source", [])), None),
        "standing": next(iter(facts.get("standing", [])), None),
        "designs": facts.get("studyDesign", []),
        "claims": [
            {
                "claim": claim_to_json(claim),
                "label": words.claim(claim, status=_status(support)),
                "evidence": support_to_json(support),
            }
            for claim, support in told
        ],
    }
