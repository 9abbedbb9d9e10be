"""West Java's 27 regencies and cities: how many live there, and how often no signal reaches them.

Populations are those of the census of 2020 (Statistics Indonesia, BPS). The 27 sum to the
published 48.27 million; ``checked`` says how each row was come by: ``read`` from a publication,
``remembered`` and not verified. The share without signal is invented, as all of a simulation.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A regency (kabupaten) or a city (kota).

    Attributes:
        code: Its number at Statistics Indonesia.
        name: Its name; a regency and a city may share it.
        kind: ``kabupaten`` or ``kota``.
        population: Persons, census of 2020.
        checked: ``read`` or ``remembered``.
        blank: Share of its people who live in a blank spot, from 0 to 1. Invented.
    """

    code: int
    name: str
    kind: str
    population: int
    checked: str
    blank: float

    @property
    def title(self) -> str:
        """What it is called so that it can't be taken for another.

        Examples:
            >>> REGIONS[0].title, REGIONS[18].title
            ('Kabupaten Bogor', 'Kota Bogor')
        """
        return f"{self.kind.capitalize()} {self.name}"


_ROWS = """\
3201 Bogor kabupaten 5427068 read 0.04
3202 Sukabumi kabupaten 2725450 read 0.12
3203 Cianjur kabupaten 2477560 remembered 0.13
3204 Bandung kabupaten 3623790 read 0.05
3205 Garut kabupaten 2585607 read 0.12
3206 Tasikmalaya kabupaten 1865203 read 0.14
3207 Ciamis kabupaten 1229069 remembered 0.09
3208 Kuningan kabupaten 1167686 remembered 0.07
3209 Cirebon kabupaten 2270621 remembered 0.04
3210 Majalengka kabupaten 1305476 remembered 0.08
3211 Sumedang kabupaten 1152507 remembered 0.07
3212 Indramayu kabupaten 1834434 read 0.06
3213 Subang kabupaten 1595320 remembered 0.07
3214 Purwakarta kabupaten 997869 remembered 0.05
3215 Karawang kabupaten 2439085 remembered 0.04
3216 Bekasi kabupaten 3113017 read 0.03
3217 Bandung_Barat kabupaten 1788336 remembered 0.08
3218 Pangandaran kabupaten 423667 remembered 0.15
3271 Bogor kota 1043070 remembered 0.01
3272 Sukabumi kota 346325 remembered 0.01
3273 Bandung kota 2444160 read 0.01
3274 Cirebon kota 333303 remembered 0.01
3275 Bekasi kota 2543676 read 0.01
3276 Depok kota 2056335 read 0.01
3277 Cimahi kota 568400 remembered 0.01
3278 Tasikmalaya kota 716155 remembered 0.02
3279 Banjar kota 200973 read 0.02
"""

REGIONS = tuple(
    Region(int(code), name.replace("_", " "), kind, int(population), checked, float(blank))
    for code, name, kind, population, checked, blank in map(str.split, _ROWS.splitlines())
)
"""In the order of their codes."""
