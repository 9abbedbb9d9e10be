"""What the office put out: as-run logs, insertions, boards, posters, leaflets, loudspeakers."""

from __future__ import annotations

from hashlib import sha256

from channels import BOARDS, LEAFLETS, PAPERS, ROUNDS, STATIONS
from population import People, below
from table import CAMPAIGN, DAYS, FIRST, LAST, Line, Tables, day

from reach.simulate.regions import REGIONS

_SPOT = {"tv": (3, 30, 7_500_000), "radio": (6, 60, 350_000)}
"""Spots a day, seconds and rupiah each; of both stations together."""

_CHECKED = "Dinas Kominfo"
_MISSED, _CLAIMED = 4, 9  # of a hundred days of a station


def write_placements(people: People, tables: Tables) -> None:
    """Write two tables: posters apart, since they are a channel of another name than its medium."""
    lines = [*_spots(), *_paper(), *_boards(), *_leaflets(), *_rounds(people), *_online()]
    proof = {"evidence_uri": None, "evidence_sha256": None}
    unproven = {**lines[0], "placement_id": "tv-unproven", "status": "confirmed", **proof}
    tables.write("placements.csv", lines, [unproven])
    posters = _posters()
    cost = sum(int(str(line["cost"])) for line in posters)
    total = {"placement_id": "Jumlah", "medium": "poster", "cost": cost, "currency": "IDR"}
    tables.write("posters.csv", [*posters, total])


def _placed(name: str, medium: str, cost: int, **more: object) -> Line:
    return {
        "placement_id": name,
        "medium": medium,
        "status": "confirmed",
        "campaign": CAMPAIGN,
        "purpose": "service",
        "starts_on": FIRST,
        "ends_on": LAST,
        **more,
        "cost": cost,
        "currency": "IDR",
    }


def _proof(uri: str) -> Line:
    """Where the proof would lie; nobody took the photo."""
    return {"evidence_uri": uri, "evidence_sha256": sha256(f"invented {uri}".encode()).hexdigest()}


def _spots() -> list[Line]:
    """A day of a station a row, as it ran."""
    lines = []
    for medium, (spots, seconds, price) in _SPOT.items():
        for station in STATIONS[medium]:
            slug = station.lower().replace(" ", "-")
            for number in range(DAYS):
                luck = below(f"{station} ran", number, 100)
                status = (
                    "missed" if luck < _MISSED else "claimed" if luck < _CLAIMED else "confirmed"
                )
                ran = _proof(f"asrun/{slug}/{day(number)}.txt") if status == "confirmed" else {}
                lines.append(
                    _placed(
                        f"{slug}-{number + 1:02d}",
                        medium,
                        0 if status == "missed" else spots * price,
                        vehicle=station,
                        status=status,
                        starts_on=day(number),
                        ends_on=day(number),
                        format="spot",
                        duration_s=seconds,
                        insertions=spots,
                        **ran,
                    )
                )
    return lines


def _paper() -> list[Line]:
    return [
        _placed(
            f"print-{place}-{number}",
            "print",
            42_000_000,
            vehicle=name,
            starts_on=day(number),
            ends_on=day(number),
            format="half page",
            insertions=1,
            circulation=paper.copies,
            **_proof(f"clips/print-{place}-{number}.pdf"),
        )
        for place, (name, paper) in enumerate(PAPERS.items(), start=1)
        for number in (1, 8, 15, 22)
    ]


def _boards() -> list[Line]:
    return [
        _placed(
            f"board-{number}",
            "outdoor",
            board.cost,
            vehicle=name,
            region=board.region,
            format="billboard",
            size="4 x 6 m",
            pieces=1,
            latitude=board.latitude,
            longitude=board.longitude,
            evidence_at=f"2026-01-{5 + number:02d}T10:4{number}:00+07:00",
            **_proof(f"photos/board-{number}.jpg"),
        )
        for number, (name, board) in enumerate(BOARDS.items(), start=1)
    ]


def _posters() -> list[Line]:
    """One row a region; in one nobody counted how many were hung up."""
    lines = []
    for region in REGIONS:
        pieces = region.population // 2_500
        counted = region.title != "Kabupaten Karawang"
        lines.append(
            _placed(
                f"poster-{region.code}",
                "poster",
                9_000 * pieces,
                region=region.title,
                pieces=pieces if counted else None,
                evidence_at=f"2026-01-{6 + region.code % 9:02d}T09:00:00+07:00",
                **_proof(f"photos/poster-{region.code}.jpg"),
            )
        )
    return lines


def _leaflets() -> list[Line]:
    return [
        _placed(
            f"leaflet-{number}",
            "leaflet",
            1_100 * pieces,
            region=title,
            pieces=pieces,
            verified_by=_CHECKED,
        )
        for number, (title, pieces) in enumerate(LEAFLETS.items(), start=1)
    ]


def _rounds(people: People) -> list[Line]:
    """Cars with a loudspeaker: as many rounds as villages."""
    return [
        _placed(
            f"round-{number}",
            "loudspeaker",
            450_000 * villages,
            region=title,
            insertions=min(villages, len(people.of(title))),
            verified_by=_CHECKED,
        )
        for number, (title, villages) in enumerate(ROUNDS.items(), start=1)
    ]


def _online() -> list[Line]:
    outlet = {"vehicle": "kabarpriangan.example", "insertions": 6, "format": "article"}
    notice = {"vehicle": "intranet", "insertions": 2, "format": "notice", "audience": "internal"}
    return [
        _placed("online-1", "online", 24_000_000, **outlet, **_proof("clips/online-1.pdf")),
        _placed("intranet-1", "online", 0, **notice, verified_by=_CHECKED),
    ]
