"""Screenshots of every page: both languages, wide and narrow, light and dark.

Usage: ``python docs/screenshots.py ADDRESS FOLDER [NAME…]`` with a running ``kg serve``; needs
playwright and a Chromium (``CHROMIUM``, default ``/usr/bin/chromium``). The pages are found through
the JSON interface, so any graph will do. With names, only those pages are taken. The name
``readme`` takes the pictures of the README from the graph of ``kg demo``:
``python docs/screenshots.py ADDRESS docs/images readme``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
QUERY = "SELECT * { ?s a plx:Statement ; rdfs:label ?label ; plx:belief ?belief } LIMIT 8"
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}


# Name → path, language and height of a picture.
README = {
    "path-en": ("/path?source=metformin&target=mTORC1", "en", 1000),
    "path-zh": ("/path?source=二甲双胍&target=mTORC1", "zh", 1000),
    "document-en": ("/document/doi:10.1016/j.molcel.2008.03.003", "en", 760),
}


def find_pages(address: str) -> dict[str, str]:
    """Name → path of one page of each kind, taken from what the start page shows."""
    home = _json(f"{address}index.json")
    pair = home["questions"][0] if home["questions"] else None
    concept = home["concepts"][0]["id"]
    found = {
        "home": "/",
        "search": "/search?" + urlencode({"q": home["concepts"][0]["name"]["en"] or concept}),
        "concept": f"/concept/{quote(concept, safe=':')}",
        "ask-empty": "/ask",
        "path-empty": "/path",
        "sparql": "/sparql?example=" + home["queries"][0]["name"],
        "results": "/sparql?" + urlencode({"query": QUERY}),
        "queries": "/queries",
        "about": "/about",
        "export": "/export",
        "vocabulary": "/vocab",
        "term": "/vocab/decreases",
        "error": "/concept/mesh:NONE",
    }  # fmt: skip
    if home["featured"]:
        found["statement"] = f"/statement/{home['featured']['claim']['id']}"
        found["document"] = "/document/" + quote(home["featured"]["evidence"]["document"]["id"])
    if pair:
        ends = {"source": pair["source"]["id"], "target": pair["target"]["id"]}
        found["path"] = "/path?" + urlencode(ends)
        names = [pair[end]["name"]["en"] or pair[end]["id"] for end in ("source", "target")]
        found["ask"] = "/ask?" + urlencode({"q": f"How does {names[0]} affect {names[1]}?"})
    return found


def take(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> int:
    """Take all pictures; how many there are."""
    count = 0
    for scheme in ("light", "dark"):
        for size, (width, height) in SIZES.items():
            for language in ("en", "zh"):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                    locale="zh-CN" if language == "zh" else "en-GB",
                )
                page = context.new_page()
                for name, path in pages.items():
                    page.goto(address.rstrip("/") + path)
                    page.screenshot(
                        path=folder / f"{name}-{language}-{size}-{scheme}.png", full_page=True
                    )
                    count += 1
                context.close()
    return count


def take_readme(browser: Browser, address: str, folder: Path) -> int:
    """Take the pictures of the README; how many there are."""
    for name, (path, language, height) in README.items():
        page = browser.new_page(viewport={"width": 1280, "height": height}, color_scheme="light")
        page.goto(f"{address.rstrip('/')}{path}{'&' if '?' in path else '?'}lang={language}")
        page.screenshot(path=folder / f"{name}.png")
        page.close()
    return len(README)


def _json(url: str) -> Any:
    with urlopen(url) as answer:  # noqa: S310 - the address that the user gave
        return json.load(answer)


def main(arguments: list[str]) -> None:
    """Take the pictures that the command line asks for."""
    address, folder, *names = arguments
    readme = names == ["readme"]
    pages = {} if readme else find_pages(address)
    chosen = {name: path for name, path in pages.items() if not names or name in names}
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        count = take(browser, address, chosen, target) if chosen else 0
        count += take_readme(browser, address, target) if readme else 0
        browser.close()
    sys.stdout.write(f"{count} pictures in {target}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
