"""Text from bytes: UTF-8, UTF-16 and UTF-32 by their marks, GB18030 only where it gives Chinese."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from kg.errors import InputError

_MARKS: Sequence[tuple[bytes, str]] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of files that people mistake for text, and what to do about them.
_BINARY: Sequence[tuple[bytes, str, str]] = (
    (b"%PDF", "a PDF", "save its text, or take the abstract from PubMed"),
    (b"PK\x03\x04", "a ZIP archive or office document", "unpack it or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as plain text"),
    (b"BZh", "compressed with bzip2", "decompress it, or use gzip"),
    (b"\xfd7zXZ", "compressed with xz", "decompress it, or use gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "decompress it, or use gzip"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CHINESE_SIGNS = frozenset(
    "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～％　－．／＋＝＜＞×÷±℃≥≤≠αβγδκλμωΔ"
)
CONTROL_SHARE = 0.02


def marked(data: bytes) -> str | None:
    r"""The encoding that a byte-order mark announces, or None.

    >>> marked(b"\xff\xfea\x00"), marked(b"a")
    ('utf-16', None)
    """
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def binary_problem(head: bytes) -> tuple[str, str] | None:
    """What kind of binary file this is and the remedy, or None for text."""
    for magic, kind, remedy in _BINARY:
        if head.startswith(magic):
            return f"this is {kind}, not text", remedy
    if marked(head) or _wide(head):
        return None
    if len(_CONTROL.findall(head)) > CONTROL_SHARE * len(head):
        return "this is a binary file, not text", "give text, PubMed XML, JSON Lines or BioC"
    return None


def decode(data: bytes) -> str:
    """The text of some bytes.

    UTF-8 unless a byte-order mark or regular zero bytes say otherwise; what is not UTF-8 is tried
    as GB18030, and taken only where the result is everyday Chinese.

    Raises
    ------
    InputError
        where none of these gives text.
    """
    name = marked(data) or _wide(data) or "utf-8"
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            text = ""
        if name == "utf-8" and plausible_chinese(text):
            return text
        raise InputError(
            f"wrong encoding: not {name.upper().removesuffix('-SIG')} text (byte {error.start})",
            remedy="convert it to UTF-8, for instance with iconv",
        ) from error


def plausible_chinese(text: str) -> bool:
    """Whether nearly all signs beyond ASCII are everyday Han characters and Chinese punctuation.

    Bytes of another encoding read as GB18030 give rare characters; everyday ones are those of
    the GB 2312 standard.

    >>> plausible_chinese("他克莫司有效。"), plausible_chinese("caf茅 枚")
    (True, False)
    """
    foreign = _FOREIGN.findall(text)
    han = sum(1 for sign in foreign if "\u4e00" <= sign <= "\u9fff" and _everyday(sign))
    signs = sum(1 for sign in foreign if sign in _CHINESE_SIGNS)
    return han >= max(4, signs) and han + signs >= 0.95 * len(foreign)


def unfit(text: str) -> str | None:
    r"""The first character that no text may hold (NUL, control, lone surrogate), by name, or None.

    >>> unfit("a\x00b"), unfit("a\ud800"), unfit("a\tb")
    ('U+0000', 'U+D800', None)
    """
    found = _UNFIT.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def _everyday(sign: str) -> bool:
    try:
        return bool(sign.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of Western text is zero."""
    head = data[:4096]
    half = len(head) // 2
    if half < 2:
        return None
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        others = head[0::2] if name == "utf-16-le" else head[1::2]
        if zeros.count(0) > 0.6 * half and others.count(0) < 0.05 * half:
            return name
    return None
