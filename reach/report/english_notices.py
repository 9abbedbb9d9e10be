"""What reports say in English of rows that were left out, chosen or supposed something of."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    # how somebody counted who came
    "counted_by_register": "an attendance list",
    "counted_by_ticket": "tickets",
    "counted_by_headcount": "counting heads",
    "counted_by_photo_estimate": "estimating from photographs",
    "counted_by_organiser_claim": "asking the organiser",
    # audiences
    "notice_potential_left_out": (
        "Left out of all results: whom {channel} might reach ({place}). That is no reach: state "
        "what somebody measured."
    ),
    "notice_no_error_stated": (
        "The number of {channel} comes without a sample size or an interval ({place}), so that it "
        "may be anything from 0 to all there are: ask the source for either."
    ),
    "notice_universe_differs": (
        "{channel} was measured among {universe} persons ({place}), and the universe has {persons}: "
        "ages or areas may be others. State the universe that the source used."
    ),
    "notice_margin_hides_design": (
        "The margin of {channel} is that of people drawn one by one ({place}: {margin} points, "
        "{sample_size} asked). If they were drawn by village, household or day, it is too narrow: "
        "state the design effect."
    ),
    "notice_margin_hides_design_with": (
        "The margin of {channel} is that of people drawn one by one ({place}: {margin} points, "
        "{sample_size} asked): it was widened by the design effect that the source states, "
        "{design_effect}."
    ),
    "notice_period_chosen": (
        "Of {channel} the row of the whole period is taken ({place}). Rows of parts of it are not "
        "({others}), since the reach of periods never adds up."
    ),
    "notice_period_twice": (
        "Several rows tell the same period of {channel} ({places}), and nobody says which is right, "
        "so that it is not measured: keep one."
    ),
    "notice_periods_differ": (
        "The rows of {channel} are of different periods ({places}), whose reach never adds up, so "
        "that it is not measured: give one row for the whole period."
    ),
    "notice_measured_twice": (
        "{channel}: measured more than once. What the better evidence says is taken ({taken}), and "
        "the rest is not ({left}); nothing is added up."
    ),
    # posts and mentions
    "notice_posts_repeated": (
        "Some rows of {channel} are of posts that other rows have, too ({rows}): each post counts "
        "once, with its larger numbers."
    ),
    "notice_posts_without_reach": (
        "No reach is told of {silent} of {posts} posts of {channel}, which is not measured and not "
        "0: the numbers are of the others alone. Export the reach of all."
    ),
    "notice_mentions_left_out": (
        "Left out of all results: the audiences of mentions ({channel}: {mentions}). They are all "
        "that the outlets have, and not who read it."
    ),
    # events and placements
    "notice_count_without_range": (
        "{channel}: who came was counted by {method}, without a range ({place}), so that it may be "
        "anything up to all persons of the region: state count_low and count_high."
    ),
    "notice_events_uncounted": (
        "At {uncounted} of {events} events of {channel} nobody counted who came, which is not 0: "
        "the numbers are of the others alone."
    ),
    "notice_placements_not_sent": (
        "Not all placements of {channel} are shown to have run (of {placements}: {claimed} claimed "
        "without proof, {planned} only planned, {missed} missed). These do not count as sent; what "
        "is claimed counts as cost. Ask for proof that they ran."
    ),
    # estimates
    "notice_estimate_above_universe": (
        "The estimate of {channel} came to more than all {persons} persons there are, in up to "
        "{share} of draws, and was cut to them: an input is too large."
    ),
    "notice_estimate_without_doubt": (
        "Every input to the estimate of {channel} is stated as if it were certain, which nobody "
        "knows: state how far off each may be."
    ),
    "notice_estimate_outside": (
        "An input to the estimate of {channel} was drawn below 0, or as a share above 1, in up to "
        "{share} of draws, and was cut ({place}): choose lognormal, or beta for a share."
    ),
    # surveys
    "notice_survey_regions_missing": (
        "{file}: in {without} of {regions} regions nobody was asked. They are taken to be like the "
        "others, which is right only if regions were drawn by chance."
    ),
    "notice_survey_regions_missing_with": (
        "{file}: people were asked in {only} alone, and in {without} of {regions} regions nobody "
        "was. It says nothing of those: ask there, too."
    ),
    "notice_survey_unweighted": (
        "{file} has no weights: everybody counts the same, as if all had had one chance to be "
        "asked. If they had not, add a column weight."
    ),
    "notice_survey_without_clusters": (
        "{file} has no clusters: people count as drawn one by one. If they were drawn by village, "
        "household or day, the intervals are too narrow: add a column cluster."
    ),
    "notice_survey_single_unit": (
        "{file}: a single cluster was drawn of some strata ({strata}), which does not show how "
        "clusters there differ. Its distance from the mean of all is taken; draw two or more next "
        "time."
    ),
    "notice_survey_intercept": (
        "{file}: some people were asked where they came by ({people}). They stand for the visitors "
        "of those places, and for nobody who never comes."
    ),
    "notice_recall_without_exposure": (
        "Some remember a message that by their own word they never saw or heard ({channel}: "
        "{respondents} in all): that does not count as memory."
    ),
    "notice_recall_below_decoys": (
        "What {channel} showed is remembered no more often than messages that never were: nobody "
        "is known to remember it."
    ),
    # regions, the signal, the logs
    "notice_coverage_unit": (
        "{file} tells the share of {unit} that have a signal, and not of persons: it is taken as "
        "that of persons."
    ),
    "notice_coverage_missing": (
        "{file} has no row for {regions} of {of} regions ({names}): a signal everywhere is supposed "
        "there. Add their rows."
    ),
    "notice_spread_evenly": (
        "Measured over the whole universe: {channel}. Every region is taken to have the same share; "
        "if it needs a signal, the same share of those who have one."
    ),
    "notice_least_in_estimate": (
        "Only bounds are known of {channel}: estimates count the least that was reached, and upper "
        "ends the most."
    ),
    "notice_persons_elsewhere": (
        "{count} persons of the logs live in no region of the universe and are not counted as "
        "reached: give each a region in the people file, spelled as in the universe."
    ),
    "notice_persons_elsewhere_one": (
        "One person of the logs lives in no region of the universe and is not counted as reached: "
        "give them a region in the people file, spelled as in the universe."
    ),
    "notice_several_campaigns": (
        "Rows are of several campaigns ({campaigns}), and what is said is of all together: for one "
        "alone, keep its rows."
    ),
}
