"""Tally: messages become integers that add over disjoint recipients.

`messages.py` makes the messages of stored evidence, `kinds.py` the few kinds that they are of,
each with what became of it. `axes.py` names what is counted. `recipients.py` adds messages up
by recipient, packed in few integers (`packing.py`, `recipient_query.py`, `recipient_vectors.py`);
who has more than these hold is counted with the plain text of `query.py`. `packed_tally.py` and
`vectors.py` make sums of vectors, `count.py` a tally of it all; `tally.py` is the sum, with
``+``. How soon messages arrived is a tally of its own: `timing.py`, with `timing_query.py` and
`timing_count.py`. `kept.py` makes documents of both.
"""
