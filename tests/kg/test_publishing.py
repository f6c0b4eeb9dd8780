"""Publishing: a search index that fits the snapshot, by whichever way the graph was changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import kg.search.opening
from kg.loading import load_extractions, remove_documents
from kg.publishing import publish, writing
from kg.search.index import read_revision
from kg.search.opening import index_path, open_search
from kg.settings import Settings
from kg.store.base import Store
from kg.store.opening import open_store
from kg.store.snapshots import current_snapshot, mark_of
from tests.golden import golden_extractions, golden_terminology

FIRST, *_, LAST = golden_extractions()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A published graph of one document, with its search index."""
    settings = Settings(data=tmp_path / "data")
    with writing(settings) as store:
        put(store, 0)
        publish(store, settings)
    look(settings)
    return settings


def put(store: Store, *numbers: int) -> list[str]:
    chosen = [(FIRST, LAST)[number] for number in numbers]
    load_extractions(store, chosen, terminology=golden_terminology())
    return [extraction.document.id for extraction in chosen]


def look(settings: Settings) -> set[str]:
    """The documents that the search index of the published graph knows."""
    with open_store(settings, read_only=True) as store, closing(open_search(settings, store)):
        pass
    with closing(sqlite3.connect(index_path(settings))) as database:
        return {row[0] for row in database.execute("SELECT DISTINCT document FROM texts")}


def marks(settings: Settings) -> tuple[str | None, str]:
    shown = current_snapshot(settings)
    assert shown is not None
    return read_revision(index_path(settings)), mark_of(shown)


@pytest.fixture
def nothing_built(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the whole index was built")

    monkeypatch.setattr(kg.search.opening, "build_index", refuse)


@pytest.mark.usefixtures("nothing_built")
def test_the_index_follows_each_change_without_being_built_anew(settings: Settings) -> None:
    with writing(settings) as store:
        publish(store, settings, changed=put(store, 1))
    assert look(settings) == {FIRST.document.id, LAST.document.id}
    with writing(settings) as store:
        remove_documents(store, [LAST.document.id], terminology=golden_terminology())
        publish(store, settings, removed=[LAST.document.id])
    assert look(settings) == {FIRST.document.id}
    assert len(set(marks(settings))) == 1


@pytest.mark.usefixtures("nothing_built")
def test_a_reader_of_an_old_snapshot_neither_builds_nor_relabels_the_index(
    settings: Settings,
) -> None:
    with open_store(settings, read_only=True) as old:
        with writing(settings) as store:
            publish(store, settings, changed=put(store, 1))
        open_search(settings, old).close()
    assert len(set(marks(settings))) == 1


def test_an_index_built_from_an_old_snapshot_bears_its_mark(settings: Settings) -> None:
    index_path(settings).unlink()
    with open_store(settings, read_only=True) as old:
        with writing(settings) as store:
            publish(store, settings, changed=put(store, 1))
        open_search(settings, old).close()
    made, shown = marks(settings)
    assert made != shown
    assert look(settings) == {FIRST.document.id, LAST.document.id}


def test_what_a_stopped_run_has_written_is_published_by_the_next(settings: Settings) -> None:
    with pytest.raises(KeyboardInterrupt), writing(settings) as store:
        put(store, 1)
        raise KeyboardInterrupt
    assert look(settings) == {FIRST.document.id}
    with writing(settings):
        pass
    assert look(settings) == {FIRST.document.id, LAST.document.id}


def test_an_index_is_built_anew_after_more_than_documents_changed(settings: Settings) -> None:
    before, _ = marks(settings)
    with writing(settings) as store:
        publish(store, settings, other=True)
    assert marks(settings)[0] == before
    look(settings)
    assert len(set(marks(settings))) == 1
