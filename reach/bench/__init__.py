"""How fast reach is on this machine, and beside it the same job done by hand.

Everything is measured as whole processes, from outside; what is compared runs in turn.
"""
