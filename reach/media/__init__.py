"""Whom media reached: measurements of audiences become exposures of a stated universe.

`medium` says what sent, delivered and engaged mean for each; `universe` counts whom there is to
reach; an `exposure` is how many of them one channel reached, with interval and evidence grade.

From rows to persons: a `row` is what a file says; `populations` makes the universe of rows of
people and coverage (`ages`, `counted_twice`, `places`, `signal`); `audiences`, `attendances`,
`posts`, `surveys` and `estimates` make exposures of a kind of row, `placements` add what was sent,
and `exposures` does it all. `notice` is what a reader has to know of it.

`frequency` models how often, and `together` how many distinct persons all channels reached.
"""
