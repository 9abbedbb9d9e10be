"""What reports say in English of posts compared."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "per_reached": "per reached",
    "posts_head": "Posts by {by}: accounts engaged per account reached",
    "posts_by_kind": "kind",
    "posts_by_paid": "advertising",
    "posts_by_account": "account",
    "posts_by_shared_by": "who showed them",
    "posts_arm_paid": "paid",
    "posts_arm_unpaid": "unpaid",
    "posts_arm_office": "office",
    "posts_arm_staff": "staff",
    "posts_of_kind": "{name} posts",
    "posts_of_paid": "{name} posts",
    "posts_of_account": "posts of {name}",
    "posts_of_shared_by": "{name} posts",
    "posts_better": (
        "{a} engaged more of the accounts that they reached than {b} did: {interval} points"
    ),
    "posts_worse": (
        "{a} engaged fewer of the accounts that they reached than {b} did: {interval} points"
    ),
    "posts_too_few": (
        "Undetermined, because what they reached lies with too few posts: {arms}. At least 10 are "
        "needed, counted as posts of one size"
    ),
    "posts_weighs": "{arm} (weigh like {count})",
    "posts_not_compared": "Not compared: {why}",
    "posts_more": "{count} pairs more: see the table",
    "posts_nothing": "There is nothing to compare: all posts are in one arm",
    "posts_posts": "posts",
    "posts_effective": "weigh\nlike",
    "posts_difference": "difference",
    "posts_legend": (
        "accounts as the platform counts them, no persons · an account counts in every post that "
        "reached it, so that posts have no reach in common · the post is the unit, for its "
        "accounts react alike · intervals {level}, each for itself"
    ),
    "posts_pairs_head": (
        "Pairs of posts ({level} for all together, family of {family}, conditional on these posts)"
    ),
    "posts_pairs_left_out": "Not shown: {pairs} without an answer.",
    "posts_blank": "Empty, which is not measured and not 0: {fields}.",
    "posts_blank_field": "{field} in {posts}",
    "posts_repeated": (
        "{count} rows are of posts that other rows have, too: each post counts once, with its "
        "larger numbers."
    ),
    "posts_repeated_one": (
        "One row is of a post that another row has, too: it counts once, with its larger numbers."
    ),
    "posts_out_internal": "Left out: {posts} meant for the office's own staff.",
    "posts_out_staff": "Left out: {posts} shown by staff's own accounts.",
    "posts_impossible": "Impossible rows, which none of these numbers has",
    "posts_with_impossible": "With them as they stand: a sensitivity, which decides nothing",
    "posts_same_rates": "No rate would be another.",
    "posts_same_verdicts": "No verdict would be another.",
    "posts_other_verdict": "{pair} would be: {verdict}",
    "counted_posts": "{count} posts",
    "counted_posts_one": "1 post",
    "because_too few posts": "too few posts",
    "reason_no_posts": "there is no post of {arm}, but there are of {known}",
    "reason_posts_not_measured": "no post of {arm} has both {fields}",
    "reason_nobody_reached": "the posts of {arm} reached no account",
    "reason_platforms_differ": (
        "they are of several platforms ({platforms}), each of which counts accounts by its own rules"
    ),
}
