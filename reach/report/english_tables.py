"""What is said in English of tables that count people."""

from __future__ import annotations

from typing import Final

TABLES: Final[dict[str, str]] = {
    "warning_total_rows": ("Rows of {source} that sum up others, and are not added: {rows}."),
    "warning_total_uneven": (
        "{row} in {source} is {said}, and the rows within it come to {parts}: does one lack, or is it counted twice?"
    ),
    "warning_total_by_size": (
        "{row} in {source} is as large as all other rows together, and was added. If it sums them up, leave it out."
    ),
    "warning_percentages_mixed": (
        "{low} of {values} values in {column} of {source} are at most 1, and the others above: all are read as percent, 0.41 as 0.41 %. Are some meant as shares of 1?"
    ),
    "warning_advertising_value": (
        "{source} has advertising values ({columns}): they measure no communication, and no result has them."
    ),
    "warning_potential_audience": (
        "{count} rows of {source} have a potential audience: whom something might reach is nobody whom it did, and no result has it."
    ),
    "warning_potential_audience_one": (
        "One row of {source} has a potential audience: whom something might reach is nobody whom it did, and no result has it."
    ),
}
