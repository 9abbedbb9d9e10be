"""Postfix's mail log: what a mail server wrote of each message that went through it.

`words.py` has its words, `lines.py` the shapes of its lines, `clock.py` their times,
`names.py` how messages are named and where they went on to. `queue.py` reads line after line
in Python; `line_sql.py` and `sql.py` do the same for whole files; `format.py` is the format.
"""
