"""Counts without clusters, and cells that are small.

`score_difference` compares two small counts, `mantel_haenszel` many tables of two by two, whose
odds ratios `homogeneity` tests for being one; `many_cells` shrinks rates of many small cells by
the `beta_binomial` that they seem to come from.
"""
