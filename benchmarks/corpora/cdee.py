"""Findings of Chinese clinical texts with what CHIP-CDEE says of each: affirmed, denied, unsure.

One half of the texts, told by a hash of the text, was read while rules were written.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.table import shared

STATUSES = {"": "affirmed", "否定": "denied", "不确定": "unsure"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a text; its name and description need not stand there as they are."""

    text: str
    name: str
    described: tuple[str, ...]
    places: tuple[str, ...]
    status: str
    read: bool


def read_findings() -> Iterator[Finding]:
    """The findings of the train part, one for each text."""
    text = shared("corpora", "chinese", "chip-cdee", "CHIP-CDEE_train-r.json").read_text("utf-8")
    decoder = json.JSONDecoder()
    at = 0
    while at < len(text):
        item, at = decoder.raw_decode(text, at)
        while at < len(text) and text[at].isspace():
            at += 1
        event = item["event"]
        digest = hashlib.sha256(item["text"].encode()).digest()
        yield Finding(
            item["text"],
            event["core_name"],
            tuple(ast.literal_eval(event["character"])),
            tuple(ast.literal_eval(event["anatomy_list"])),
            STATUSES[event["tendency"].strip()],
            digest[0] % 2 == 0,
        )
