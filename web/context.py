"""What every template may use: words, links, painted text and diagrams in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import g, request, url_for
from markupsafe import Markup

from kg.model import LANGUAGES, MENTION_TYPES, Language
from web import wording
from web.figures import Draughtsman
from web.highlight import Stretch, paint, select_longest
from web.i18n import HTML_LANGUAGE, Translator
from web.negotiate import PAGE_SUFFIXES, split_suffix
from web.pages.concept import ConceptPage
from web.pages.document import SentenceView
from web.pages.values import Claim, ConceptRef, Mode, RenditionView

STATIC = Path(__file__).parent / "static"
LINKED_FORMS = ("json", "ttl", "jsonld")


def language() -> Language:
    """The interface language of this request."""
    chosen: Language = g.get("language", "en")
    return chosen


def template_context() -> Mapping[str, Any]:
    """The names that every template may use."""
    lang = language()
    words = Translator.of(lang)
    return {
        "lang": lang,
        "other_language": "zh" if lang == "en" else "en",
        "html_language": HTML_LANGUAGE[lang],
        "languages": LANGUAGES,
        "mention_types": MENTION_TYPES,
        "version": _version(),
        "forms": _forms(),
        "t": words.text,
        "tn": words.count,
        "has_message": words.has,
        "here": here,
        "static_url": static_url,
        "claim_text": wording.claim_text,
        "claim_markup": _claim_markup,
        "question_text": wording.question_text,
        "effect_of": wording.effect_of,
        "quote_markup": quote_markup,
        "sentence_markup": sentence_markup,
        "match_markup": match_markup,
        "diagram": diagram,
        "legend_signs": legend_signs,
    }


@cache
def _version() -> str:
    return version("parallax-kg")


def _forms() -> list[tuple[str, str, str]]:
    if not g.get("has_forms"):
        return []
    return [(n, PAGE_SUFFIXES[n].media_type, here(suffix=n)) for n in LINKED_FORMS]


def here(*, suffix: str | None = None, **changes: str) -> str:
    """The address of this page with some of its parameters changed, or in another form."""
    dropped = {"lang", *changes}
    pairs = [
        (name, value)
        for name, values in request.args.lists()
        if name not in dropped
        for value in values
    ]
    path = split_suffix(request.path)[0]
    if suffix is not None:
        path = f"{'/index' if path == '/' else path}.{suffix}"
    query = urlencode([*pairs, *changes.items()])
    address = request.root_path.rstrip("/") + quote(path, safe="/:@!$&'()*+,;=~-._")
    return f"{address}?{query}" if query else address


@lru_cache(maxsize=32)
def _digest(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static_url(name: str) -> str:
    """The address of a static file, new whenever its contents are."""
    return url_for("static", filename=name, v=_digest(name))


def concept_url(curie: str) -> str:
    """The page of a concept."""
    return url_for("pages.concept", curie=curie)


def statement_url(statement: str) -> str:
    """The page of a statement."""
    return url_for("pages.statement", statement_id=statement)


def _claim_markup(claim: Claim, lang: Language | None = None, mode: Mode | None = None) -> Markup:
    chosen = lang or language()

    def link(ref: ConceptRef) -> Markup:
        return Markup('<a class="concept in-words t-{}" href="{}">{}</a>').format(
            ref.type or "none", concept_url(ref.id), ref.name.best(chosen, ref.id)
        )

    return wording.claim_markup(claim, chosen, link, mode)


def quote_markup(view: RenditionView) -> Markup:
    """A quote with subject, trigger, object and cues marked."""
    words = Translator.of(language())
    return paint(
        view.quote,
        [
            Stretch(m.start, m.end, f"r-{m.role}", {"title": words.text(f"legend.{m.role}")})
            for m in view.marks
        ],
    )


def sentence_markup(sentence: SentenceView) -> Markup:
    """A sentence with its mentions linked to their concepts, and its numbers marked."""
    lang = language()
    words = Translator.of(lang)
    stretches = []
    for mention in sentence.mentions:
        name = mention.concept.name.best(lang, mention.concept.id)
        kind = words.text(f"type.{mention.type}") if words.has(f"type.{mention.type}") else ""
        attributes = {
            "data-id": mention.id,
            "data-aligned": " ".join(mention.aligned),
            "title": f"{kind}: {name}",
        }
        classes = f"mention t-{mention.type}" + (" is-differing" if mention.differs else "")
        stretches.append(
            Stretch(
                mention.start, mention.end, classes, attributes, concept_url(mention.concept.id)
            )
        )
    for number in sentence.numbers:
        attributes = {"data-id": number.id, "data-aligned": " ".join(number.aligned)}
        stretches.append(Stretch(number.start, number.end, "mention quantity", attributes))
    return paint(sentence.text, select_longest(stretches))


def match_markup(text: str, query: str) -> Markup:
    """A text with the places marked where the words of a query stand."""
    words = [word for word in query.casefold().split() if word]
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds to several: no place is certain
        return paint(text, [])
    stretches = [
        Stretch(match.start(), match.end(), "", tag="mark")
        for word in words
        for match in re.finditer(re.escape(word), folded)
    ]
    return paint(text, select_longest(stretches))


def diagram(page: Any) -> Markup:
    """The diagram of a concept page or of a page with paths."""
    drawer = Draughtsman(language(), concept_url, statement_url)
    drawn = (
        drawer.neighbourhood(page) if isinstance(page, ConceptPage) else drawer.routes(page.paths)
    )
    if drawn is None:
        return Markup("")
    return Markup('<div class="diagram-scroll" tabindex="0">{}</div>').format(drawn)


_LINE = '<svg viewBox="0 0 30 10" aria-hidden="true">{}</svg>{}'
_SIGNS: tuple[tuple[str, str], ...] = (
    ("up", '<path class="e-up" d="M0 5H24"/><path class="e-up head" d="M22 1L30 5L22 9z"/>'),
    ("down", '<path class="e-down" d="M0 5H26M27 0V10"/>'),
    ("plain", '<path d="M0 5H29M24 1L29 5L24 9"/>'),
    ("maybe", '<path class="dashes" d="M0 5H30"/>'),
)


def legend_signs() -> Markup:
    """What the arrows of a diagram mean."""
    words: Callable[[str], str] = Translator.of(language()).text
    items = [
        Markup("<span>{}</span>").format(
            Markup(_LINE).format(Markup(drawn), words(f"sign.legend_{name}"))  # noqa: S704
        )
        for name, drawn in _SIGNS
    ]
    return Markup('<span class="signs">{}</span>').format(Markup("").join(items))
