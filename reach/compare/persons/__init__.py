"""Persons of a universe: whom each channel reached, whom all did, and what one person cost.

`logged` counts persons from the tally of messages, `regions` puts what is known of each region
side by side, `find` makes the document of them.
"""
