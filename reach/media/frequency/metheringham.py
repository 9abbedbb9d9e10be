"""Several vehicles and several insertions in each, as if they were one average vehicle."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reach.errors import NotEstimableError
from reach.media.frequency.agostini import known_overlaps
from reach.media.frequency.beta_binomial import BetaBinomial, from_duplication
from reach.media.frequency.contacts import Frequency
from reach.media.frequency.shares import check_insertions, check_overlap, check_share


@dataclass(frozen=True, slots=True)
class Vehicle:
    """Insertions in one station or paper.

    Attributes:
        share: Share of the universe that one of them reaches.
        insertions: How many, from 1.
        repeated: Share that both of two of them reach; needed where there are several.
    """

    share: float
    insertions: int = 1
    repeated: float | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What Metheringham's model makes of a schedule.

    Attributes:
        contacts: The average insertion's beta-binomial distribution.
        insertions: In all vehicles together.
    """

    contacts: BetaBinomial
    insertions: int

    def frequency(self) -> Frequency:
        """Contacts with this schedule."""
        return self.contacts.frequency(self.insertions)


def metheringham(
    vehicles: Sequence[Vehicle], overlaps: Mapping[tuple[int, int], float]
) -> Schedule:
    """A schedule's contacts, from its average audience and the average overlap of two insertions.

    Right for vehicles much like one another. It takes each for the average: a small vehicle
    that is added lowers the average, and may so lower the reach, which no schedule does; a
    reach below that of one vehicle alone is refused.
    Vehicles of very different audiences may overlap less, on average, than equal ones would by
    chance; then it has no solution.

    Args:
        vehicles: Two insertions or more, all together.
        overlaps: Share that an insertion in each of two vehicles both reach, by their
            indices, of all pairs.

    Raises:
        NotEstimableError: Shares or overlaps out of range or not known, a single insertion, or
            averages that no beta distribution has or that reach fewer than one vehicle does.

    References:
        Metheringham (1964), Measuring the net cumulative coverage of a print campaign, Journal
        of Advertising Research 4(4), 23–28.

    Examples:
        Two papers, two insertions in the first.

        >>> papers = [Vehicle(0.3, 2, repeated=0.25), Vehicle(0.2)]
        >>> schedule = metheringham(papers, {(0, 1): 0.1})
        >>> round(schedule.contacts.share, 6), schedule.insertions
        (0.266667, 3)
        >>> told = schedule.frequency()
        >>> round(told.reach(), 4), round(100 * told.gross, 4)
        (0.4532, 80.0)
    """
    for place, vehicle in enumerate(vehicles):
        _check_vehicle(place, vehicle)
    total = sum(vehicle.insertions for vehicle in vehicles)
    check_insertions(total)
    if total == 1:
        raise NotEstimableError("got one insertion, expected two or more: one overlaps with none")
    pairs = known_overlaps([vehicle.share for vehicle in vehicles], overlaps)
    within = (math.comb(vehicle.insertions, 2) * (vehicle.repeated or 0.0) for vehicle in vehicles)
    across = (
        vehicles[one].insertions * vehicles[other].insertions * both
        for (one, other), both in pairs.items()
    )
    share = math.fsum(vehicle.insertions * vehicle.share for vehicle in vehicles) / total
    both = math.fsum([*within, *across]) / math.comb(total, 2)
    schedule = Schedule(from_duplication(share, both), total)
    alone = max(map(_alone, vehicles))
    if (reach := schedule.contacts.reach(total)) < alone:
        raise NotEstimableError(
            f"the average of these vehicles reaches {reach:.4g}, and one of them alone {alone:.4g}: "
            "they differ too much for an average"
        )
    return schedule


def _check_vehicle(place: int, vehicle: Vehicle) -> None:
    check_share(f"share of vehicle {place}", vehicle.share)
    check_insertions(vehicle.insertions)
    if vehicle.insertions == 1:
        return
    if vehicle.repeated is None:
        raise NotEstimableError(
            f"how many both of two insertions in vehicle {place} reach is not known"
        )
    check_overlap(
        f"two insertions in vehicle {place}", vehicle.share, vehicle.share, vehicle.repeated
    )


def _alone(vehicle: Vehicle) -> float:
    """The least that the vehicle's own insertions reach: one of them, or two."""
    if vehicle.insertions == 1 or vehicle.repeated is None:
        return vehicle.share
    return 2 * vehicle.share - vehicle.repeated
