"""`kg schema`: the forms that other programs are to write, as JSON Schema."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", type=click.Choice(["llm"]))
def schema(name: str) -> None:
    """Print the JSON Schema of the form called NAME.

    llm is what a language model is to write about one document: mentions and relations by exact
    quotes. kg extract and kg build read it; see docs/readers.md.
    """
    from extractors.readers import llm

    click.echo({"llm": llm.schema}[name](), nl=False)
