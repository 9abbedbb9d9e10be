"""Tally: messages become integers that add over disjoint recipients.

`messages.py` makes the messages of stored evidence, `coded.py` writes each down in few numbers
(`query.py` says whose it is, `clock.py` what its times say), and `kinds.py` finds the few kinds
that they are of, each with what became of it. `axes.py` names what is counted. `recipients.py`
adds messages up by recipient, packed in few integers (`packing.py`, `recipient_query.py`,
`recipient_vectors.py`); `packed_tally.py` and `vectors.py` make sums of vectors, `count.py` a
tally of it all; `tally.py` is the sum, with ``+``. `costs.py` adds up what was paid, and
`payers.py` finds who says so. How soon messages arrived is a tally of its own, of the same
vectors: `timing.py`, with `timing_count.py`. `kept.py` makes documents of both.
"""
