"""Puts what the benchmarks printed into the README, each table into its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from measure import RESULTS

README = Path(__file__).with_name("README.md")
_PLACE = "<!-- {name} -->\n{text}\n<!-- end of {name} -->"


def keep(name: str, text: str) -> None:
    """Keep what a benchmark printed."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.txt").write_text(text.strip() + "\n", encoding="utf-8")


def filled(document: str, texts: Mapping[str, str]) -> str:
    """A document with these texts in their places; other places stay as they are.

    Raises:
        LookupError: A text has no place.
    """
    for name, text in texts.items():
        start, end = (re.escape(f"<!-- {mark}{name} -->") for mark in ("", "end of "))
        whole = re.compile(f"{start}\n.*?{end}", re.DOTALL)
        if not whole.search(document):
            raise LookupError(f"no place for {name}: {_PLACE.format(name=name, text='…')}")
        put = _PLACE.format(name=name, text=text.strip())
        document = whole.sub(lambda found, put=put: put, document)  # type: ignore[misc]  # noqa: ARG005
    return document


def main() -> None:
    """Fill in all that was kept, or what is named."""
    names = sys.argv[1:] or [file.stem for file in sorted(RESULTS.glob("*.txt"))]
    texts = {name: (RESULTS / f"{name}.txt").read_text(encoding="utf-8") for name in names}
    README.write_text(filled(README.read_text(encoding="utf-8"), texts), encoding="utf-8")
    print(f"{README.name}: {', '.join(names)}")


if __name__ == "__main__":
    main()
