"""What reports say in English of persons reached."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    # The verdict.
    "people_together": (
        "All channels together reached {estimate} of {all} persons ({share}), {low} to {high}, on "
        "{rung}, grade {grade}"
    ),
    "people_whatever": "; {least} to {most} whatever the channels have in common",
    "people_together_bounds": (
        "All channels together reached {low} to {high} of {all} persons, on {rung}, grade {grade}."
    ),
    "people_rung": "rung {step} ({name})",
    "rung_1": "one key a person, or one channel alone",
    "rung_2": "overlaps as surveyed",
    "rung_3": "independence within regions",
    "rung_4": "independence over all regions",
    "rung_5": "bounds alone",
    "people_other_rung": "On {rung} it would be {estimate}, {low} to {high}.",
    "people_other_rung_bounds": "On {rung} it would be {low} to {high}.",
    "people_adds_most": (
        "Without {channel} {estimate} ({low} to {high}) would have been reached by no other channel."
    ),
    "people_adds_nothing": "No channel adds much to the others.",
    "people_missed": "Nothing reached {estimate} of them ({share}), {low} to {high}.",
    "people_missed_bounds": "Nothing reached {low} to {high} of them.",
    "people_blank": (
        "{count} ({share}) live where there is no signal: no message and nothing online gets there."
    ),
    "people_nobody_known": "Of no channel is it known how many persons it reached.",
    "people_m": "{count} M",
    "people_million": "{count} million",
    # Who reached more.
    "people_steps": "Persons reached, each step surely more than the next: {steps}.",
    "people_more": "{a} surely reached more persons than {b}.",
    "people_open_sampling": "Undetermined, because intervals touch: {pairs}.",
    "people_open_bounds": "Undetermined, because only bounds are known: {pairs}.",
    "people_on_assumptions": (
        "{some} of {pairs} comparisons hold on the stated assumptions only (grade D or E)."
    ),
    "people_across": "{some} of {pairs} comparisons are across grades of evidence.",
    "people_neighbours": (
        "Each against the next in rank ({level} for all {count} comparisons together)"
    ),
    "people_neighbours_legend": "≠ across grades · * on the stated assumptions",
    "people_difference": "persons",
    "people_grades": "grades",
    "people_verdict_more": "more",
    "people_verdict_fewer": "fewer",
    "because_bounds": "bounds",
    "warning_no_persons": "Persons reached are not estimable: {why}.",
    # Tables.
    "people_reached": "persons",
    "people_share": "of {all}",
    "people_each": "{currency} per person",
    "people_legend": "█ at least · ░ at most · every bar 0 to 100 % of all persons",
    "people_legend_short": "persons of the office, and no share of the universe",
    "people_parts": "A channel with several stations, papers or places: each person once.",
    "people_added_head": "What each channel adds to all others",
    "people_added_alone": "adds",
    "people_added_interval": "interval",
    "people_added_possible": "possible",
    "people_added_so_far": "together so far",
    "people_added_legend": (
        "adds: reached by no other · possible: whatever the channels have in common"
    ),
    "people_several_head": "Persons by how many channels reached them, and how often",
    "people_by_channels": "channels",
    "people_by_contacts": "contacts, at least",
    "people_often": "How often: {channel} ({row})",
    "people_often_not": "Not estimable: {why}.",
    "people_often_left": "{count} more rows tell how often, of {channels}: they are in the JSON.",
    "people_units_head": "Counted in accounts or devices, which are no persons",
    "people_staff_head": "Shared by staff from accounts of their own: never added to the office's",
    "people_units_reached": "reached",
    "people_units_sent": "sent",
    "people_unmeasured_head": "Not measured, which is not nobody",
    "people_unmeasured": "{channels}: {why}",
    "people_internal": "Internal: the office's own staff, never added to the public",
    "people_resting": "What this rests on",
    "people_assumed": "{channels}: {what}.",
    "people_where": " ({regions})",
    "people_means": "What counts as reached",
    "people_noticed": "Left out, supposed or chosen",
    "people_universe": "Universe: {name}, {all} persons ({sources}).",
    "people_section": "Persons reached, of {all}",
    "people_more_in": "More: reach people {experiment}",
    # Notes.
    "note_independence": (
        "Within a region, and apart for those with and without a signal, whom one channel reached "
        "is taken as independent of whom the others did{where}."
    ),
    "note_global_independence": (
        "Whom one channel reached is taken as independent of whom the others did, over all "
        "regions: where towns get more of every channel, that says too many."
    ),
    "note_surveyed_overlaps": "How many both of two channels reached is as surveyed{where}.",
    "note_confirmed_in_estimate": (
        "Logged channels count with their receipts; whom they may have reached besides is in the "
        "upper ends{where}."
    ),
    "note_signal_unknown": (
        "How many have a signal is not known: everybody is taken to have one{where}."
    ),
    "note_cut_at_coverage": (
        "The upper end of {channels} is above the share with a signal, and cut there{where}."
    ),
    "note_not_measured": (
        "{channels}: not measured everywhere, and nobody is counted where they were not: more may "
        "have been reached, beyond the upper ends, too{where}."
    ),
    "note_frequency_unknown": (
        "How often is not known of {channels}: they count as once, so that numbers by contacts are "
        "at least{where}."
    ),
    "note_estimate_unknown": (
        "Of {channels} only bounds are known, so that there is no estimate{where}."
    ),
    "note_closed_form": "So many channels have bounds that are wider than they need be{where}.",
    "note_coverage_contradicts": (
        "{channels} reached more persons than have a signal: coverage or reach is wrong. Coverage "
        "is not used there{where}."
    ),
    "note_overlaps_contradict": (
        "No population has these shares and surveyed overlaps: one of them is wrong. The overlaps "
        "are not used{where}."
    ),
    "note_overlaps_not_fitted": (
        "The best guesses of shares and overlaps contradict one another, though their intervals do "
        "not: there are only bounds{where}."
    ),
    "note_independence_infeasible": (
        "Independence would give a number outside of what the surveyed overlaps allow, and is not "
        "used{where}."
    ),
    # What counts as reached.
    "means_direct": "a receipt of the carrier or the device",
    "means_social": "different accounts, as the platform reports, or persons as surveyed",
    "means_online": "different readers who had it in view",
    "means_tv": "at least one contact with a spot",
    "means_radio": "at least one contact with a spot",
    "means_cinema": "at least one contact with a spot",
    "means_print": "readers of an average issue who noted it",
    "means_outdoor": "passed, and it was visible",
    "means_banner": "passed, and it was visible",
    "means_poster": "passed, and it was visible",
    "means_event": "present when the message was given",
    "means_loudspeaker": "present, and heard it",
    "means_worship": "present, and heard it",
    "means_leaflet": "read it",
    # Units.
    "unit_persons": "persons",
    "unit_households": "households",
    "unit_accounts": "accounts",
    "unit_devices": "devices",
    "unit_copies": "copies",
    "sent_messages": "messages",
    "sent_spots": "spots",
    "sent_insertions": "insertions",
    "sent_copies": "copies",
    "sent_pieces": "pieces",
    "sent_posts": "posts",
    "sent_events": "events",
    "sent_rounds": "rounds",
    "sent_placements": "placements",
}
