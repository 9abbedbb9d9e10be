"""Whom media reached: measurements of audiences become exposures of a stated universe.

`medium` says what sent, delivered and engaged mean for each; `universe` counts whom there is to
reach; an `exposure` is how many of them one channel reached, with interval and evidence grade.
`frequency` models how often, and `together` how many distinct persons all channels reached.
"""
