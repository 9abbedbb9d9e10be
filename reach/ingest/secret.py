"""The office's secret: addresses are hashed with it before anything is stored."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from reach.errors import ConfigError, Fault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VARIABLE = "REACH_KEY"
SHORTEST = 32
_BLOCK = 64
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def load_key(file: Path) -> bytes:
    """The secret: from the environment, else from the file, which is made if missing.

    Args:
        file: Where the secret is kept, readable by its owner alone.

    Returns:
        At least 32 bytes.

    Raises:
        ConfigError: The secret is too short, others may read its file, or it can't be kept.
    """
    given = os.environb.get(VARIABLE.encode())
    if given is not None:
        return _long_enough(given, f"${VARIABLE}")
    try:
        _make(file)
        with file.open("rb") as kept:
            if os.fstat(kept.fileno()).st_mode & 0o077:
                expected = f"mode 0600: chmod 600 {file}"
                raise ConfigError(
                    [Fault(str(file), "$", "a secret that others may read", expected)]
                )
            key = kept.read().strip()
    except OSError as error:
        received = (error.strerror or str(error)).lower()
        expected = f"a file to keep the secret in, or ${VARIABLE} set"
        raise ConfigError([Fault(str(file), "$", received, expected)]) from error
    return _long_enough(key, str(file))


def _make(file: Path) -> None:
    """Keep a new secret in the file, unless there is one; seen by others whole or not at all.

    Of several processes that make one at once the first wins, and all then read the same.
    """
    if os.path.lexists(file):
        return
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as made:
            made.write(secrets.token_hex(SHORTEST).encode())
            made.flush()
            os.fsync(made.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)  # unlike a rename, never over another's secret
    finally:
        Path(draft).unlink()
    _fsync_folder(file.parent)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key) < SHORTEST:
        expected = f"at least {SHORTEST}; without this secret stored evidence can't be matched"
        raise ConfigError([Fault(where, "$", f"a secret of {len(key)} bytes", expected)])
    return key


def fingerprint(key: bytes) -> str:
    """What may be told of the secret: enough to see that two runs used the same."""
    return keyed(key, "fingerprint of the key").hex()


def keyed(key: bytes, text: str) -> bytes:
    r"""A text's pseudonym: the first 16 bytes of its HMAC-SHA-256.

    References:
        RFC 2104, section 5, on truncation.

    Examples:
        >>> keyed(b"\x0b" * 20, "Hi There").hex()
        'b0344c61d8db38535ca8afceaf0bf12b'
    """
    return hmac.digest(key, text.encode(), "sha256")[:16]


def normal_address(address: str) -> str:
    """An address as one person may write it in different ways.

    Only the letters A to Z are lowered: of others, and of a capital sigma at a word's end,
    every library has its own opinion.

    Examples:
        >>> normal_address(" Siti@Example.org ")
        'siti@example.org'
    """
    bare = address.strip(" \t\r\n\f\v")
    return bare.translate(_LOWER) if "@" in bare else bare


def define_macros(engine: DuckDBPyConnection, key: bytes) -> None:
    """Give the engine ``pseudonym(text)``, equal to `keyed`, and ``message_key(…)``, with its ``message_scope(…)``.

    The key goes in as variables, never as text of a query, where an error could show it.
    """
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    variables = {
        "inner_pad": bytes(byte ^ 0x36 for byte in block),
        "outer_pad": bytes(byte ^ 0x5C for byte in block),
        # Half a digest, so that most messages fit in one block of the hash.
        "message_secret": hmac.digest(key, b"message keys", "sha256")[:16],
    }
    for name, value in variables.items():
        engine.execute(f"SET VARIABLE {name} = ?::BLOB", [value])
    engine.execute(
        "CREATE OR REPLACE TEMP MACRO pseudonym(t) AS unhex(left(sha256(getvariable('outer_pad') "
        "|| unhex(sha256(getvariable('inner_pad') || encode(t)))), 32))"
    )
    engine.execute(
        "CREATE OR REPLACE TEMP MACRO message_scope(provider, account) AS "
        "length(provider) || ':' || provider || length(account) || ':' || account"
    )
    # One pass over a secret prefix is enough here: the truncation leaves nothing to extend.
    engine.execute(
        "CREATE OR REPLACE TEMP MACRO message_key(person, scope, id) AS "
        "unhex(left(sha256(getvariable('message_secret') || person || encode(scope || id)), 32))"
    )
    engine.execute(
        "CREATE OR REPLACE TEMP MACRO bare(t) AS "
        # What begins and ends above the blanks has none to lose: mostly so, and cheap to see.
        "CASE WHEN t >= '!' AND right(t, 1) >= '!' THEN t ELSE trim(t, ' \t\r\n\f\v') END"
    )
    # Equal to `normal_address`.
    engine.execute(
        "CREATE OR REPLACE TEMP MACRO normal_address(t) AS CASE "
        "WHEN NOT contains(t, '@') THEN bare(t) "
        "WHEN strlen(t) = length(t) THEN lower(bare(t)) "  # ASCII, and faster
        f"ELSE translate(bare(t), '{ascii_uppercase}', '{ascii_lowercase}') END"
    )
