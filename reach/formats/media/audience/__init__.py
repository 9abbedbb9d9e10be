"""Audiences that somebody measured: ratings, reach, readership; one row a measurement.

`format.py` has the columns, `grades.py` knows what a method is worth, and `ratings.py` in what
ratings can't agree with one another.
"""
