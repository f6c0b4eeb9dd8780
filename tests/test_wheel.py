"""What is installed from a wheel, outside the repository, is the whole of Parallax."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel of this checkout, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "kg.cli", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_the_demo_is_built_and_can_be_asked(installed: Path, tmp_path: Path) -> None:
    demo = run(installed, tmp_path, "demo", "--no-serve")
    assert demo.returncode == 0, demo.stderr
    found = run(installed, tmp_path, "stats", "--json")
    assert found.returncode == 0, found.stderr
    where = run(installed, tmp_path, "--version")
    assert where.stdout.startswith("kg, version")


def test_data_that_the_code_reads_is_in_the_wheel(installed: Path) -> None:
    for pattern in (
        "ontologies/*.ttl", "ontologies/context.jsonld", "ontologies/terms/*.tsv", "queries/examples/*.rq",
        "queries/checks/*.rq", "extractors/rules/en/*.yaml", "extractors/rules/zh/*.yaml",
        "extractors/examples/*.txt", "web/templates/**/*.html", "web/static/*", "web/messages/*.yaml",
    ):  # fmt: skip
        assert list(installed.glob(pattern)), pattern
    assert not list(installed.glob("tests")) + list(installed.glob("benchmarks"))
