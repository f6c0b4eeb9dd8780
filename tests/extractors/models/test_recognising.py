"""What a network sees in sentences, with a network that is told what to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from extractors.mentions.finding import find_mentions, find_seen
from extractors.mentions.learned import Joining, join, load_joining, read_joining
from extractors.mentions.lexicon import load_lexicon
from extractors.mentions.phrases import Found
from extractors.models import english
from extractors.models.features import TYPES
from extractors.models.keeping import Kept
from extractors.models.network import Network
from extractors.models.recognising import Reading, Recognised, Recogniser, load_recogniser
from extractors.models.shape import Shape
from extractors.nlp.sentences import split_sentences
from extractors.training.english_corpora import Annotated
from extractors.training.examples import example_of
from extractors.training.tagging import Schedule, train_tagger
from kg.errors import FormatError
from kg.model import LANGUAGES, MENTION_TYPES, Document, Language, Passage

MARK = "model:test@1"
EVEN: dict[str, float] = dict.fromkeys(MENTION_TYPES, 0.5)
NEVER: dict[str, float] = dict.fromkeys(MENTION_TYPES, 2)
JOINING = Joining(
    adds=EVEN, widens=EVEN, retypes=EVEN, keeps=dict.fromkeys(MENTION_TYPES, 0.1), settles=NEVER
)


def reading(text: str, *seen: tuple[str, str, float], elsewhere: float = 0.0) -> Reading:
    places = english.tokens(text)
    inside = np.full((len(places), len(TYPES)), elsewhere, np.float32)
    found = []
    for words, kind, score in seen:
        start = text.index(words)
        found.append(Recognised(start, start + len(words), kind, score))
        for at, (first, end) in enumerate(places):
            if start <= first and end <= start + len(words):
                inside[at, TYPES.index(kind)] = score
    return Reading(tuple(found), places, inside, TYPES)


def guess(text: str, words: str, kind: str, method: str = "pattern") -> Found:
    start = text.index(words)
    return Found(start, start + len(words), kind, method, 0.6)  # type: ignore[arg-type]


def joined(text: str, found: Sequence[Found], seen: Reading) -> list[tuple[str, str, str]]:
    items = sorted(join(found, seen, MARK, JOINING), key=lambda item: item.start)
    return [(text[item.start : item.end], item.type, item.method) for item in items]


TEXT = "Zorvatinib eased severe chronic itch in adults."


def test_what_the_rules_have_no_word_for_is_added() -> None:
    seen = reading(TEXT, ("Zorvatinib", "Drug", 0.9))
    assert joined(TEXT, [], seen) == [("Zorvatinib", "Drug", MARK)]


def test_what_is_unlikely_is_not_added() -> None:
    assert joined(TEXT, [], reading(TEXT, ("Zorvatinib", "Drug", 0.4))) == []


def test_a_mention_of_the_rules_is_widened() -> None:
    seen = reading(TEXT, ("chronic itch", "Outcome", 0.9))
    assert joined(TEXT, [guess(TEXT, "itch", "Outcome", "lexicon")], seen) == [
        ("chronic itch", "Outcome", "lexicon")
    ]


def test_a_listed_name_keeps_its_type() -> None:
    seen = reading(TEXT, ("itch", "Disease", 0.99))
    named = guess(TEXT, "itch", "Outcome", "lexicon")
    assert joined(TEXT, [named], seen) == [("itch", "Outcome", "lexicon")]


def test_a_guess_takes_the_type_that_the_network_is_sure_of() -> None:
    seen = reading(TEXT, ("itch", "Disease", 0.99))
    assert joined(TEXT, [guess(TEXT, "itch", "Outcome")], seen) == [("itch", "Disease", MARK)]


def test_a_guess_of_which_nothing_is_seen_is_dropped() -> None:
    assert joined(TEXT, [guess(TEXT, "adults", "Disease")], reading(TEXT)) == []
    faint = reading(TEXT, elsewhere=0.2)
    assert joined(TEXT, [guess(TEXT, "adults", "Disease")], faint) == [
        ("adults", "Disease", "pattern")
    ]


def test_a_longer_mention_of_the_rules_stays() -> None:
    seen = reading(TEXT, ("itch", "Outcome", 0.9))
    kept = guess(TEXT, "severe chronic itch", "Outcome")
    assert joined(TEXT, [kept], seen) == [("severe chronic itch", "Outcome", "pattern")]


@pytest.mark.parametrize(("seen", "score", "wanted"), [
    ("Drogamil acid", 0.6, ("Drogamil acid", "Drug")),
    ("Drogamil acid", 0.4, ("acid lowers", "Outcome")),
    ("acid lowers", 0.9, ("acid lowers", "Drug")),
    ("lowers fibrosis", 0.9, ("lowers fibrosis", "Drug")),
])  # fmt: skip
def test_the_surest_stand_in_place_of_what_they_overlap(
    seen: str, score: float, wanted: tuple[str, str]
) -> None:
    text = "Drogamil acid lowers fibrosis."
    start = text.index("acid lowers")
    named = Found(start, start + len("acid lowers"), "Outcome", "lexicon", 1.0)
    settling = replace(JOINING, settles=EVEN)
    (found,) = join([named], reading(text, (seen, "Drug", score)), MARK, settling)
    assert (text[found.start : found.end], found.type) == wanted


def test_the_figures_are_checked() -> None:
    assert all(load_joining(language).adds["Drug"] <= 1 for language in LANGUAGES)
    with pytest.raises(FormatError, match="adds"):
        read_joining({})
    table = {name: {"any": 0.5} for name in ("adds", "widens", "retypes", "keeps", "settles")}
    assert read_joining(table).keeps["Cell"] == 0.5
    with pytest.raises(FormatError, match="Drugg"):
        read_joining(table | {"adds": {"any": 0.5, "Drugg": 0.1}})
    with pytest.raises(FormatError, match="Drug"):
        read_joining(table | {"adds": {"any": 0.5, "Drug": "often"}})


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    """A network that learned from a few sentences that what eases something is a drug."""
    network = Network(Shape(english.GROUPS, TYPES, ("one",), width=24))
    examples = []
    for drug in ("Abrocitin", "Belumab", "Corvatinib", "Dexifen", "Evatol", "Fenorumab"):
        texts = {
            f"{drug} eased itch in adults.": ((0, len(drug), "Drug"),),
            "In adults it was safe.": (),
        }
        for text, spans in texts.items():
            given = Annotated("1", "one", text, spans, frozenset(["Drug"]))
            example = example_of(given, "en", [load_lexicon()], ("one",))
            assert example is not None
            examples.append(example)
    train_tagger(network, examples, Schedule(epochs=40, tokens=30, warm_up=5, rate=0.01))
    return Recogniser(Kept("test", "1", network, "one"), "en")


def test_texts_are_read_together_as_alone(recogniser: Recogniser) -> None:
    texts = ["Zorvatinib eased itch in adults.", "", "   ", "In adults."]
    together = recogniser.read(texts, [()] * 4)
    alone = [recogniser.read([text], [()])[0] for text in texts]
    assert [one.found for one in together[:3]] == [one.found for one in alone[:3]]
    assert [(s.start, s.end, s.type) for s in together[0].found] == [(0, 10, "Drug")]
    assert together[1].found == ()
    assert together[1].chance(0, 0) == 0.0


def test_a_chance_is_that_of_the_likeliest_token(recogniser: Recogniser) -> None:
    (read,) = recogniser.read([TEXT], [()])
    assert read.chance(0, 10, "Drug") > 0.5 > read.chance(40, 46, "Drug")
    assert read.chance(0, len(TEXT)) >= read.chance(0, 10, "Drug")


def test_the_network_takes_part_in_its_own_language_alone(recogniser: Recogniser) -> None:
    document = Document("d", (
        Passage("p1", "en", "Zelquest eased itch. In adults it was safe: zelquest."),
        Passage("p2", "zh", "Zelquest缓解瘙痒。"),
    ))  # fmt: skip
    readers: dict[Language, Recogniser] = {"en": recogniser}
    sentences = split_sentences(document)
    without = find_mentions(document, sentences, load_lexicon())
    found = find_mentions(document, sentences, load_lexicon(), readers)
    added = [mention for mention in found if mention.method == "model:test@1"]
    assert [(m.passage, m.text, m.type) for m in added] == [("p1", "Zelquest", "Drug")]
    assert [mention.text for mention in found if mention.method == "propagated"] == ["zelquest"]
    assert not any("elquest" in m.text for m in without if m.passage == "p1")


def test_what_a_network_sees_alone_holds_for_the_whole_document(recogniser: Recogniser) -> None:
    text = "Zelquest eased itch in adults. In adults it was safe: zelquest."
    document = Document("d", (Passage("p1", "en", text),))
    sentences = split_sentences(document)
    seen = find_seen(document, sentences, load_lexicon(), recogniser, types=["Drug"])
    assert {(text[start:end], kind) for _, start, end, kind in seen} == {
        ("Zelquest", "Drug"), ("zelquest", "Drug"),
    }  # fmt: skip
    assert not find_seen(document, sentences, load_lexicon(), recogniser, types=["Cell"])


def test_a_language_without_weights_has_no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.models.recognising.FILE", "absent.npz")
    assert load_recogniser.__wrapped__("en") is None
