"""Names of annotated texts, and what of them a text is told that has them itself."""

from __future__ import annotations

from extractors.models import chinese
from extractors.training.chinese_corpora import Annotated
from extractors.training.names import Taught, teach, unit_of

SENTENCES = (
    Annotated("cmeee:1", "cmeee", "患儿高热。", ((2, 4, "sym"),)),
    Annotated("cmeee:2", "cmeee", "高热三天。", ((0, 2, "sym"),)),
    Annotated("ruijin:train2/7:0", "ruijin", "胰岛素治疗。", ((0, 3, "Drug"),)),
    Annotated("ruijin:train2/7:1", "ruijin", "停用胰岛素。", ()),
)


def taught(*given: Annotated) -> Taught:
    return teach(given, ("cmeee", "ruijin"), "zh", [chinese.tokens(g.text) for g in given])


def test_a_sentence_and_a_document_are_units() -> None:
    assert [unit_of(given) for given in SENTENCES[1:]] == [
        "cmeee:2", "ruijin:train2/7", "ruijin:train2/7",
    ]  # fmt: skip


def test_a_new_text_is_told_of_all_names() -> None:
    known = taught(*SENTENCES).names.known
    assert set(known) == {"高热", "胰岛素"}
    assert [corpus for corpus, _ in known["高热"]] == [0]
    assert [corpus for corpus, _ in known["胰岛素"]] == [1]


def test_a_sentence_is_told_what_the_others_say() -> None:
    both = taught(*SENTENCES)
    once = taught(SENTENCES[0])
    assert both.beside(SENTENCES[1])("高热") == once.names.known["高热"]
    assert once.beside(SENTENCES[0])("高热") == ()


def test_a_document_is_not_told_of_its_own_sentences() -> None:
    all_ = taught(*SENTENCES)
    assert all_.beside(SENTENCES[3])("胰岛素") == ()
    assert all_.beside(SENTENCES[0])("胰岛素") == all_.names.known["胰岛素"]


def test_the_share_of_places_where_a_name_is_marked_tells_senses_apart() -> None:
    unmarked = Annotated("cmeee:3", "cmeee", "无高热，未再高热，退高热药。", ())
    often, seldom = taught(*SENTENCES), taught(*SENTENCES, unmarked)
    assert often.names.known["高热"] != seldom.names.known["高热"]
