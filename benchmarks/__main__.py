"""Run all benchmarks, or those named: ``python -m benchmarks [NAME …]``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import benchmarks
from benchmarks.table import MissingData

MACHINERY = ("__main__", "table", "terminologies", "figures")


def names() -> list[str]:
    """The benchmarks that can be run: the modules of this package, without its own machinery."""
    return sorted(
        module.name
        for module in pkgutil.iter_modules([str(Path(str(benchmarks.__file__)).parent)])
        if not module.ispkg and module.name not in MACHINERY
    )


def main(wanted: list[str]) -> int:
    """Run the benchmarks in order; a missing corpus is said and is not an error."""
    unknown = set(wanted) - {*names(), "figures"}
    if unknown:
        print(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}")
        return 2
    for name in wanted or names():
        try:
            importlib.import_module(f"benchmarks.{name}").main()
        except MissingData as missing:
            print(f"{name}: skipped, {missing}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
