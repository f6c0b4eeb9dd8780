"""The house keeps its floors: imports run down, heavy libraries have rooms, files stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {"ontologies": 1, "queries": 1, "kg": 2, "extractors": 3, "web": 4}

# Which rooms may open the door to which heavy library (paths without suffix, or folders).
ROOMS = {
    "pyoxigraph": ("kg/terms", "kg/store/", "kg/export/", "kg/terminology/importing/rdf_syntax"),
    "networkx": ("kg/network",),
    "rdflib": ("kg/validation",),
    "pyshacl": ("kg/validation",),
    "sklearn": ("extractors/training/",),
    "spacy": ("extractors/nlp", "extractors/external/spacy_pipelines"),
    "thinc": ("extractors/models/network", "extractors/training/tagging"),
    "jieba": ("extractors/nlp",),
    "flask": ("web/",),
    "werkzeug": ("web/",),
    "waitress": ("web/",),
    "marisa_trie": (
        "kg/terminology/",
        "extractors/mentions/keys",
        "extractors/mentions/pinyin",
        "extractors/composition/",
    ),
}
LONGEST = 450
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def modules() -> Iterator[Path]:
    for package in FLOORS:
        yield from sorted((ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """Dotted names of the modules that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                here = name_of(path).split(".")
                package = here if path.name == "__init__.py" else here[:-1]
                kept = package[: len(package) - node.level + 1]
                base = ".".join([*kept, base] if base else kept)
            modules = {
                f"{base}.{alias.name}"
                for alias in node.names
                if (ROOT / base.replace(".", "/") / f"{alias.name}.py").exists()
                or (ROOT / base.replace(".", "/") / alias.name / "__init__.py").exists()
            }
            found |= modules
            if len(modules) < len(node.names):
                found.add(base)
    return found


def test_there_are_modules_on_every_floor() -> None:
    assert {name_of(path).split(".")[0] for path in modules()} == set(FLOORS)


@pytest.mark.parametrize("package", FLOORS)
def test_imports_run_down(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for name in imports_of(path)
        if (other := name.split(".")[0]) in FLOORS
        and other != package
        and FLOORS[other] >= FLOORS[package]
    ]
    assert not wrong


def test_no_module_imports_its_own_package() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if path.name != "__init__.py"
        for name in imports_of(path)
        if name == name_of(path).rpartition(".")[0]
    ]
    assert not wrong


def test_imports_make_no_circle() -> None:
    names = {name_of(path): path for path in modules()}
    graph = {
        name: {other for other in imports_of(path) if other in names and other != name}
        for name, path in names.items()
        if path.name != "__init__.py"
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, "circle: " + " → ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for other in sorted(graph.get(name, ())):
                visit(other, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize("library", ROOMS)
def test_heavy_libraries_stay_in_their_rooms(library: str) -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in modules()
        if any(name.split(".")[0] == library for name in imports_of(path))
        and not str(path.relative_to(ROOT)).startswith(ROOMS[library])
    ]
    assert not wrong


def test_files_are_small_and_named_by_their_step() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long
    assert not [path for path in modules() if path.stem in FORBIDDEN_NAMES]


@pytest.mark.parametrize("package", FLOORS)
def test_importing_is_silent_and_light(package: str) -> None:
    heavy = ("spacy", "jieba", "networkx", "rdflib", "flask", "pyshacl", "lxml")
    code = (
        f"import sys, {package}; loaded = [m for m in {heavy!r} if m in sys.modules]; "
        "print(loaded) if loaded else None"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_help_of_the_command_is_light() -> None:
    heavy = ("numpy", "spacy", "jieba", "networkx", "rdflib", "flask", "pyoxigraph", "lxml", "rich")
    program = (
        f"import sys, kg.cli; kg.cli.main(['--help']); "
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
