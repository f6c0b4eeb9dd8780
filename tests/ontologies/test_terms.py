"""The term files hold what their loader promises, and the loader says what is wrong with others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from ontologies import (
    TERM_TYPES,
    TermFileError,
    TermRow,
    context,
    load_mappings,
    load_terms,
    ontology_path,
    prefixes,
    shapes_path,
)
from ontologies.files import data_path

HEADER = "curie\ttext\tlang\tscope\tsource\n"
TACROLIMUS = (
    "mesh:D016559\ttacrolimus\ten\tlabel\tparallax\n"
    "mesh:D016559\t他克莫司\tzh\tlabel\tparallax\n"
)  # fmt: skip


def folder_with(folder: Path, text: str, name: str = "drug.tsv") -> Path:
    (folder / name).write_bytes(text.encode("utf-8"))
    return folder


# The rows that follow a sound tacrolimus, and what the message must contain.
FAULTS = {
    "unknown prefix": (
        "msh:D1\tx\ten\tlabel\tparallax",
        ":4: unknown prefix in 'msh:D1'; use a prefix of",
    ),
    "no prefix": ("D016559\tx\ten\tlabel\tparallax", "unknown prefix in 'D016559'"),
    "prefix in another case": ("MESH:D016559\tx\ten\tlabel\tparallax", "spelled as there"),
    "not an identifier": (
        "mesh:16559\tx\ten\tlabel\tparallax",
        "'mesh:16559' is not an identifier of mesh",
    ),
    "unknown scope": (
        "mesh:D016559\tFK506\tmul\tsynonym\tparallax",
        "unknown scope 'synonym'; use one of label",
    ),
    "unknown language": (
        "mesh:D016559\tFK506\tfr\texact\tparallax",
        "unknown language 'fr'; use one of en",
    ),
    "empty text": ("mesh:D016559\t\ten\texact\tparallax", ":4: empty text; write a name or delete"),
    "space at the end": (
        "mesh:D016559\tFK506 \tmul\texact\tparallax",
        "surplus white space in 'FK506 '",
    ),
    "ideographic space": (
        "mesh:D016559\t\u3000普乐可复\tzh\texact\tparallax",
        "surplus white space",
    ),
    "two spaces": ("mesh:D016559\tFK  506\tmul\texact\tparallax", "single spaces inside"),
    "line separator": ("mesh:D016559\tFK\u2028506\tmul\texact\tparallax", "surplus white space"),
    "Chinese called English": (
        "mesh:D016559\t普乐可复\ten\texact\tparallax",
        "does not look like 'en'",
    ),
    "English called Chinese": (
        "mesh:D016559\tPrograf\tzh\texact\tparallax",
        "does not look like 'zh'",
    ),
    "no source": ("mesh:D016559\tFK506\tmul\texact\t", "bad source ''"),
    "four columns": ("mesh:D016559\tFK506\tmul\texact", ":4: 4 columns; a row has 5"),
    "blank line": ("", ":4: 1 columns"),
    "name twice": (
        "mesh:D016559\tTACROLIMUS\tmul\texact\tparallax",
        "has the name 'TACROLIMUS' twice",
    ),
    "two English labels": ("mesh:D016559\tFK506\ten\tlabel\tparallax", "has the labels en, zh, en"),
    "no Chinese label": (
        "mesh:D1234567\tx\ten\tlabel\tparallax",
        "mesh:D1234567 has the labels en; begin with",
    ),
    "Chinese label first": (
        "mesh:D1234567\t甲\tzh\tlabel\tparallax\nmesh:D1234567\tx\ten\tlabel\tparallax",
        "has the labels zh, en",
    ),
    "synonym before the labels": (
        "mesh:D1234567\tz\ten\texact\tparallax\nmesh:D1234567\tx\ten\tlabel\tparallax\n"
        "mesh:D1234567\t甲\tzh\tlabel\tparallax",
        ":4: mesh:D1234567 has the labels en, zh; begin with",
    ),
    "concept in two places": (
        "mesh:D1234567\tx\ten\tlabel\tparallax\nmesh:D1234567\t甲\tzh\tlabel\tparallax\n"
        "mesh:D016559\tFK506\tmul\texact\tparallax",
        ":6: mesh:D016559 stands in two places",
    ),
    "label of two concepts": (
        "mesh:D1234567\tTacrolimus\ten\tlabel\tparallax\nmesh:D1234567\t甲\tzh\tlabel\tparallax",
        ":4: label 'Tacrolimus' is also that of mesh:D016559 (drug.tsv:2)",
    ),
}


@pytest.mark.parametrize(("rows", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_is_named_with_file_line_and_remedy(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(TermFileError) as caught:
        load_terms(folder_with(tmp_path, HEADER + TACROLIMUS + rows + "\n"))
    assert str(caught.value).startswith("drug.tsv:")
    assert message in str(caught.value)
    assert caught.value.remedy


def test_sound_rows_are_read_also_with_windows_line_ends(tmp_path: Path) -> None:
    text = (HEADER + TACROLIMUS).replace("\n", "\r\n")
    assert load_terms(folder_with(tmp_path, "\ufeff" + text)) == (
        TermRow("mesh:D016559", "tacrolimus", "en", "label", "parallax", "Drug"),
        TermRow("mesh:D016559", "他克莫司", "zh", "label", "parallax", "Drug"),
    )


def test_an_abbreviation_may_stand_in_two_cases(tmp_path: Path) -> None:
    names = "mesh:D016559\tTAC\tmul\tabbreviation\tx\nmesh:D016559\tTac\tmul\tabbreviation\tx\n"
    rows = load_terms(folder_with(tmp_path, HEADER + TACROLIMUS + names))
    assert [row.text for row in rows][2:] == ["TAC", "Tac"]


def test_header_encoding_and_file_names_are_checked(tmp_path: Path) -> None:
    with pytest.raises(TermFileError, match=r"drug.tsv:1: wrong or missing header"):
        load_terms(folder_with(tmp_path, TACROLIMUS))
    (tmp_path / "drug.tsv").write_bytes((HEADER + TACROLIMUS).encode("gb18030"))
    with pytest.raises(TermFileError, match=r"drug.tsv: not UTF-8 at byte 84; save the file"):
        load_terms(tmp_path)
    folder_with(tmp_path, HEADER + TACROLIMUS)
    with pytest.raises(TermFileError, match=r"drugs.tsv: a term file must be named after a type"):
        load_terms(folder_with(tmp_path, HEADER, "drugs.tsv"))


def test_a_concept_has_one_type(tmp_path: Path) -> None:
    folder_with(tmp_path, HEADER + TACROLIMUS)
    folder_with(tmp_path, HEADER + TACROLIMUS, "protein.tsv")
    with pytest.raises(TermFileError, match=r"protein.tsv: mesh:D016559 is also a Drug"):
        load_terms(tmp_path)


def test_seed_concepts_have_their_names_in_both_languages() -> None:
    names: dict[str, set[str]] = {}
    for row in load_terms():
        names.setdefault(row.curie, set()).add(row.text)
    assert {"tacrolimus", "FK506", "他克莫司", "普乐可复"} <= names["mesh:D016559"]
    assert {"calcineurin", "钙调磷酸酶", "钙调神经磷酸酶"} <= names["FPLX:PPP3"]
    assert {"synaptopodin", "突触足蛋白"} <= names["HGNC:30672"]
    assert "突触蛋白" not in names["HGNC:30672"]
    assert {"synapsin", "突触蛋白"} <= names["mesh:D016704"]


def test_every_row_is_ours_and_every_type_is_known() -> None:
    rows = load_terms()
    assert {row.source for row in rows} == {"parallax"}
    assert {row.type for row in rows} <= set(TERM_TYPES)


def test_a_name_is_exact_for_one_concept_of_a_type_only() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for row in load_terms():
        if row.scope in {"label", "exact"}:
            owners.setdefault((row.type, row.text.casefold()), set()).add(row.curie)
    assert {name: curies for name, curies in owners.items() if len(curies) > 1} == {}


def test_prefixes_are_those_of_the_context_and_every_iri_is_one() -> None:
    entries = context()["@context"]
    assert set(prefixes()) == {name for name in entries if not name.startswith("@")}
    assert Counter(prefixes().values()).most_common(1)[0][1] == 1
    for name, entry in entries.items():
        # JSON-LD 1.1: a prefix whose IRI does not end in a delimiter must be declared as one.
        if isinstance(entry, str):
            assert entry[-1] in ":/?#[]@", name
    assert prefixes()["plxc"] == "https://w3id.org/parallax/concept/"
    assert prefixes()["mesh"] == "http://id.nlm.nih.gov/mesh/"


def test_paths_are_in_the_package() -> None:
    assert ontology_path().name == "parallax.ttl"
    assert shapes_path().parent == ontology_path().parent


SSSOM = (
    "# license: https://www.apache.org/licenses/LICENSE-2.0\n"
    "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
)
MAPPING_FAULTS = {
    "prefix": (
        "mesh:D1\ta\tskos:exactMatch\tchebi:1\ta\tsemapv:LexicalMatching",
        "unknown prefix in 'chebi:1'",
    ),
    "itself": (
        "mesh:D1\ta\tskos:exactMatch\tmesh:D1\ta\tsemapv:LexicalMatching",
        "mapped to itself",
    ),
    "predicate": (
        "mesh:D1\ta\towl:sameAs\tCHEBI:1\ta\tsemapv:LexicalMatching",
        "unknown predicate 'owl:sameAs'",
    ),
    "justification": (
        "mesh:D1\ta\tskos:exactMatch\tCHEBI:1\ta\tguess",
        "unknown justification 'guess'",
    ),
    "label": (
        "mesh:D1\t\tskos:exactMatch\tCHEBI:1\ta\tsemapv:LexicalMatching",
        "a label is missing",
    ),
    "columns": ("mesh:D1\ta", "2 columns"),
}


@pytest.mark.parametrize(("row", "message"), MAPPING_FAULTS.values(), ids=MAPPING_FAULTS.keys())
def test_mapping_fault_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "mappings.sssom.tsv"
    path.write_text(SSSOM + row + "\n", encoding="utf-8")
    with pytest.raises(TermFileError, match=r"^mappings\.sssom\.tsv:3: ") as caught:
        load_mappings(path)
    assert message in str(caught.value)


def test_mapping_twice_is_refused(tmp_path: Path) -> None:
    row = "mesh:D1\ta\tskos:exactMatch\tCHEBI:1\ta\tsemapv:LexicalMatching\n"
    path = tmp_path / "mappings.sssom.tsv"
    path.write_text(SSSOM + row + row, encoding="utf-8")
    with pytest.raises(TermFileError, match=r":4: this pair stands twice"):
        load_mappings(path)


def test_mappings_start_at_our_concepts_under_their_label() -> None:
    labels = {
        row.curie: row.text for row in load_terms() if (row.lang, row.scope) == ("en", "label")
    }
    for mapping in load_mappings():
        assert labels[mapping.subject_id] == mapping.subject_label


# Names that two types share on purpose: in another case, or a substance and its level.
SHARED_NAMES = {
    "ccl4",  # carbon tetrachloride, chemokine CCL4
    "egfr",  # epidermal growth factor receptor, estimated glomerular filtration rate
    "sex hormones", "性激素",  # the substances, their level
    "neutralizing antibody", "中和抗体",  # the antibodies, their titre
}  # fmt: skip


def test_a_name_is_exact_in_one_type_only() -> None:
    types: dict[str, set[str]] = {}
    for row in load_terms():
        if row.scope in {"label", "exact"}:
            types.setdefault(row.text.casefold(), set()).add(row.type)
    shared = {name: found for name, found in types.items() if len(found) > 1}
    assert {name: found for name, found in shared.items() if name not in SHARED_NAMES} == {}


def test_the_mapping_table_declares_its_prefixes_as_the_context_does() -> None:
    lines = data_path("mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line[2:] for line in lines if line.startswith("# ")))
    used = {
        curie.partition(":")[0]
        for mapping in load_mappings()
        for curie in (mapping.subject_id, mapping.object_id, mapping.predicate_id)
    }
    assert used | {"semapv"} == set(header["curie_map"])
    assert header["curie_map"].items() <= prefixes().items()
    assert header["license"]
