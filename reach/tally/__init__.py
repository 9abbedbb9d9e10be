"""Tally: messages become integers that add over disjoint recipients.

`messages.py` makes the messages of stored evidence, each with what became of it. `axes.py`
names what is counted of them; `query.py` is the one query text; `count.py` runs it; `tally.py`
is the sum, with ``+``. How soon they arrived is a tally of its own: `timing.py`, with
`timing_query.py` and `timing_count.py`. `vectors.py` sums recipients' vectors for both.
"""
