"""The pages ``docs/queries.md`` and ``docs/queries.zh.md``, made from the headers of the queries.

Write them anew with ``python -m queries.documentation``; a test tells when they are out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from queries.library import ROOT, load_queries
from queries.query import KINDS, Kind, Query

PAGES = {"en": "queries.md", "zh": "queries.zh.md"}

_KINDS: dict[str, dict[Kind, tuple[str, str]]] = {
    "en": {
        "curie": ("a CURIE, an IRI, or any name of a concept", "an IRI"),
        "text": ("any text", "a string"),
        "integer": ("a whole number", "an integer"),
        "language": ("`en` or `zh`", "a string"),
        "predicate": ("`treats`, `associated_with`, …", "the IRI of the predicate"),
    },
    "zh": {
        "curie": ("CURIE、IRI 或概念的任何名称", "IRI"),
        "text": ("任意文本", "字符串"),
        "integer": ("整数", "整数"),
        "language": ("`en` 或 `zh`", "字符串"),
        "predicate": ("`treats`、`associated_with` 等", "谓词的 IRI"),
    },
}
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Example queries",
        "made": "This page is made from the files in `queries/examples/` "
        "by `python -m queries.documentation`; edit those.",
        "other": "[中文](queries.zh.md)",
        "run": """Run one on the command line; concepts are named by CURIE or in words:

```sh
kg queries                                     # the list
kg query doses_of_drug -p drug=tacrolimus      # a table
kg query doses_of_drug -p drug=他克莫司 --format csv
kg query doses_of_drug -p drug=FK506 --show    # the SPARQL, to take elsewhere
kg query my.rq -p name=value                   # a file of your own
```

They are plain SPARQL 1.1 and run on every server. All prefixes are those of
`ontologies/context.jsonld`. A document has a named graph of its own, concepts and merged
statements have one each ([architecture](architecture.md)); the queries ask the union of all.""",
        "write": """## Write one

Put a file into `queries/examples/`; its header lines document it in both languages:

```sparql
#+ title: Doses of a drug
#+ title@zh: 一种药物的剂量
#+ description: One sentence or two; a line that begins with `#+` and
#+   two more spaces continues it.
#+ description@zh: 一两句说明。
#+ parameters: drug: curie, limit: integer = 20
#+ example: drug=mesh:D016559
#+ tags: drug, dose
SELECT … WHERE { … ?drug … } ORDER BY …
```

There are no PREFIX lines. A parameter is a variable of the query that is neither selected nor set;
its value takes its place as one RDF term and is never pasted as text. A SELECT orders its rows by
enough columns to tell any two of them apart. Then run `python -m queries.documentation` and
`python -m tests.queries.golden_answers`, and read the answer that the example gives.

| kind | value | becomes |
|---|---|---|""",
        "all": "All queries",
        "parameter": "| parameter | kind | default |\n|---|---|---|",
    },
    "zh": {
        "title": "示例查询",
        "made": "本页由 `python -m queries.documentation` 根据 `queries/examples/` "
        "中的文件生成；请修改那些文件。",
        "other": "[English](queries.md)",
        "run": """在命令行运行；概念可用 CURIE，也可用任一语言中的任何名称：

```sh
kg queries --lang zh                           # 列表
kg query doses_of_drug -p drug=他克莫司        # 表格
kg query doses_of_drug -p drug=tacrolimus --format csv
kg query doses_of_drug -p drug=FK506 --show    # 显示 SPARQL，可用于别处
kg query my.rq -p name=value                   # 自己的文件
```

这些查询都是标准的 SPARQL 1.1，可在任何服务器上运行；前缀均见 `ontologies/context.jsonld`。
每篇文献有自己的命名图，概念与合并后的论断各有一个命名图（见[架构](architecture.md)）；
查询针对所有图的并集。""",
        "write": """## 编写查询

在 `queries/examples/` 中新建文件，文件头即双语文档：

```sparql
#+ title: Doses of a drug
#+ title@zh: 一种药物的剂量
#+ description: One sentence or two; a line that begins with `#+` and
#+   two more spaces continues it.
#+ description@zh: 一两句说明。
#+ parameters: drug: curie, limit: integer = 20
#+ example: drug=mesh:D016559
#+ tags: drug, dose
SELECT … WHERE { … ?drug … } ORDER BY …
```

不写 PREFIX 行。参数是查询中既不返回也不赋值的变量，其值作为一个 RDF 项代入，从不作为文本拼接。
SELECT 的 ORDER BY 须足以区分任意两行。随后运行 `python -m queries.documentation` 与
`python -m tests.queries.golden_answers`，并核对示例的答案。

| 类型 | 值 | 代入为 |
|---|---|---|""",
        "all": "全部查询",
        "parameter": "| 参数 | 类型 | 默认值 |\n|---|---|---|",
    },
}


def write_pages(folder: Path) -> None:
    """Write both pages into a folder."""
    for language, name in PAGES.items():
        (folder / name).write_text(make_page(language), encoding="utf-8")


def make_page(language: str) -> str:
    """The page in one language, as Markdown."""
    return "\n".join(_page(language)).rstrip() + "\n"


def _page(language: str) -> Iterator[str]:
    words = _WORDS[language]
    yield f"# {words['title']}\n\n{words['other']}\n\n{words['made']}\n\n{words['run']}\n"
    yield words["write"]
    for kind in KINDS:
        value, becomes = _KINDS[language][kind]
        yield f"| `{kind}` | {value} | {becomes} |"
    yield f"\n## {words['all']}\n"
    queries = load_queries()
    for query in queries:
        yield f"- [{query.title_in(language)}](#{query.name})"
    for query in queries:
        yield from _section(query, language, words["parameter"])


def _section(query: Query, language: str, header: str) -> Iterator[str]:
    yield f'\n<a id="{query.name}"></a>\n\n### {query.title_in(language)}\n'
    yield f"{query.description_in(language)}\n"
    if query.parameters:
        yield header
        for parameter in query.parameters:
            default = f"`{parameter.default}`" if parameter.default is not None else ""
            yield f"| `{parameter.name}` | `{parameter.kind}` | {default} |"
        yield ""
    given = "".join(f" -p {name}={value}" for name, value in query.example)
    yield f"```sh\nkg query {query.name}{given}\n```\n\n```sparql\n{query.sparql}\n```"


def main() -> None:
    """Write the pages of this repository."""
    write_pages(ROOT.parent / "docs")


if __name__ == "__main__":
    main()
