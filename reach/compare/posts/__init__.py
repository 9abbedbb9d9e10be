"""Posts compared: engaged accounts per account reached, with the post as the unit.

A platform counts accounts post by post, and an account sees many posts. So accounts of one post
are no independent witnesses, and what several posts reached does not add up to reach: the ratio
of the sums is a rate per contact, and how sure it is the posts alone can tell.
"""
