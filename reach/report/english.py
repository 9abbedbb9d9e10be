"""Everything the reports say in English, by key."""

from __future__ import annotations

from typing import Final

from reach.report.english_tables import TABLES

TEXTS: Final[dict[str, str]] = TABLES | {
    # the title line
    "simulated": "SIMULATED",
    "final": "final",
    "not_final": "NOT FINAL",
    "log_ends": "log ends {ends}",
    "log_ends_differ": "logs end {ends}",
    "log_without_times": "log without times",
    "newest_event": "newest event",
    # words for arms
    "by_channel": "channel",
    "by_variant": "variant",
    "by_campaign": "campaign",
    "by_purpose": "purpose",
    "by_region": "region",
    "by_segment": "segment",
    "by_period": "period",
    "attribute_person": "person",
    "arm_of": "{by} {name}",
    "channel_of": "{name}",
    # numerators and denominators
    "what_delivered": "delivered",
    "what_engaged": "engaged",
    "what_acted": "acted",
    "what_seen": "seen",
    "per_sent": "per sent",
    "per_assigned": "per assigned",
    "per_attempted": "per attempted",
    "per_delivered": "per delivered",
    "per_recipient": "per recipient",
    "per_receipted": "per receipted",
    "unit_other": "per {word}",
    # sentences
    "better_delivered": "{a} delivers better than {b}{cause}: {interval} points",
    "worse_delivered": "{a} delivers worse than {b}{cause}: {interval} points",
    "better_engaged": "{a} engages better than {b}{cause}: {interval} points",
    "worse_engaged": "{a} engages worse than {b}{cause}: {interval} points",
    "better_acted": "{a} was acted on more than {b}{cause}: {interval} points",
    "worse_acted": "{a} was acted on less than {b}{cause}: {interval} points",
    "better_other": "{a} has more {metric} than {b}{cause}: {interval} points",
    "worse_other": "{a} has less {metric} than {b}{cause}: {interval} points",
    "cause": " because of the {by}",
    "whatever_unknown": ", whatever became of the unknown ones",
    "whatever_suspect": ", however suspect clicks are counted",
    "equivalent": "{a} and {b} are equivalent: {interval} points, within the margin of ±{margin} points",
    "equivalent_above": "; {a} is slightly ahead",
    "equivalent_below": "; {a} is slightly behind",
    "undetermined_tie": (
        "{a} against {b} is undetermined: {share} of {trailing} has no receipt, and at least "
        "{tipping} of those would have to have been delivered for a tie"
    ),
    "undetermined_receipts": (
        "{a} against {b} is undetermined: what is unknown leaves anything from {possible} points possible"
    ),
    "undetermined_sampling": (
        "{a} against {b} is undetermined: sampling error leaves anything from {interval} points open"
    ),
    "undetermined_too_few": (
        "{a} against {b} is undetermined: only {count} effective recipients in {arm} where at least "
        "10 are needed"
    ),
    "non_inferior": "; {a} is not worse than {b} by more than the margin of {margin} points",
    "not_comparable": "{a} and {b} are not comparable: {why}",
    "why_no_messages": "there are no messages of {arms}",
    "why_not_measured": "{metric} is not measured in {arms}",
    "why_not_estimable": "{metric} can't be estimated in {arms}",
    # many pairs told together
    "nothing_to_compare": "There is nothing to compare: no two arms are asked about.",
    "digest_better_delivered": "{a} delivers better than {b}{cause}",
    "digest_better_engaged": "{a} engages better than {b}{cause}",
    "digest_better_acted": "{a} was acted on more than {b}{cause}",
    "digest_better_other": "{a} has more {metric} than {b}{cause}",
    "digest_worse_delivered": "{a} delivers worse than {b}{cause}",
    "digest_worse_engaged": "{a} engages worse than {b}{cause}",
    "digest_worse_acted": "{a} was acted on less than {b}{cause}",
    "digest_worse_other": "{a} has less {metric} than {b}{cause}",
    "digest_pair": "{a} against {b}",
    "digest_receipts": "{a} against {b} is undetermined: {share} of {a} has no receipt",
    "digest_receipts_other": "undetermined, because receipts are missing: {pairs}",
    "digest_sampling": "undetermined, because of sampling error: {pairs}",
    "digest_too_few_recipients": "undetermined, because there are too few recipients: {pairs}",
    "digest_not_compared": "not compared with any other: {why}",
    # what to do next
    "next": "What to do next",
    "next_no_receipts": (
        "Ask the provider for receipts of delivery: without them nobody knows what arrived."
    ),
    "next_best": (
        "Where people can be reached that way, choose {arms}: nothing here delivers better, as far "
        "as these sendings tell."
    ),
    "next_receipts": (
        "Ask for the receipts of {arm}: {count} messages, {share} of those sent, have none, and "
        "{pairs} can turn on them."
    ),
    "next_pending": "Fetch the logs again later and run again: {count} messages are still pending.",
    "next_recipients": (
        "Chance alone leaves {pairs} open: more recipients, here or in a later campaign, can decide."
    ),
    "next_engagement": "To compare what people do, give {arms} a link or a reply that is logged.",
    "counted_comparisons": "{count} comparisons",
    "counted_comparisons_one": "1 comparison",
    "assumptions": ", on the stated assumptions",
    "provisional": " (provisional)",
    "to": " to ",
    "to_short": " to ",
    "and": " and ",
    "others": "{count} others",
    "digest_more": "{count} more are ahead of others: the table of pairs names them",
    "digest_receipts_many": "{count} pairs are undetermined: messages without a receipt, {shares} % of what these sent, could turn them",
    "warning_unfinished": (
        "Not final: {count} messages are still pending. They count as unknown, and every verdict "
        "may change."
    ),
    # the table of arms
    "sent": "sent",
    "recipients": "recipients",
    "unknown_per_sent": "unknown\nper sent",
    "no_messages": "no messages",
    "not_measured": "not measured",
    "not_estimable": "not estimable",
    "legend": "█ confirmed · ░ possible, no receipt says yes or no · every bar 0 to 100 %",
    "legend_confirmed": "█ confirmed · every bar 0 to 100 %",
    "delivery_not_measured": (
        "Delivery is not measured: these logs hold no receipts, so that nothing is known of arrival."
    ),
    "delivery_only_inferred": (
        "Delivery is not measured: these logs hold no receipts, and only what people reacted to is "
        "known to have arrived."
    ),
    "delivery_of_failures_only": (
        "Delivery is not measured: these logs tell of little but failures, so that nothing is known of "
        "what arrived."
    ),
    "delivery_not_measured_in": "Delivery is not measured in {arms}: {why}.",
    "no_receipts": "the log holds no receipts",
    "failures_only": "the log tells of little but failures",
    "set_apart": "Set apart as suspect: {items}.",
    "suspect_clicks": "{count} clicks of {arm}",
    # the table of pairs
    "pairs_head": (
        "Pairs ({level} for all together, family of {family}, {persons}{overlap}, "
        "conditional on these sendings)"
    ),
    "pairs_left_out": "Left out: {pairs} of arms that are not compared.",
    "pairs_overlap": " of whom {count} in several arms",
    "in_points": "{metric}, in points",
    "possible": "possible",
    "interval": "interval",
    "p_adjusted": "adjusted\np value",
    "verdict": "verdict",
    "verdict_provisional": "verdict\n(* provisional)",
    "verdict_better": "better",
    "verdict_worse": "worse",
    "verdict_equivalent": "equivalent",
    "verdict_undetermined": "undetermined",
    "verdict_not comparable": "not comparable",
    "because_receipts": "receipts",
    "because_sampling": "sampling",
    "because_too few recipients": "too few recipients",
    "tips_at": "tips at {tipping}",
    "cannot_tie": "no tie possible",
    "not_worse": "not inferior",
    "standardised": "{pair}: standardised by {by}; the crude difference is {crude} points",
    "standardised_flips": "{pair}: standardised by {by}; the crude difference, {crude} points, has the OTHER SIGN",
    "assignment_random": "Assignment: randomised by {unit}, counts against shares χ² = {chi2}, p {p}: {passed}.",
    "assignment_random_untested": "Assignment: randomised by {unit}, counts not tested against shares.",
    "assignment_not_random": "Assignment: by {unit}, not randomised, so that a difference need not come from the {by}.",
    "passed": "passed",
    "not_passed": "NOT PASSED",
    # warnings, by code
    "warnings": "Warnings",
    "more": "{count} more",
    "refused": "{count} records of {source} were refused: {file} says why.",
    "refused_more": "{count} records of {sources} further sources were refused: {files} say why.",
    "warning_machine_opens": "{share} of {arm} opens were made by machines or may have been: opens do not tell who has read.",
    "warning_low_receipt_coverage": (
        "Only {coverage} of {arm} has a receipt: what these messages tell need not hold for the rest."
    ),
    "warning_sign_changes": (
        "Standardising turns the sign of {a} − {b} ({metric}): the arms had different audiences."
    ),
    "warning_conflicts": "{count} messages of {arm} are called both not sent and delivered; they count as unknown.",
    "warning_log_end_default": "No log end is declared for {channel}: the newest event stands for it.",
    "warning_unmapped_addresses": "{count} addresses are in no people file; each counts as a person of its own.",
    "warning_mixed_strata": "{count} recipients have two strata and are counted as mixed.",
    "warning_unbalanced_assignment": "The arms are not as large as randomisation would make them: no causal words.",
    "warning_persons_in_several_arms": (
        "{count} persons are in several arms, so that chance did not part them: no causal words."
    ),
    "warning_no_messages": "To be compared, but without messages: {arm}. There are messages of {known}.",
    "warning_empty_campaign": "No message is of the campaign {campaign}: is it written so in the logs?",
    "warning_no_arms": "No message has a {attribute}: all are in one arm, and there is nothing to compare.",
    "warning_no_strata": "No recipient has a {attribute}: standardising by it changes nothing.",
    "warning_few_effective_recipients": (
        "{arm} had {recipients} recipients, but a few got most of the messages: they weigh like "
        "{effective}, too few to compare."
    ),
    "warning_receipt_levels_differ": (
        "Receipts of {device} come from the recipient's device, those of {carrier} only from the "
        "carrier: what counts as delivered there may have reached no device."
    ),
    "warning_disagreements": (
        "{count} messages have two values of {attribute}; the first by alphabet counts."
    ),
    "warning_no_stratum": "{count} recipients have no {attribute}: they form a stratum of their own.",
    "warning_no_stratum_one": "One recipient has no {attribute}: a stratum of its own.",
    "warning_place_never_found": (
        "No message of {source} has {place}, which fields.{field} names: it is left open."
    ),
    "warning_word_never_seen": (
        "No row of {source} has {word} in {column}, which the map asks for: is it spelt as in the file?"
    ),
    "warning_words_unnamed": (
        "{count} rows of {source} have a word in {column} that the map does not name: they tell neither of delivery nor of failure."
    ),
    "warning_words_unnamed_one": (
        "One row of {source} has a word in {column} that the map does not name: it tells neither of delivery nor of failure."
    ),
    "warning_empty_source": "No record in {source}.",
    "warning_unknown_key": "The key {key} of {source} is not read; is {near} meant?",
    "warning_unread_keys": "Keys that nothing reads, in {source}: {keys}.",
    "warning_no_number": (
        "{count} addresses of {source} are written like telephone numbers and are none; each counts as "
        "a recipient of its own. Is the country right?"
    ),
    "warning_answers_only": (
        "{count} messages of {arm} are known only from what came back of them: those that nothing came "
        "back of are in no log, and its rates leave them out. Add the list of what was sent."
    ),
    "warning_people_counted": (
        "{source} counts people and not messages: its {rows} are judged by themselves."
    ),
    "warning_no_country": (
        "{count} addresses of {source} are written like telephone numbers of some country: name it "
        "with country, or each spelling counts as a recipient of its own."
    ),
    "warning_untimed": (
        "{count} events of {source} have no time: what happened counts, and when is not known."
    ),
    # the balance
    "balance": (
        "Balance: {records} = {accepted} accepted + {rejected} refused + "
        "{without_event} without an event"
    ),
    "balance_events": "{events} = {facts} + {repeats}",
    # the funnel
    "funnel_head": "What became of every message",
    "attempted": "attempted",
    "not_sent": "not sent",
    "pending": "pending",
    "unknown": "unknown",
    "failed": "failed",
    "delivered": "delivered",
    "funnel_receipts": "How delivery is known, and what followed",
    "carrier": "carrier\nreceipt",
    "device": "device\nreceipt",
    "inferred": "inferred\nfrom acts",
    "seen": "seen",
    "machine_only": "machine\nopens only",
    "engaged": "engaged",
    "acted": "acted",
    "suspects": "suspect\nclicks",
    "conflicts": "conflicts",
    # how soon messages arrived
    "timing_head": "How soon messages arrived",
    "timing_within": "delivered within\n{within} per sent",
    "within_1h": "1 h",
    "within_24h": "24 h",
    "within_7d": "7 d",
    "timing_median": "median time\nof all sent",
    "timing_of": "of {count}",
    "timing_not_reached": "not reached",
    "timing_too_short": "log too short",
    "timing_nothing_sent": "nothing sent",
    "timing_legend": (
        "confirmed … possible, where no receipt says when · interval ({level}, each for itself) · "
        "messages sent so long before the log's end, or longer"
    ),
    "timing_legend_median": (
        "Median: when half of all sent had arrived, those that never did included; at the earliest "
        "if all that is not known arrived at once, at the latest if only what is confirmed arrived. "
        "It has no interval."
    ),
    "timing_left_out": "Left out: without any time, or sent too shortly before the log's end",
    "timing_untimed": "without\nany time",
    "timing_too_recent": "too recent\nfor {within}",
    "timing_known": "How the time of delivery is known",
    "timing_timed": "sent, with\nany time",
    "timing_receipts": "sending and\nreceipt timed",
    "timing_undated": "delivered,\ntime unknown",
    "timing_open": "unknown or\npending",
    "timing_not_measured": "Time to delivery is not measured: {why}.",
    "timing_not_measured_in": "Time to delivery is not measured in {arms}: {why}.",
    "timing_no_times": "the log has no times",
    "timing_no_sending": "the log does not say when messages were sent",
    "timing_no_receipt_times": "the log does not say when messages were delivered",
    "days": "{count} d",
    "hours": "{count} h",
    "minutes": "{count} min",
    "seconds": "{count} s",
    "warning_receipts_before_sending": (
        "{count} receipts of {arm} are earlier than the sending: they count as at once."
    ),
    "warning_receipts_before_sending_one": (
        "One receipt of {arm} is earlier than the sending: it counts as at once."
    ),
    "warning_receipts_at_sending": (
        "All receipts of {arm} have the very time of the sending: does its log know more than one time?"
    ),
    # what check and ingest say
    "logs_valid": "Nothing refused: {records} read from {files}",
    "logs_refused": "{refused} of {records} REFUSED, from {files}",
    "logs_known": "Already in the store, and not read again: {count} files.",
    "logs_file": "file",
    "logs_format": "format",
    "logs_records": "records",
    "logs_accepted": "accepted",
    "logs_rejected": "refused",
    "logs_without_event": "without\nevent",
    "logs_events": "events",
    "logs_repeats": "repeats",
    "fault": "{place}: got {received}, expected {expected}",
    "logs_recognised": "Recognised by content",
    "logs_refusals": "Refused: file and line, place in the record, what stood there",
    "logs_more": "… and {count} more.",
    "logs_more_unwritten": "… and {count} more; -o FILE writes all of them.",
    # what bench says
    "bench_megabytes": "{count} MB",
    "bench_format": "format {names}",
    "bench_refused": "{count} records were refused: reading them again, one by one, takes its time.",
    "bench_cores": "{count} cores",
    "bench_medians": "Whole processes, in turn; medians of {count} runs, memory at its highest.",
    "bench_cores_one": "1 core",
    "bench_medians_one": "Whole processes, one run of each, memory at its highest.",
    "bench_refused_one": "One record was refused: reading the log again, for its line, takes its time.",
    "bench_from_logs": "From logs to verdicts: reach compare, with an empty store",
    "bench_stage_opening": "start, recognise, digest",
    "bench_stage_ingest": "read, check, roll up, hash, commit",
    "bench_stage_tally": "tally",
    "bench_stage_statistics": "statistics",
    "bench_stage_report": "report",
    "bench_stage_all": "all",
    "bench_seconds": "seconds",
    "bench_events_per_s": "events/s",
    "bench_mib": "peak MiB",
    "bench_memory": "at most {mib} MiB of memory",
    "bench_cpu": "{seconds} s of processor time",
    "bench_again": "again, with nothing new: {seconds} s",
    "bench_job_funnel": (
        "Beside it: a funnel by hand (group by message, count by channel and region; nothing "
        "checked, no intervals)"
    ),
    "bench_job_copy": "Beside it: a plain copy of the logs to Parquet, nothing checked or counted",
    "bench_reach_takes": "reach takes",
    "bench_times": "{ratio} times",
    "bench_missing": "{name} is not installed. To see it here: {command}",
    "bench_unreadable": "{name} can't read logs like these by itself.",
    "bench_failed": "{name} failed: {why}",
    "bench_projected": "Projected for larger logs",
    "bench_grows": (
        "Every run takes {fixed} s, however small its log. What is left grew from {smaller} to "
        "{larger} events with the power {exponent} of their number, and is projected with it."
    ),
    "bench_grows_less": (
        "Every run takes {fixed} s, however small its log. What is left grew from {smaller} to "
        "{larger} events with the power {exponent} of their number; it is projected with 1."
    ),
    "bench_grows_assumed": (
        "Every run takes {fixed} s, however small its log. How the rest grows was not measured, "
        "for there is one size only; it is taken to grow with the number of events."
    ),
    "bench_grows_unclear": (
        "Every run takes {fixed} s, however small its log. These logs are too small to show how the "
        "rest grows; it is taken to grow with the number of events."
    ),
    # counts with their nouns
    "counted_records": "{count} records",
    "counted_events": "{count} events",
    "counted_facts": "{count} facts",
    "counted_repeats": "{count} repeats",
    "counted_files": "{count} files",
    "counted_persons": "{count} persons",
    # the same for a count of one
    "counted_records_one": "1 record",
    "counted_events_one": "1 event",
    "counted_facts_one": "1 fact",
    "counted_repeats_one": "1 repeat",
    "counted_files_one": "one file",
    "counted_persons_one": "1 person",
    "warning_unfinished_one": (
        "Not final: one message is still pending. It counts as unknown, and every verdict may change."
    ),
    "logs_known_one": "Already in the store, and not read again: one file.",
    "undetermined_too_few_one": (
        "{a} against {b} is undetermined: only 1 effective recipient in {arm} where at least 10 are "
        "needed"
    ),
    "refused_one": "One record of {source} was refused: {file} says why.",
    "suspect_clicks_one": "one click of {arm}",
    "warning_conflicts_one": "One message of {arm} is called both not sent and delivered; it counts as unknown.",
    "warning_unmapped_addresses_one": "One address is in no people file; it counts as a person of its own.",
    "warning_mixed_strata_one": "One recipient has two strata and is counted as mixed.",
    "warning_persons_in_several_arms_one": "One person is in several arms, so that chance did not part them: no causal words.",
    "warning_disagreements_one": "One message has two values of {attribute}; the first by alphabet counts.",
    "warning_no_number_one": (
        "One address of {source} is written like a telephone number and is none; it counts as a "
        "recipient of its own. Is the country right?"
    ),
    "warning_no_country_one": (
        "One address of {source} is written like a telephone number of some country: name it with "
        "country, or each spelling counts as a recipient of its own."
    ),
    "warning_untimed_one": (
        "One event of {source} has no time: what happened counts, and when is not known."
    ),
    # what reach store says
    "store_merged": "{merged} ({before}) became {into} ({after}), the same {rows}.",
    "store_nothing_to_merge": "Nothing to merge: no two small files.",
    "store_old_kept": (
        "The files that were merged are kept for earlier versions of the table; "
        "reach store compact DIR --drop-old deletes them."
    ),
    "store_dropped": "Deleted: {files} of earlier versions.",
    "store_cleared": "{count} files that killed runs left were taken away.",
    "store_cleared_one": "One file that a killed run left was taken away.",
    "store_holds": "{ingests}, {rows} of evidence in {files}; version {version} of the table.",
    "store_holds_old": "Kept for earlier versions: {files}; reach store compact DIR --drop-old deletes them.",
    "store_holds_stray": (
        "Unfinished: {files}, of a run that is going on or was killed; they count nowhere."
    ),
    "store_holds_rejected": "Refused records, whole and with addresses: {files} in rejected.",
    "store_files_of": "{files} ({size})",
    "counted_store_files": "{count} files",
    "counted_store_files_one": "1 file",
    "counted_rows": "{count} rows",
    "counted_rows_one": "1 row",
    "counted_ingests": "{count} ingests",
    "counted_ingests_one": "1 ingest",
    # several campaigns together
    "campaigns_head": "Over {count} campaigns ({level}, each interval for itself; no verdicts)",
    "campaigns_of": "campaigns",
    "campaigns_average": "on average",
    "campaigns_next": "the next campaign",
    "campaigns_too_few": "too few to say",
    "campaigns_why": "{pair}: {why}",
    "campaigns_left_out": "{pair}, left out: {campaigns}",
    "campaigns_legend": "on average … possible, where receipts are missing · the next campaign: where its true difference may lie, if it is like these · people who are in several campaigns are taken for different ones",
}
