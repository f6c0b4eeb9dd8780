"""``kg search`` and ``kg show``: what the graph has under a name."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import click

from kg.commands import printing
from kg.commands.circumstances import read_names, within_options
from kg.commands.opening import json_option, language_for, language_option, open_graph
from kg.settings import Settings, settings_options


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(["concept", "sentence", "document"]),
    help="What to find (default: concepts and sentences); may be repeated.",
)  # fmt: skip
@click.option("--type", "concept_type", default=None, help="Only concepts of a type, such as Drug.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True,
              help="Most results of each kind.")  # fmt: skip
@language_option
@json_option
@settings_options
def search(
    text: tuple[str, ...],
    *,
    kinds: tuple[Any, ...],
    concept_type: str | None,
    limit: int,
    language: str | None,
    as_json: bool,
    settings: Settings,
) -> None:
    """Find concepts, sentences and documents by words in either language, or pinyin."""
    words = " ".join(text)
    with open_graph(settings) as graph:
        hits = graph.search.find(
            words, kinds=kinds or ("concept", "sentence"), limit=limit, type=concept_type
        )
    if as_json:
        found = [dataclasses.asdict(hit) | {"labels": dict(hit.labels)} for hit in hits]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    shown = language_for(language, words)
    rows = [
        (hit.kind, hit.type, hit.id, hit.label_in(shown), hit.text, hit.match, str(hit.evidence))
        for hit in hits
        if hit.kind == "concept"
    ]
    if rows:
        names = ("", "type", "concept", "label", "name found", "by", "documents")
        printing.print_table(names[1:], [row[1:] for row in rows])
    texts = [(hit.language, hit.text, hit.document) for hit in hits if hit.kind != "concept"]
    if texts:
        printing.print_table(("", "text", "document"), texts)
    if not hits:
        from kg.search.resolving import find_near_names

        with open_graph(settings) as graph:
            near = find_near_names(graph.search, words)
        hint = f" (did you mean {', '.join(near)}?)" if near else ""
        click.echo(f"nothing found for {words}{hint}", err=True)


@click.command()
@click.argument("concept")
@within_options
@language_option
@json_option
@settings_options
def show(
    concept: str,
    *,
    within: dict[str, Any],
    language: str | None,
    as_json: bool,
    settings: Settings,
) -> None:
    """Show a CONCEPT (a CURIE or any name): its names and every claim about it."""
    from kg.answers.words import Words
    from kg.network.graph import open_network
    from kg.network.links import read_linked, read_links
    from kg.network.reading import read_within
    from kg.questions import read_rows, text_of

    with open_graph(settings) as graph:
        found = graph.resolve(concept).concept
        network = open_network(graph.store)
        about = network.claims(subject=found.id), network.claims(object=found.id)
        wanted = read_names(within, graph)
        if wanted:
            kept, _ = read_within(graph.store, wanted)
            one, other = (tuple(c for c in claims if c.id in kept) for claims in about)
            about = one, other
        names = [
            (text_of(row, "language"), text_of(row, "role"), text_of(row, "name"))
            for row in read_rows(
                graph.store, "names_of_concept", folder="examples", concept=found.id
            )
        ]
        words = Words(
            language_for(language, concept), graph.labels(language_for(language, concept))
        )
        every = dict.fromkeys((*about[0], *about[1]))
        links = {claim.id: read_links(graph.store, claim.id) for claim in every}
        if as_json:
            shown = {
                "concept": found.id,
                "type": found.type,
                "labels": dict(found.labels),
                "names": [dict(zip(("language", "role", "name"), n, strict=True)) for n in names],
                "claims": [
                    dataclasses.asdict(claim)
                    | {"label": words.claim(claim), "links": dataclasses.asdict(links[claim.id])}
                    for claim in every
                ],
            }
            click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
            return
        labels = " · ".join(label for _, label in found.labels)
        click.echo(f"{labels or found.text}  ({found.id}, {found.type})")
        others = dict.fromkeys(
            name for _, _, name in names if name not in dict(found.labels).values()
        )
        if others:
            click.echo(f"also: {', '.join(others)}")
        for claims in about:
            if claims:
                click.echo()
                printing.print_claims(claims, words)
        linked = read_linked(graph.store, links.values())
        printing.print_links({claim: links[claim.id] for claim in every}, linked, words)
        if wanted and not any(about):
            click.echo(words.say("no_such_evidence"))
