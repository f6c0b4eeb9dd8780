"""Errors that a person can act on: what went wrong, where, and the remedy.

The command line prints one line and exits with status 1 (2 for wrong usage, 3 where violations
were found); the web answers with one JSON shape. Each class names the place in ``docs/errors.md``
that explains it.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that Parallax raises on purpose.

    Parameters
    ----------
    what : what went wrong, as a clause without a full stop
    where : file, line, identifier or address at which it went wrong
    remedy : what the reader can do about it

    Examples
    --------
    >>> str(KgError("the file is empty", where="a.xml", remedy="give a file with records"))
    'a.xml: the file is empty; give a file with records'
    """

    page = "errors"

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what)

    def __str__(self) -> str:
        """One line: where, what, remedy."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line}; {self.remedy}" if self.remedy else line
        return " ".join(line.split())


class InputError(KgError):
    """An input file or record cannot be read."""

    page = "errors#input"


class FormatError(KgError):
    """A record does not have the documented form (extraction JSON, TSV, YAML, RDF)."""

    page = "errors#format"


class TermError(KgError):
    """A terminology row or a name in it is wrong or unknown."""

    page = "errors#term"


class CurieError(KgError):
    """A CURIE or IRI has an unknown prefix or a wrong form."""

    page = "errors#curie"


class ReaderError(KgError):
    """A reader from outside is not installed, fails, or gives what is not in the document."""

    page = "errors#reader"


class RuleError(KgError):
    """A reading rule is wrong: unknown key, class or predicate, or an example that fails."""

    page = "errors#rule"


class QueryError(KgError):
    """A SPARQL query or a parameter of one is wrong."""

    page = "errors#query"


class StoreError(KgError):
    """The store cannot be opened, read or written."""

    page = "errors#store"


class DownloadError(KgError):
    """A file cannot be fetched from its address, or is not what was promised."""

    page = "errors#download"


class NotFoundError(KgError):
    """A concept, statement or document that was asked for is not in the graph."""

    page = "errors#not-found"
