"""``kg explain`` and ``kg ask``: mechanism paths and questions in either language."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import click

from kg.commands import printing
from kg.commands.circumstances import read_names, within_options
from kg.commands.opening import json_option, language_for, language_option, open_graph
from kg.errors import NotFoundError
from kg.settings import Settings, settings_options


@click.command()
@click.argument("source")
@click.argument("target")
@click.option("--max-hops", type=click.IntRange(1, 8), default=None,
              help="Most steps of a path (default: 4; 6 or 8 where none is so short).")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True,
              help="Most paths.")  # fmt: skip
@click.option("--asserted", is_flag=True, help="Leave out hypotheses.")
@click.option("--stated", is_flag=True, help="Leave out what is inferred and not stated.")
@within_options
@language_option
@json_option
@settings_options
def explain(
    source: str,
    target: str,
    *,
    max_hops: int | None,
    limit: int,
    asserted: bool,
    stated: bool,
    within: dict[str, Any],
    language: str | None,
    as_json: bool,
    settings: Settings,
) -> None:
    """Explain how SOURCE reaches TARGET: ranked paths, each step with its sentences.

    Concepts are named by CURIE or by any name in either language.
    """
    from kg.answers.words import Words
    from kg.network.encoding import counter_to_json, path_to_json
    from kg.network.links import read_linked, read_links
    from kg.network.paths import DEPTHS, find_counter_evidence, find_paths
    from kg.network.values import Path

    with open_graph(settings) as graph:
        found = graph.resolve(source), graph.resolve(target)
        start, end = (resolution.concept.id for resolution in found)
        wanted = read_names(within, graph)
        paths: tuple[Path, ...] = ()
        for hops in (max_hops,) if max_hops else DEPTHS:
            paths = paths or find_paths(
                graph.store, start, end, max_hops=hops, limit=limit,
                include_hypotheses=not asserted, include_derived=not stated, within=wanted,
            )  # fmt: skip
        counter = () if paths else find_counter_evidence(graph.store, start, end)
        shown = language_for(language, source, target)
        words = Words(shown, graph.labels(shown))
        walked = dict.fromkeys(hop.claim for path in paths for hop in path.hops)
        links = {claim: read_links(graph.store, claim.id) for claim in walked}
        if as_json:
            answer = {
                "source": start,
                "target": end,
                "paths": [path_to_json(path, words.label) for path in paths],
                "links": {
                    claim.id: dataclasses.asdict(found) for claim, found in links.items() if found
                },
                "counter": [counter_to_json(item) for item in counter],
            }
            click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for resolution in found:
            if resolution.passed_over:
                click.echo(words.attested(resolution), err=True)
        printing.print_paths(paths, words)
        printing.print_links(links, read_linked(graph.store, links.values()), words)
        if not paths:
            click.echo(
                words.say("unknown_pair", subject=words.label(start), object=words.label(end))
            )
            printing.print_counter(counter, words, printing.console())


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=3, show_default=True,
              help="Most paths.")  # fmt: skip
@language_option
@json_option
@settings_options
def ask(
    question: tuple[str, ...],
    *,
    limit: int,
    language: str | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """Ask a QUESTION in English or Chinese.

    \b
    kg ask "How does tacrolimus affect synaptopodin?"
    kg ask 什么可以治疗肾病综合征？
    """  # noqa: D301
    from kg.answers.answering import answer
    from kg.answers.encoding import answer_to_json
    from kg.answers.words import Words

    with open_graph(settings) as graph:
        found = answer(
            " ".join(question), graph.store, graph.search, language=language, limit=limit
        )
        words = Words(found.language, graph.labels(found.language))
        if as_json:
            click.echo(json.dumps(answer_to_json(found, words.label), ensure_ascii=False, indent=1))
        elif found.verdict == "not-understood":
            raise NotFoundError(found.sentence, where="ask")
        else:
            click.echo(found.sentence)
            for note in found.notes:
                click.echo(f"({note})")
            click.echo()

            printing.print_paths(found.paths, words)
            out = printing.console()
            for hop in found.claims:
                printing.print_hop(hop, words, out)
            if not found.paths:
                printing.print_counter(found.counter, words, out)
            for dose in found.doses:
                click.echo(f"   {dose.text}: {dose.sentence} [{dose.document}]")
                if dose.counterpart:
                    click.echo(f"      {dose.counterpart}")
    return 0 if found.verdict != "not-understood" else 1
