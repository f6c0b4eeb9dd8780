"""`kg train`: models of the readers, made from data that the user has a licence for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from kg.model import LANGUAGES, Language
from kg.settings import Settings, data_options

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def train() -> None:
    """Train models of the readers on your own annotated data."""


@train.command()
@click.argument("pairs", type=_FILE)
@click.option("--names", "listed", type=_FILE, required=True,
              help="The list to choose from: code and name as TSV, CSV or .xlsx.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True,
              help="Folder for the model.")  # fmt: skip
@click.option("--generic", is_flag=True,
              help="Keep no pair: the model holds weights alone, and may leave the licence's "
              "circle.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def normaliser(pairs: Path, listed: Path, output: Path, *, generic: bool, as_json: bool) -> None:
    """Learn from PAIRS which listed names a clinical text stands for.

    PAIRS is JSON as CHIP-CDN has it, or TSV of a text and its names joined by ##. The pairs are
    kept in the model as known answers, unless --generic is given. Needs scikit-learn:
    pip install 'parallax-kg[train]'.
    """
    from rich.console import Console

    from extractors.grounding.normalising import save_normaliser
    from extractors.grounding.vocabulary import Listed, Vocabulary
    from extractors.training.normaliser import train_normaliser
    from extractors.training.normaliser_data import read_listed, read_pairs

    known = read_pairs(pairs)
    names = list(read_listed(listed))
    if not generic:
        # Names that were given without being listed can be given again.
        names += [Listed(name) for name in sorted({n for pair in known for n in pair.names})]
    vocabulary = Vocabulary.build(names)
    with Console(stderr=True).status("comparing") as status:
        model = train_normaliser(known, vocabulary, with_memory=not generic, report=status.update)
    save_normaliser(output, model, vocabulary, () if generic else known)
    about = {
        "pairs": len(known), "names": len(vocabulary), "threshold": model.threshold,
        "sure": model.sure, "folder": str(output),
    }  # fmt: skip
    _tell(about, as_json=as_json, width=10)


@train.command("try")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def try_normaliser(folder: Path, text: str, *, as_json: bool) -> None:
    """Show the listed names that TEXT stands for by the normaliser in FOLDER, and why."""
    from extractors.grounding.normalising import open_normaliser

    found = open_normaliser(folder).names(text)
    if as_json:
        rows = [{"name": item.name, "chance": item.chance, "reason": item.reason} for item in found]
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for item in found:
            click.echo(f"{item.chance:.2f}  {item.name}  ({item.reason})")


@train.command()
@click.argument("language", type=click.Choice(["en", "zh"]))
@click.option("--corpora", type=_FOLDER, required=True,
              help="Folder with the corpora: english, chinese and parallel below it.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="File for the weights (.npz); else the data directory, where it is read before "
              "the one that comes with Parallax.")  # fmt: skip
@click.option("--without", type=_FILE, multiple=True,
              help="A gold standard whose sentences are left out; may be repeated.")  # fmt: skip
@click.option("--epochs", type=click.IntRange(min=1),
              help="Times that the annotated sentences are read.")  # fmt: skip
@click.option("--version", default="1", show_default=True, help="Version of the model.")
@click.option("--research", is_flag=True,
              help="Learn also from corpora licensed for research only; such weights are not to be "
              "passed on.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_options
def recogniser(
    language: Language, corpora: Path, output: Path | None, without: tuple[Path, ...],
    epochs: int | None, version: str, settings: Settings, *, research: bool, as_json: bool,
) -> None:  # fmt: skip
    """Train the network that recognises mentions in LANGUAGE.

    The lexicon of the data directory, where one was built, takes part beside the starter
    terminology, so that the network is good with both. One core takes about half an hour.
    """
    from rich.console import Console

    from extractors.mentions.compiling import find_lexicon
    from extractors.models.keeping import save_network
    from extractors.models.recognising import trained_file
    from extractors.training.recogniser import Request, train_recogniser

    lexicon = find_lexicon(settings.data) if settings.data.is_dir() else None
    request = Request(corpora, lexicon, without, epochs, version, research)
    console = Console(stderr=True)
    kept = train_recogniser(language, request, console.print)
    output = output or trained_file(settings.data, language)
    digest = save_network(output, kept)
    about = {"model": kept.mark, **kept.notes, "file": str(output),
             "bytes": output.stat().st_size, "sha256": digest}  # fmt: skip
    _tell(about, as_json=as_json, width=10)


@train.command()
@click.option("--corpora", type=_FOLDER, required=True,
              help="Folder with the corpora: parallel below it.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True,
              help="Folder for the table.")  # fmt: skip
@click.option("--without", type=_FILE, multiple=True,
              help="A gold standard whose sentences are left out; may be repeated.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def alignment(corpora: Path, output: Path, without: tuple[Path, ...], *, as_json: bool) -> None:
    """Learn which words belong together in aligned English and Chinese sentences.

    The names of the starter terminology are learnt from as well. One core takes half a minute.
    """
    from rich.console import Console

    from extractors.evaluation.gold import load_gold
    from extractors.mining.excluding import outside, sentences_of
    from extractors.training.alignment import read_parallel, train_table

    excluded = sentences_of(gold for path in without for gold in load_gold(path))
    with Console(stderr=True).status("learning"):
        about = train_table(list(outside(read_parallel(corpora), excluded)), output)
    _tell(about, as_json=as_json, width=18)


@train.command()
@click.argument("language", type=click.Choice(LANGUAGES))
@click.option("--corpora", type=_FOLDER, required=True,
              help="Folder with the corpora: english, chinese and parallel below it.")  # fmt: skip
@click.option("--gold", type=_FILE, required=True,
              help="Gold standard for development: gives the chances their scale; its sentences "
              "are left out.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="File for the weights (.npz).")  # fmt: skip
@click.option("--without", type=_FILE, multiple=True,
              help="A further gold standard to leave out; may be repeated.")  # fmt: skip
@click.option("--restricted", is_flag=True,
              help="Learn from PGxCorpus too (CC BY-NC); do not share the weights.")  # fmt: skip
@click.option(
    "--silver",
    is_flag=True,
    help="Learn too from what the rules of both languages read of parallel text.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def relations(
    language: Language, corpora: Path, gold: Path, output: Path, without: tuple[Path, ...],
    *, restricted: bool, silver: bool, as_json: bool,
) -> None:  # fmt: skip
    """Train the model that finds related mentions in LANGUAGE, beside the rules.

    Needs scikit-learn: pip install 'parallax-kg[train]'. One core takes some minutes.
    """
    from rich.console import Console

    from extractors.models.relation_weights import save_model
    from extractors.training.relations import Request, train_relations

    console = Console(stderr=True)
    request = Request(corpora, gold, without, restricted, silver)
    model, counts = train_relations(language, request, console.print)
    digest = save_model(output, model)
    about = {"model": model.rule, **counts, "file": str(output),
             "bytes": output.stat().st_size, "sha256": digest}  # fmt: skip
    _tell(about, as_json=as_json, width=14)


def _tell(about: Mapping[str, object], *, as_json: bool, width: int) -> None:
    """Print what was trained, as JSON or a line a fact."""
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False))
    else:
        for key, value in about.items():
            click.echo(f"{key:<{width}}{value}")
