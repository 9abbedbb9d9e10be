"""Outcomes: what became of each message, by law and by nothing else.

`law.py` is the law, once as a table in Python and once as the same table in SQL; `names.py`
finds messages that have two names; `messages.py` merges the evidence of several files into
one row a message; `resolve.py` applies the law to them.
"""
