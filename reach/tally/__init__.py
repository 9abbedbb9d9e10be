"""Tally: messages become integers that add over disjoint recipients.

`axes.py` names what is counted; `query.py` is the one query text; `count.py` runs it;
`tally.py` is the sum, with ``+``.
"""
