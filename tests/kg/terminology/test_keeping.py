"""What was imported is read back as it was, the same rows give the same bytes, and nothing is half."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given as cases
from hypothesis import strategies as st

from kg.errors import InputError, NotFoundError
from kg.model import MENTION_TYPES
from kg.terminology import keeping
from kg.terminology.checking import checked
from kg.terminology.importing import formats
from kg.terminology.importing.formats import Format
from kg.terminology.imports import Request, import_files
from kg.terminology.rows import (
    NAME_LANGUAGES,
    SCOPES,
    DefinitionRow,
    MappingRow,
    NameRow,
    ParentRow,
    Row,
    SkippedRow,
    Source,
)
from kg.terminology.writing import REPEATED
from tests.kg.terminology.reading import given

TODAY = datetime.date(2026, 1, 2)
SOURCE = Source("made-up", "1", "CC0")
CURIES = st.sampled_from(["mesh:D990001", "HP:0000001", "CHEBI:1", "plxc:drug-喘息"])
TEXT = st.text(max_size=30)
ROWS = st.one_of(
    st.builds(
        NameRow, CURIES, TEXT, st.sampled_from(NAME_LANGUAGES), st.sampled_from(SCOPES),
        st.sampled_from([None, *MENTION_TYPES]), st.just(SOURCE),
    ),
    st.builds(
        MappingRow, CURIES, st.sampled_from(["skos:exactMatch", "skos:closeMatch"]), CURIES, st.just(SOURCE)
    ),
    st.builds(ParentRow, CURIES, CURIES, st.sampled_from(["is_a", "part_of"]), st.just(SOURCE)),
    st.builds(DefinitionRow, CURIES, TEXT, st.sampled_from(NAME_LANGUAGES), st.just(SOURCE)),
)  # fmt: skip


class Made:
    """A module that yields given rows, then an error where one is given."""

    def __init__(self, rows: list[Row], error: Exception | None = None) -> None:
        self._rows, self._error = rows, error

    def read(self, path: Path, known: object) -> Iterator[Row]:
        yield from self._rows
        if self._error:
            raise self._error


def import_rows(
    data: Path, rows: list[Row], monkeypatch: pytest.MonkeyPatch, error: Exception | None = None
) -> keeping.KeptSource:
    monkeypatch.setattr(formats, "import_module", lambda name: Made(rows, error))
    file = data / "file"
    data.mkdir(exist_ok=True)
    file.write_text("x", encoding="utf-8")
    request = Request((file,), given(), (Format("made", "made", ""),))
    return import_files(data, request, today=TODAY)


def read_all(kept: keeping.KeptSource) -> list[Row]:
    return [
        *keeping.read_names(kept), *keeping.read_mappings(kept),
        *keeping.read_parents(kept), *keeping.read_definitions(kept),
    ]  # fmt: skip


def name(text: str, curie: str = "mesh:D990001") -> NameRow:
    return NameRow(curie, text, "en", "exact", "Drug", SOURCE)


@cases(st.lists(ROWS, max_size=20))
def test_rows_that_are_written_are_read_back_as_checked(rows: list[Row]) -> None:
    usable = [row for row in map(checked, rows) if not isinstance(row, SkippedRow)]
    extra = name("one that is always there", "mesh:D990002")
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        kept = import_rows(Path(folder), [*rows, extra], patch)
        back = read_all(kept)
    assert set(back) == {*usable, extra}
    assert sum(kept.counts.values()) == len(back)
    assert len(rows) + 1 == len(back) + sum(number for _, number in kept.skipped)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [name("puffol"), ParentRow("mesh:D990001", "mesh:D990002", "is_a", SOURCE)]
    one, other = (import_rows(tmp_path / place, rows, monkeypatch) for place in ("a", "b"))
    assert one.tables == other.tables
    for table in keeping.COLUMNS:
        file = f"{table}.tsv.gz"
        assert (one.folder / file).read_bytes() == (other.folder / file).read_bytes()
    assert (one.folder / "source.json").read_bytes() == (other.folder / "source.json").read_bytes()


def test_what_cannot_be_used_is_counted_by_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[Row] = [
        name("puffol"), name(" puffol\t"), name(""), name("12,5"), name("(+)"), name("a" * 401),
        name("a\x01b"), name("x", "FMA:1"), name("x", "mesh:"), name("x", "mesh:D 1"),
        MappingRow("mesh:D990001", "skos:closeMatch", "mesh:D990001", SOURCE),
        MappingRow("mesh:D990001", "owl:sameAs", "mesh:D990002", SOURCE), SkippedRow("mesh:D990009", "obsolete"),
    ]  # fmt: skip
    kept = import_rows(tmp_path, rows, monkeypatch)
    assert kept.counts == {"names": 1, "mappings": 0, "parents": 0, "definitions": 0}
    assert dict(kept.skipped) == {
        REPEATED: 1, "an empty name": 1, "a name that is only a number": 1,
        "a name without letter or digit": 1, "a name of more than 400 characters": 1,
        "a name with a control character": 1, "unknown prefix FMA": 1,
        "no identifier": 1, "an identifier that mesh does not have": 1, "mapping: to itself": 1,
        "mapping: owl:sameAs is no mapping of SKOS": 1, "obsolete": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "error", [InputError("broken", where="file:9"), KeyboardInterrupt(), OSError(28, "No space")]
)
def test_an_import_that_fails_leaves_what_was_there(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = import_rows(tmp_path, [name("puffol")], monkeypatch)
    with pytest.raises((InputError, KeyboardInterrupt)):
        import_rows(tmp_path, [name("blowol")], monkeypatch, error)  # type: ignore[arg-type]
    assert keeping.read_source(tmp_path, "made-up") == before
    assert [row.text for row in keeping.read_names(before)] == ["puffol"]
    assert [path.name for path in before.folder.parent.iterdir()] == ["made-up"]


def test_a_replacement_that_was_killed_between_its_two_steps_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = import_rows(tmp_path, [name("puffol")], monkeypatch)
    before.folder.rename(before.folder.with_name(".made-up.replaced"))
    assert keeping.list_sources(tmp_path) == (before,)


def test_nothing_of_a_file_that_can_be_used_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="no row of it can be used") as caught:
        import_rows(tmp_path, [name("x", "FMA:1")], monkeypatch)
    assert "1 × unknown prefix FMA" in caught.value.what
    assert keeping.list_sources(tmp_path) == ()


def test_a_source_is_removed_or_was_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_rows(tmp_path, [name("puffol")], monkeypatch)
    keeping.remove_source(tmp_path, "made-up")
    assert keeping.list_sources(tmp_path) == ()
    for act in (keeping.remove_source, keeping.read_source):
        with pytest.raises(NotFoundError, match="no source 'made-up' was imported"):
            act(tmp_path, "made-up")


@pytest.mark.parametrize("bad", ["", "..", "a/b", "Mesh", ".hidden", "a b", "x" * 65])
def test_names_of_sources_are_names_of_folders(bad: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no name of a source"):
        keeping.read_source(tmp_path, bad)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "source.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "source.json").write_text('{"name": "x"}', encoding="utf-8"),
        lambda folder: (folder / "names.tsv.gz").write_bytes(b"\x1f\x8b\x08"),
        lambda folder: (folder / "names.tsv.gz").unlink(),
    ],
    ids=["record cut", "record of another form", "table cut", "table gone"],
)
def test_a_damaged_source_says_where(
    damage: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = import_rows(tmp_path, [name("puffol")], monkeypatch)
    damage(kept.folder)  # type: ignore[operator]
    with pytest.raises(InputError) as caught:
        list(keeping.read_names(keeping.read_source(tmp_path, "made-up")))
    assert str(kept.folder) in caught.value.where
    assert "import" in caught.value.remedy
