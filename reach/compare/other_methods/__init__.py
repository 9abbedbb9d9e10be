"""Other methods beside the verdicts, which they never feed; each says what it is.

`asked.py` answers what the config asks for. `score_interval.py` and `mantel_haenszel.py` take
units as independent: `independent.py` says where they are not, and then nothing is estimated.
`missing_at_random.py` supposes what no log can show.
"""
