"""How well the variance of a rate is itself known: degrees of freedom for Student's t."""

from __future__ import annotations

import math

from reach.stats.finite import finite

_ADDED_EVENTS = 2  # of either kind, so that a lucky sample does not look well known
_LEAST = 1.0


@finite()
def degrees_of_freedom(
    estimate: float, effective_trials: float, trials: float, clusters: float
) -> float:
    """Degrees of freedom of a rate over recipients as clusters.

    A variance estimated from G* recipients has G* − 1 degrees of freedom if what they got is
    normally distributed. A rate of .95 among people who got many messages each is not: most
    people got everything, and the few who did not decide how far the rate seems to vary. A
    variance estimated from a distribution of excess kurtosis γ varies as one from (G* − 1)/(1 +
    γ/2) normal ones. γ is that of the beta distribution that has the rate's mean and, as
    correlation of the messages to one person, G*/n_eff: all that is known of what people got.
    It counts by the share of messages that are beyond one a person, 1 − G*/N, since with one
    message each the variance follows from the rate and nothing is to be learned.

    Args:
        estimate: The rate, 0 to 1.
        effective_trials: n_eff, above 0.
        trials: N.
        clusters: G*, above 1.

    Returns:
        ν, at least 1 and at most G* − 1 (unless that is less than 1). At rates of 0 and 1,
        where n_eff = G* takes messages to one person as all alike, G* − 1.

    Raises:
        ValueError: An argument is out of its range.
        NotEstimableError: The numbers are too large or too far apart.

    References:
        Cramér (1946), Mathematical Methods of Statistics: the variance of a sample variance.

    Examples:
        A thousand people with a message each, and forty with ten each of which nearly all
        were delivered.

        >>> degrees_of_freedom(0.95, 1000, 1000, 1000)
        999
        >>> round(degrees_of_freedom(0.95, 164, 400, 40), 1)
        7.3
    """
    sizes = (effective_trials, trials, clusters - 1)
    if not (0 <= estimate <= 1 and all(0 < each < math.inf for each in sizes)):
        raise ValueError(
            f"got a rate of {estimate}, n_eff {effective_trials}, N {trials} and G* {clusters},"
            " expected 0 to 1, above 0, above 0 and above 1"
        )
    most = clusters - 1
    if estimate in (0, 1):
        return most
    rate = (estimate * effective_trials + _ADDED_EVENTS) / (effective_trials + 2 * _ADDED_EVENTS)
    alike = min(1.0, clusters / effective_trials)
    repeated = max(0.0, 1 - clusters / trials)
    heavier = max(0.0, _excess_kurtosis(rate, alike)) * repeated / 2
    return min(most, max(_LEAST, most / (1 + heavier)))


def _excess_kurtosis(mean: float, alike: float) -> float:
    """Of the beta distribution with variance mean(1 − mean)·alike; at alike = 1 of a coin's toss.

    With s = a + b = 1/alike − 1 it is 6[(1 − 2p)²(s + 1)/(p(1 − p)(s + 2)(s + 3)) − 1/(s + 3)].
    """
    spread = mean * (1 - mean)
    s = 1 / alike - 1
    return 6 * ((1 - 2 * mean) ** 2 * (s + 1) / (spread * (s + 2)) - 1) / (s + 3)
