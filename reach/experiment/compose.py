"""A YAML file to a `Document`: PyYAML reads the events, this gives them meaning.

Only what a config needs is taken: one document, text keys, no tags, no aliases (a few lines
of aliases can stand for billions of nodes, or for themselves), no deep nesting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from reach.errors import ConfigError, Fault
from reach.experiment.document import Document, Parts, Position, Slip, config_error
from reach.experiment.scalars import resolve
from reach.shown import shorten, word

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1 << 20  # bytes; a longer "config" is a log named by mistake
_DEEPEST = 20
_TEXT = "valid YAML; look for a missing quote, colon or bracket here and on the line above"
_FROM_START = ("could not find expected ':'", "expected ',' or", "found unexpected end of stream")
"""Problems told where the broken thing begins, and not where PyYAML gave up."""

_PROBLEMS = {  # the beginning of what PyYAML says → received, expected
    "found character '\\t'": ("a tab", "spaces, YAML is indented with spaces only"),
    "found a tab character": ("a tab", "spaces, YAML is indented with spaces only"),
    "mapping values are not allowed": (
        "a colon where no key can be",
        'keys of one mapping in one column, and text that holds ": " in quotes',
    ),
    "expected <block end>": (
        "something out of line",
        "the entries of one mapping or list in one column",
    ),
    "could not find expected ':'": ("a key without a colon", 'a key, a colon and a space, "key: "'),
    "expected ',' or": ("an unclosed bracket", "a comma or the closing bracket"),
    "found unexpected end of stream": ("the end of the file inside quotes", "the closing quote"),
}


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Args:
        path: The file, UTF-8, at most 1 MiB.

    Returns:
        Its data; `Document.slips` holds repeated keys and the like, which leave the rest
        readable, so that they can be reported together with what is wrong there.

    Raises:
        ConfigError: There is no such file or it is no YAML mapping.
    """
    return compose(_text(path), path.name)


def _text(path: Path) -> str:
    whole = (str(path), "$")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        expected = "a folder with an experiment.yaml, or that file"
        raise ConfigError([Fault(*whole, "no such file or folder", expected)]) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError([Fault(*whole, reason.lower(), "a readable file")]) from error
    if len(raw) > LARGEST:
        raise ConfigError([Fault(*whole, "more than 1 MiB", "an experiment's config")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The part before the bad byte is good; `error.object` lacks the byte order mark.
        before = error.object[: error.start].decode("utf-8")
        at = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
        received = f"the byte 0x{error.object[error.start]:02X}"
        raise config_error(path.name, [Slip(at, (), received, "text in UTF-8")]) from error


class _Stop(Exception):  # noqa: N818 - not an error of ours, it only leaves the recursion
    def __init__(self, slip: Slip) -> None:
        super().__init__()
        self.slip = slip


def compose(text: str, name: str) -> Document:
    """Turn YAML text into data with positions.

    Args:
        text: The file's text.
        name: The file's name for the messages.

    Raises:
        ConfigError: The text is no YAML, is empty, or is no mapping.
    """
    document = Document(name, {}, {}, {})
    try:
        data = _Composer(text, document).whole()
    except _Stop as stop:
        raise config_error(name, [*document.slips, stop.slip]) from None
    return Document(name, data, document.positions, document.written, document.slips)


class _Composer:
    def __init__(self, text: str, document: Document) -> None:
        self.document = document
        try:
            self.loader: Any = yaml.SafeLoader(text)
        except yaml.reader.ReaderError as error:
            before = text[: error.position]
            at = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
            code = f"the character U+{ord(text[error.position]):04X}"
            raise _Stop(Slip(at, (), code, "printable characters")) from error

    def whole(self) -> dict[str, Any]:
        self.next()  # the stream's start
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            raise _Stop(Slip(Position(1, 1), (), "an empty file", "an experiment's config"))
        data = self.node(self.next(), ())
        self.next()  # the document's end
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            self.slip(after, (), "a second document", "one document; nothing after ---")
        if not isinstance(data, dict):
            received = "an empty file" if data is None else shorten(data)
            at = self.document.position(())
            raise _Stop(Slip(at, (), received, "a mapping, as experiment: my-campaign"))
        return data

    def next(self) -> Any:  # noqa: ANN401 - PyYAML's events share no typed base
        try:
            return self.loader.get_event()
        except yaml.MarkedYAMLError as error:
            problem = error.problem or ""
            marks = [error.problem_mark, error.context_mark]
            if problem.startswith(_FROM_START):
                marks.reverse()
            mark = marks[0] or marks[1] or self.loader.get_mark()
            raise _Stop(_worded(problem, mark)) from error
        except (ValueError, OverflowError) as error:
            # PyYAML converts the number of an escape or of %YAML without a look at its size.
            at = _position(self.loader.get_mark())
            raise _Stop(Slip(at, (), "a number out of range", _TEXT)) from error

    def node(self, event: Any, parts: Parts) -> Any:  # noqa: ANN401 - as the document is
        self.document.positions.setdefault(parts, _position(event.start_mark))
        if isinstance(event, yaml.AliasEvent):
            self.slip(event, parts, f"the alias *{event.anchor}", "the value itself, written out")
            return None
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.slip(event, parts, f"the tag {word(tag)}", "a plain value, quoted if it is text")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, parts)
        if len(parts) >= _DEEPEST:
            at = _position(event.start_mark)
            raise _Stop(Slip(at, parts[:3], "deep nesting", f"at most {_DEEPEST} levels"))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(parts)
        return self.mapping(parts)

    def scalar(self, event: Any, parts: Parts) -> bool | int | float | str | None:  # noqa: ANN401
        text: str = event.value
        self.document.written[parts] = text
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.slip(event, parts, shorten(text), "text without halves of surrogate pairs")
        if event.style is not None:
            return text
        try:
            return resolve(text)
        except ValueError as error:
            self.slip(event, parts, shorten(text), str(error))
            return None

    def sequence(self, parts: Parts) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self.node(event, (*parts, len(items))))
        return items

    def mapping(self, parts: Parts) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.key(event, parts)
            # What a key that can't be used holds is read past, at a path nothing looks up.
            at = (*parts, -1) if key is None else (*parts, key)
            if key is None:
                self.node(self.next(), at)
                continue
            if key not in entries:
                self.document.positions[at] = _position(event.start_mark)
                entries[key] = self.node(self.next(), at)
                continue
            line, column = self.document.positions[at]
            first = f"it once; it stands at {self.document.name}:{line}:{column} already"
            self.slip(event, at, "the same key again", first)
            self.node(self.next(), (*at, -1))
        return entries

    def key(self, event: Any, parts: Parts) -> str | None:  # noqa: ANN401
        if isinstance(event, yaml.ScalarEvent) and event.tag is None:
            if any("\ud800" <= character <= "\udfff" for character in event.value):
                self.slip(event, parts, shorten(event.value), "a key without half surrogate pairs")
            return str(event.value)
        self.node(event, (*parts, -1))
        self.slip(event, parts, "a key that is no plain text", "text as the key")
        return None

    def slip(self, event: Any, parts: Parts, received: str, expected: str) -> None:  # noqa: ANN401
        self.document.slips.append(Slip(_position(event.start_mark), parts, received, expected))


def _position(mark: yaml.Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def _worded(problem: str, mark: yaml.Mark) -> Slip:
    for beginning, (received, expected) in _PROBLEMS.items():
        if problem.startswith(beginning):
            return Slip(_position(mark), (), received, expected)
    return Slip(_position(mark), (), word(problem) or "no YAML", _TEXT)
