"""Which language a text is in, told by its script, and where a text changes language."""

from __future__ import annotations

import re

from kg.model import Language

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u1100-\u11ff]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:[-'’][A-Za-z\u00c0-\u024f]+)*")
_OTHER_WORD = re.compile(r"[\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff]+")
_SENTENCE_END = re.compile(r"(?<=[。！？])\s*|(?<=[.!?])\s+|(?<=[.!?])(?=[【\u4e00-\u9fff])")
HAN_SHARE = 0.3
FEWEST_WORDS = 5  # Latin words or Han characters by which a sentence shows its language


def language_of(text: str) -> Language | None:
    """`zh` where Han characters are at least 3 in 10 of characters and Latin words, else `en`.

    Latin names are ordinary inside Chinese, and a few Han characters inside English. None for
    other scripts (Japanese, Korean, Cyrillic, Arabic, …) and for text without any word.

    >>> language_of("PAN 刺激后 F-actin 被破坏")
    'zh'
    >>> language_of("Huangqi (黄芪) helped nearly all of the patients")
    'en'
    >>> language_of("ネフローゼ症候群の患者"), language_of("12; 3.4")
    (None, None)
    """
    han = len(_HAN.findall(text))
    kana = len(_KANA_HANGUL.findall(text))
    latin = len(_LATIN_WORD.findall(text))
    other = len(_OTHER_WORD.findall(text))
    if kana > 0.1 * (han + kana + latin) or other > han + latin or not han + latin:
        return None
    return "zh" if han >= HAN_SHARE * (han + latin) else "en"


def language_blocks(text: str) -> list[tuple[Language | None, str]]:
    """The text in stretches of one language each, cut only between sentences.

    A sentence with fewer than five words of its own stays with what it stands in.

    >>> language_blocks("Sirolimus lowered the serum creatinine. 西罗莫司降低了血清肌酐。")
    [('en', 'Sirolimus lowered the serum creatinine.'), ('zh', '西罗莫司降低了血清肌酐。')]
    """
    if not (_HAN.search(text) and _LATIN_WORD.search(text)):
        return [(language_of(text), text)]
    starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text) if 0 < m.end() < len(text))]
    pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    blocks: list[tuple[Language | None, str]] = []
    for piece in pieces:
        language = _clear_language(piece)
        if blocks and (language is None or blocks[-1][0] in (None, language)):
            known = blocks[-1][0] or language
            blocks[-1] = (known, blocks[-1][1] + piece)
        else:
            blocks.append((language, piece))
    if len(blocks) == 1:
        return [(language_of(text), text)]
    return [(language or language_of(block), block.strip()) for language, block in blocks]


def _clear_language(piece: str) -> Language | None:
    language = language_of(piece)
    words = _HAN if language == "zh" else _LATIN_WORD
    return language if len(words.findall(piece)) >= FEWEST_WORDS else None
