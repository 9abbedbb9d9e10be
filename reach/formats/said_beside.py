"""How what a log leaves out is said of it: in the same words for every format."""

from __future__ import annotations


def said_beside(**examples: str | int) -> str:
    """Where to say a setting, in the config and on the command line, as the end of a sentence.

    Args:
        examples: A value that might be said, by the name of the setting.

    Examples:
        >>> said_beside(timezone="Asia/Jakarta")
        'timezone: Asia/Jakarta beside its path, or --timezone Asia/Jakarta'
        >>> said_beside(decimal=",")
        'decimal: "," beside its path, or --decimal ,'
    """
    keys = " and ".join(f"{name}: {_in_yaml(value)}" for name, value in examples.items())
    words = " ".join(f"--{name} {value}" for name, value in examples.items())
    return f"{keys} beside its path, or {words}"


def _in_yaml(value: str | int) -> str:
    """A value as a config has it: a lone comma is a text in quotes only."""
    said = str(value)
    return said if said[:1].isalnum() else f'"{said}"'
