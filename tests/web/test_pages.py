"""Every page in both interface languages, read as a browser would."""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.web.conftest import HARD_ID, SCRIPT
from web.i18n import Translator

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = [
    "/",
    "/search",
    "/search?q=FK506",
    "/search?q=他克莫司",
    "/search?q=nothing-like-it",
    "/concept/mesh:D016559",
    "/concept/FPLX:PPP3?all=1",
    "/concept/plxc:protein-突触甲蛋白",
    "/document/pubmed:900001",
    "/document/pubmed:900002",
    f"/document/{HARD_ID}",
    "/path",
    "/path?source=FK506&target=突触足蛋白",
    "/path?source=FK506&target=nowhere-like-it",
    "/path?source=proteinuria&target=tacrolimus",
    "/ask",
    "/ask?q=How+does+tacrolimus+affect+synaptopodin%3F",
    "/ask?q=他克莫司如何影响突触足蛋白？",
    "/ask?q=What+treats+nephrotic+syndrome%3F",
    "/ask?q=blah",
    "/sparql",
    "/sparql?example=drug_neighbours",
    "/sparql?query=SELECT+*+WHERE+{?s+a+plx:Statement;rdfs:label+?l}",
    "/sparql?query=ASK+{}",
    "/sparql?query=DESCRIBE+mesh:D016559",
    "/queries",
    "/about",
    "/export",
    "/vocab",
    "/vocab/treats",
    "/vocab/quote",
    "/vocab/Statement",
]


