"""Outcomes: what became of each message, by law and by nothing else.

`law.py` is the law, once as a table in Python and once as the same table in SQL; `names.py`
finds messages that have two names, `repeated.py` those that the evidence has several rows of;
`messages.py` merges these into one row a message; `resolve.py` applies the law to them.
`pseudonyms.py` is how the engine compares pseudonyms fast.
"""
