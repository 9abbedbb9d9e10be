"""Figures that come day by day.

`peeking` at them before the end, `cusum` for a sudden drop, `trend` for a slow one, and
`armitage` for a rate over ordered arms.
"""
