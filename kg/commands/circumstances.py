"""Options that keep to evidence from a species, cells, a disease or a setting."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from kg.qualifiers import SETTINGS

if TYPE_CHECKING:
    from kg.commands.opening import Graph
    from kg.network.values import Within

_CONCEPTS = ("species", "cell", "disease")
_HELP = {
    "species": "Only evidence from a species, such as rat or 大鼠.",
    "cell": "Only evidence from a kind of cell, tissue or organ.",
    "disease": "Only evidence from people or animals with a disease.",
}


def within_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with ``--species``, ``--cell``, ``--disease`` and ``--setting``.

    It gets `within`, a mapping from their names to what was given, for `read_names`.
    """

    @wraps(command)
    def run(**given: Any) -> Any:
        within = {name: given.pop(name) for name in (*_CONCEPTS, "setting")}
        return command(within=within, **given)

    setting = click.option("--setting", type=click.Choice(SETTINGS), default=None,
                           help="Only evidence from a setting.")  # fmt: skip
    options = [
        click.option(f"--{name}", default=None, metavar="NAME", help=_HELP[name])
        for name in _CONCEPTS
    ]
    decorated: Callable[..., Any] = run
    for option in (setting, *reversed(options)):
        decorated = option(decorated)
    return decorated


def read_names(within: dict[str, Any], graph: Graph) -> Within:
    """The circumstances that the options name; concepts by CURIE or by any name.

    Raises
    ------
    NotFoundError
        where the graph has no such concept.
    """
    from kg.network.values import Within

    concepts = {
        name: graph.resolve(within[name]).concept.id for name in _CONCEPTS if within[name]
    }  # fmt: skip
    return Within(**concepts, setting=within["setting"])
