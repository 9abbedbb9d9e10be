"""SQL for the telephone numbers whose one form follows from their country's tables alone.

What is proven here is what `reach.ingest.telephone.normal_number` does: the patterns are
those that ``phonenumbers`` itself parses by, each step of its parsing is one condition, and
a number about which they leave a doubt is not proven. Python works that one out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.engine import literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from phonenumbers import PhoneMetadata

_SIGNS = "[ ().-]"
_WITH_SIGNS = rf"{_SIGNS}*\+?([0-9]|{_SIGNS})+"
_UNKNOWN = "NULL::VARCHAR"


def surely_normal(column: str, begun: Collection[str]) -> str:
    r"""SQL that is true only for numbers that `normal_number` leaves as they are.

    A number that begins with a plus is changed only if what follows the country code begins
    with a trunk prefix, and is none only if its country has no numbers of its length.

    Args:
        column: The column of addresses.
        begun: Country codes to look for; what is no country code is passed over.

    Examples:
        >>> print(surely_normal("t", ["62", "621"]))
        regexp_full_match(t, '\+(62([0-9]{7,17}))') AND NOT regexp_matches(t, '^\+(62(0))')
    """
    if not begun:
        return "false"
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    codes = COUNTRY_CODE_TO_REGION_CODE.keys() & {int(text) for text in begun if text.isdecimal()}
    numbers, changed = [], []
    for code in sorted(codes):
        plan = _plan(code)
        if plan is None:
            continue
        numbers.append(f"{code}{_digits(_lengths(plan))}")
        if plan.national_prefix_for_parsing:
            changed.append(f"{code}({plan.national_prefix_for_parsing})")
    if not numbers:
        return "false"
    proven = f"regexp_full_match({column}, {_after_plus('', numbers)})"
    doubted = f" AND NOT regexp_matches({column}, {_after_plus('^', changed)})"
    return proven + (doubted if changed else "")


def without_signs(column: str) -> str:
    """SQL for what `normal_number` looks at, digits and a plus; NULL for all but the usual.

    Usual are blanks, hyphens, full stops and round brackets, and none of them is looked at.

    Args:
        column: The column of addresses.
    """
    return (
        f"CASE WHEN regexp_full_match({column}, '{_WITH_SIGNS}') "
        f"THEN regexp_replace({column}, '{_SIGNS}', '', 'g') END"
    )


def plainly_local(digits: str, country: str) -> str:
    """SQL for the one form of numbers in the ways that a country mostly writes them.

    These are: with the trunk prefix, with nothing before them, and with the country's code
    but no plus.

    Args:
        digits: The column of addresses, `without_signs`.
        country: ISO 3166 alpha-2 code.

    Returns:
        The number; NULL for all that is not proven.
    """
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region(country)
    main = plan and _plan(plan.country_code or 0)
    # By a rule numbers are changed, and not just cut.
    if not plan or not main or not _is_simple(plan) or plan.national_prefix_transform_rule:
        return _UNKNOWN
    code, trunk = str(plan.country_code), plan.national_prefix or ""
    cases = [
        f"WHEN {condition} THEN '+{code}' || {rest}"
        for rest, condition in (
            _bare(digits, plan),
            *([_after_trunk(digits, plan, trunk)] if trunk else []),
            _after_code(digits, plan, code),
        )
        for condition in (f"{condition} AND {_is_whole(rest, plan, main)}",)
    ]
    # Not dialled to go abroad, which even a number with nothing before it may look like.
    home = [
        f"NOT regexp_matches({digits}, {literal(f'^({way_out})')})"
        for way_out in (plan.international_prefix, f"00{code}")
        if way_out
    ]
    tests = [f"NOT starts_with({digits}, '+')", *home]
    return f"CASE WHEN {' AND '.join(tests)} THEN CASE {' '.join(cases)} END END"


def _bare(digits: str, plan: PhoneMetadata) -> tuple[str, str]:
    return digits, f"NOT starts_with({digits}, '{plan.country_code}')"


def _after_trunk(digits: str, plan: PhoneMetadata, trunk: str) -> tuple[str, str]:
    rest = f"substring({digits}, {len(trunk) + 1})"
    found = f"regexp_extract({digits}, {literal(f'^({plan.national_prefix_for_parsing})')})"
    # What looks like a number with its first digits, and like none without, keeps them.
    kept = f"{_is_like(digits, plan)} AND NOT {_is_like(rest, plan)}"
    code = f"NOT starts_with({digits}, '{plan.country_code}')"
    return rest, f"{code} AND {found} = '{trunk}' AND NOT ({kept})"


def _after_code(digits: str, plan: PhoneMetadata, code: str) -> tuple[str, str]:
    rest = f"substring({digits}, {len(code) + 1})"
    better = f"NOT {_is_like(digits, plan)} AND {_is_like(rest, plan)}"
    too_long = f"length({digits}) > {max(_lengths(plan))}"
    return rest, f"starts_with({digits}, '{code}') AND ({better} OR {too_long})"


def _is_whole(rest: str, *plans: PhoneMetadata) -> str:
    """SQL that is true for a number that these plans neither cut any more nor find short or long."""
    tests = []
    for plan in plans:
        tests.append(f"regexp_full_match({rest}, '{_digits(_lengths(plan))}')")
        if plan.national_prefix_for_parsing:
            prefix = literal(f"^({plan.national_prefix_for_parsing})")
            tests.append(f"NOT regexp_matches({rest}, {prefix})")
    return " AND ".join(dict.fromkeys(tests))


def _is_like(digits: str, plan: PhoneMetadata) -> str:
    pattern = plan.general_desc and plan.general_desc.national_number_pattern
    return f"regexp_full_match({digits}, {literal(pattern)})" if pattern else "false"


def _plan(code: int) -> PhoneMetadata | None:
    """The plan that numbers with a country code are parsed by, if it is a simple one."""
    from phonenumbers import PhoneMetadata, region_code_for_country_code

    region = region_code_for_country_code(code)
    plan = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    return plan if plan and _is_simple(plan) else None


def _is_simple(plan: PhoneMetadata) -> bool:
    """Whether it says all that is asked of it, and no trunk prefix that may be nothing."""
    import re

    prefix = plan.national_prefix_for_parsing
    return bool(_lengths(plan)) and not (prefix and re.match(prefix, ""))


def _lengths(plan: PhoneMetadata) -> tuple[int, ...]:
    return plan.general_desc.possible_length if plan.general_desc else ()


def _digits(lengths: Iterable[int]) -> str:
    """A pattern for so many digits.

    Examples:
        >>> _digits((7, 9, 10))
        '([0-9]{7}|[0-9]{9,10})'
    """
    spans: list[list[int]] = []
    for length in sorted(lengths):
        if spans and length == spans[-1][-1] + 1:
            spans[-1].append(length)
        else:
            spans.append([length])
    parts = (f"{span[0]},{span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans)
    return f"({'|'.join(f'[0-9]{{{part}}}' for part in parts)})"


def _after_plus(anchor: str, patterns: Iterable[str]) -> str:
    return literal(rf"{anchor}\+({'|'.join(patterns)})")