def get(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status, (path, answer.get_data(as_text=True)[:500])
    assert answer.mimetype == "text/html"
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def with_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert found, selector
    return found[0]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole(client: FlaskClient, path: str, language: str) -> None:
    soup = get(client, with_language(path, language))
    html = one(soup, "html")
    assert html["lang"] == {"en": "en", "zh": "zh-Hans"}[language]
    assert len(soup.select("h1")) == 1
    assert Translator.of(language).text("nav.queries") in one(soup, "nav.sections").get_text()  # type: ignore[arg-type]
    assert "Parallax" in one(soup, "title").get_text()
    text = soup.get_text()
    assert "None" not in text and "Markup(" not in text
    assert not soup.select("main script, main style, [style], [onclick]")


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique_and_images_named(client: FlaskClient, path: str) -> None:
    soup = get(client, path)
    ids = [tag["id"] for tag in soup.select("[id]")]
    doubled = {name for name in ids if ids.count(name) > 1 and not str(name).startswith("end-")}
    evidence = {str(tag["id"]) for tag in soup.select("article.evidence")}
    assert doubled <= evidence
    assert all(tag.get("aria-label") or tag.get("aria-hidden") for tag in soup.select("svg"))
    for field in soup.select("input:not([type=hidden]), textarea, select"):
        assert soup.select(f"label[for='{field['id']}']"), field


def test_the_words_of_a_page_change_with_the_language(client: FlaskClient) -> None:
    english = one(get(client, "/concept/mesh:D016559?lang=en"), "h1").get_text(" ", strip=True)
    chinese = one(get(client, "/concept/mesh:D016559?lang=zh"), "h1").get_text(" ", strip=True)
    assert english == "tacrolimus 他克莫司"
    assert chinese == "他克莫司 tacrolimus"


def test_language_is_kept_in_a_cookie_and_taken_from_the_browser(client: FlaskClient) -> None:
    answer = client.get("/?lang=zh", headers=BROWSER)
    assert "parallax-language=zh" in answer.headers["Set-Cookie"]
    kept = client.get("/", headers=BROWSER | {"Cookie": "parallax-language=zh"})
    assert 'lang="zh-Hans"' in kept.get_data(as_text=True)
    browser = client.get("/", headers=BROWSER | {"Accept-Language": "zh-CN,zh;q=0.9"})
    assert browser.headers["Content-Language"] == "zh-Hans"
    assert {"Accept", "Accept-Language", "Cookie"} <= set(
        map(str.strip, browser.headers["Vary"].split(","))
    )


def test_language_switch_stays_on_the_page(client: FlaskClient) -> None:
    soup = get(client, "/path?source=FK506&target=突触足蛋白&max_hops=3")
    link = one(soup, "nav.languages a[lang=zh]")["href"]
    parts = urlsplit(str(link))
    assert parts.path == "/path" and "source=FK506" in parts.query and "lang=zh" in parts.query
    assert "max_hops=3" in parts.query


def test_concept_page_groups_claims_and_shows_how_sure_they_are(client: FlaskClient) -> None:
    soup = get(client, "/concept/FPLX:PPP3?lang=en")
    heads = [
        re.sub(r"\s*\d+$", "", h.get_text(" ", strip=True)) for h in soup.select("#acted-on-by h3")
    ]
    assert heads == ["Is increased by", "Is decreased by"]
    rows = [row.get_text(" ", strip=True) for row in soup.select("#acted-on-by .claim-row")]
    assert any("tacrolimus" in row and "hypothesis" in row and "expression" in row for row in rows)
    assert any("conflict" in row for row in rows)
    assert one(soup, "svg.diagram")
    assert one(soup, ".identifiers a")["href"] == "https://sorgerlab.github.io/famplex/PPP3"


def test_statement_page_shows_both_sentences_with_their_parts(client: FlaskClient) -> None:
    soup = get(client, "/concept/FPLX:PPP3?lang=en")
    row = next(r for r in soup.select("#acted-on-by .claim-row") if "hypothesis" in r.get_text())
    page = get(client, with_language(str(one(row, "a.more")["href"]), "en"))
    assert "may decrease the expression of" in one(page, "h1").get_text()
    assert "他克莫司可能降低" in one(page, ".claim-other").get_text()
    evidence = one(page, "#hypothesizing .evidence")
    english, chinese = evidence.select("blockquote")
    for quote_, subject, trigger, thing, cue in (
        (english, "Tacrolimus", "inhibition", "calcineurin", "might"),
        (chinese, "他克莫司", "抑制", "钙调神经磷酸酶", "可能"),
    ):
        marks = {role: "".join(t.get_text() for t in quote_.select(f".r-{role}"))
                 for role in ("subject", "trigger", "object", "cue")}  # fmt: skip
        assert marks == {"subject": subject, "trigger": trigger, "object": thing, "cue": cue}
    assert english.get_text().startswith("Tacrolimus might reduce proteinuria")
    assert "en.decreases.test" in evidence.get_text() and "zh.context.test" in evidence.get_text()


def test_denied_evidence_is_shown_as_opposing(client: FlaskClient) -> None:
    soup = get(client, "/concept/mesh:D003404?lang=en")
    link = str(one(soup, ".claim-row a.more")["href"])
    page = get(client, with_language(link, "en"))
    assert "does not affect" in one(page, "h1").get_text()
    assert page.select("#opposing .evidence") and not page.select("#supporting")


def test_document_page_lines_up_sentences_and_links_mentions(client: FlaskClient) -> None:
    soup = get(client, "/document/pubmed:900002?lang=en")
    rows = soup.select(".parallel-row")
    assert len(rows) == 3
    assert "No Chinese counterpart" in rows[1].get_text()
    ids = {str(tag["data-id"]) for tag in soup.select("[data-id]")}
    for mention in soup.select(".mention[data-aligned]"):
        assert set(str(mention["data-aligned"]).split()) <= ids
    english = one(soup, "[data-id='m-en0-0']")
    assert english["href"] == "/concept/FPLX:PPP3"
    assert english["data-aligned"] == "m-zh0-0"
    assert "t-Protein" in english["class"]


def test_document_page_shows_numbers_and_discrepancies(client: FlaskClient) -> None:
    soup = get(client, f"/document/{HARD_ID}?lang=en")
    row = one(soup, "#numbers tbody tr")
    assert [cell.get_text(" ", strip=True) for cell in row.select("td")] == [
        "0.05 mg/kg/day 0.05mg/kg/天", "dose", "0.05 mg/kg/d", "tacrolimus",
    ]  # fmt: skip
    difference = one(soup, "#discrepancies li")
    assert "The terms differ" in difference.get_text() and "突触甲蛋白" in difference.get_text()
    assert len(soup.select(".is-differing")) == 2


def test_document_page_shows_outcome_results(client: FlaskClient) -> None:
    for language, words in (("en", "decreased lowered"), ("zh", "降低 lowered")):
        row = one(get(client, f"/document/{HARD_ID}?lang={language}"), "#results tbody tr")
        cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
        assert cells[1] == words
        assert "0.05 mg/kg/day" in cells[2]
        assert cells[3] == {"en": "control", "zh": "对照组"}[language]
    (result,) = client.get(f"/document/{HARD_ID}.json").get_json()["results"]
    assert (result["direction"], result["significance"]) == ("decreased", "significant")
    assert result["arm"]["concept"]["id"] == "mesh:D016559"


def test_path_page_shows_ranked_chains_with_sentences(client: FlaskClient) -> None:
    soup = get(client, "/path?source=FK506&target=突触足蛋白&lang=en")
    chains = [chain.get_text(" ", strip=True) for chain in soup.select(".path .chain")]
    assert any("calcineurin" in chain for chain in chains)
    assert soup.select(".path .evidence blockquote[class=quote]")
    assert one(soup, "figure svg.diagram").select("a.node")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How does tacrolimus affect synaptopodin?", "en"),
        ("他克莫司如何影响突触足蛋白？", "zh-Hans"),
    ],
)
def test_ask_page_answers_in_the_language_of_the_question(
    client: FlaskClient, question: str, language: str
) -> None:
    soup = get(client, f"/ask?q={quote(question)}&lang=en")
    answer = one(soup, "section.answer")
    assert answer["lang"] == language and len(answer.get_text(strip=True)) > 20
    understood = one(soup, ".understood").get_text()
    assert "tacrolimus" in understood and "synaptopodin" in understood


@pytest.mark.parametrize(
    "path",
    [
        f"/document/{HARD_ID}",
        "/concept/plxc:protein-突触甲蛋白",
        f"/search?q={quote(SCRIPT)}",
        f"/ask?q={quote(SCRIPT)}",
        f"/path?source={quote(SCRIPT)}&target={quote(SCRIPT)}",
        f"/sparql?query={quote('SELECT ?x { VALUES ?x { ' + repr(SCRIPT) + ' } }')}",
        f"/sparql?query={quote(SCRIPT)}",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_markup_in_data_or_request_is_text(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(with_language(path, language), headers=BROWSER)
    assert answer.status_code in (200, 400, 404)
    body = answer.get_data(as_text=True)
    assert SCRIPT not in body
    assert "&lt;script&gt;" in body
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_no_page_leads_to_a_dead_end(client: FlaskClient) -> None:
    """Follow every inner link and form from the start page."""
    seen: dict[str, int] = {}
    anchors: dict[str, set[str]] = {}
    wanted: list[tuple[str, str]] = []
    todo = ["/"]
    while todo:
        path = todo.pop()
        page = urldefrag(path).url
        if page in seen or len(seen) > 400:
            continue
        answer = client.get(page, headers=BROWSER, buffered=True)
        seen[page] = answer.status_code
        if answer.mimetype != "text/html":
            continue
        soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        anchors[page] = {str(tag["id"]) for tag in soup.select("[id]")}
        for tag in soup.select("a[href], link[href], script[src], form[action]"):
            href = str(tag.get("href") or tag.get("src") or tag.get("action"))
            target = urljoin(f"http://localhost{quote(page, safe='/?&=%:#')}", href)
            if urlsplit(target).netloc != "localhost" or "format=" in target or "lang=" in target:
                continue
            inner = target.removeprefix("http://localhost")
            if "#" in inner:
                wanted.append((urldefrag(inner).url, urldefrag(inner).fragment))
            todo.append(inner)
    assert len(seen) > 60
    assert set(seen.values()) == {200}, {p: s for p, s in seen.items() if s != 200}
    missing = [(p, a) for p, a in wanted if a and p in anchors and a not in anchors[p]]
    assert not missing
