"""Everything the reports say in Indonesian, by key; the terms are the project's glossary."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    # baris judul
    "simulated": "SIMULASI",
    "final": "final",
    "not_final": "BELUM FINAL",
    "log_ends": "log berakhir {ends}",
    "log_ends_differ": "log berakhir {ends}",
    "log_without_times": "log tanpa waktu",
    "newest_event": "peristiwa terbaru",
    # kata untuk yang dibandingkan
    "by_channel": "kanal",
    "by_variant": "varian",
    "by_campaign": "kampanye",
    "by_purpose": "tujuan",
    "attribute_person": "orang",
    "attribute_region": "wilayah",
    "attribute_segment": "segmen",
    "arm_of": "{by} {name}",
    # pembilang dan penyebut
    "what_delivered": "tersampaikan",
    "what_engaged": "keterlibatan",
    "what_acted": "tindakan",
    "what_seen": "terlihat",
    "per_sent": "per terkirim",
    "per_assigned": "per yang ditugaskan",
    "per_attempted": "per yang dicoba",
    "per_delivered": "per tersampaikan",
    "per_recipient": "per penerima",
    "unit_other": "per {word}",
    # kalimat
    "better_delivered": "{a} lebih banyak tersampaikan daripada {b}{cause}: {interval} poin",
    "worse_delivered": "{a} lebih sedikit tersampaikan daripada {b}{cause}: {interval} poin",
    "better_engaged": "Keterlibatan pada {a} lebih tinggi daripada {b}{cause}: {interval} poin",
    "worse_engaged": "Keterlibatan pada {a} lebih rendah daripada {b}{cause}: {interval} poin",
    "better_acted": "{a} lebih banyak ditindaklanjuti daripada {b}{cause}: {interval} poin",
    "worse_acted": "{a} lebih sedikit ditindaklanjuti daripada {b}{cause}: {interval} poin",
    "better_other": "{a} lebih tinggi daripada {b} untuk {metric}{cause}: {interval} poin",
    "worse_other": "{a} lebih rendah daripada {b} untuk {metric}{cause}: {interval} poin",
    "cause": " karena {by}",
    "whatever_unknown": ", apa pun nasib pesan yang tidak diketahui",
    "whatever_suspect": ", bagaimanapun klik mencurigakan dihitung",
    "equivalent": "{a} dan {b} setara: {interval} poin, di dalam batas ±{margin} poin",
    "equivalent_above": "; {a} sedikit di atas",
    "equivalent_below": "; {a} sedikit di bawah",
    "undetermined_tie": (
        "{a} terhadap {b} belum pasti: {share} dari {trailing} tidak punya tanda terima, dan "
        "sedikitnya {tipping} darinya harus sudah tersampaikan agar seimbang"
    ),
    "undetermined_receipts": (
        "{a} terhadap {b} belum pasti: yang tidak diketahui masih memungkinkan {possible} poin"
    ),
    "undetermined_sampling": (
        "{a} terhadap {b} belum pasti: galat sampel masih memungkinkan {interval} poin"
    ),
    "undetermined_too_few": (
        "{a} terhadap {b} belum pasti: hanya {count} penerima efektif di {arm}, sedangkan perlu "
        "sedikitnya 10"
    ),
    "non_inferior": "; {a} tertinggal paling banyak {margin} poin",
    "not_comparable": "{a} dan {b} tidak dapat dibandingkan: {why}",
    "why_no_messages": "tidak ada pesan {arms}",
    "why_not_measured": "{metric} tidak terukur di {arms}",
    "why_not_estimable": "{metric} tidak dapat diperkirakan di {arms}",
    "assumptions": ", dengan asumsi yang dinyatakan",
    "provisional": " (sementara)",
    "to": " sampai ",
    "and": " dan ",
    "pending_note": (
        "Belum final: {pending} pesan masih ditunggu. Semuanya dihitung tidak diketahui, dan setiap "
        "putusan dapat berubah."
    ),
    # tabel yang dibandingkan
    "sent": "terkirim",
    "recipients": "penerima",
    "unknown_per_sent": "tak diketahui\nper terkirim",
    "no_messages": "tanpa pesan",
    "not_measured": "tidak terukur",
    "not_estimable": "tak terhitung",
    "legend": "█ terkonfirmasi · ░ mungkin, tanpa tanda terima · semua batang 0 sampai 100 %",
    "legend_confirmed": "█ terkonfirmasi · semua batang 0 sampai 100 %",
    "delivery_not_measured": (
        "Ketersampaian tidak terukur: log ini tanpa tanda terima, jadi tidak diketahui apakah pesan sampai."
    ),
    "delivery_only_inferred": (
        "Ketersampaian tidak terukur: log ini tanpa tanda terima; yang diketahui sampai hanya pesan "
        "yang ditanggapi."
    ),
    "delivery_not_measured_in": "Ketersampaian tidak terukur di {arms}: lognya tanpa tanda terima.",
    "set_apart": "Disisihkan karena mencurigakan: {items}.",
    "suspect_clicks": "{count} klik {arm}",
    # tabel pasangan
    "pairs_head": (
        "Pasangan ({level} untuk semuanya bersama, keluarga {family}, {persons} orang{overlap}, "
        "bersyarat pada pengiriman ini)"
    ),
    "pairs_overlap": " dengan {count} di beberapa kelompok",
    "in_points": "{metric}, dalam poin",
    "possible": "mungkin",
    "interval": "selang",
    "p_adjusted": "p disesuaikan",
    "verdict": "putusan",
    "verdict_provisional": "putusan (* sementara)",
    "verdict_better": "lebih baik",
    "verdict_worse": "lebih buruk",
    "verdict_equivalent": "setara",
    "verdict_undetermined": "belum pasti",
    "verdict_not comparable": "tidak dapat dibandingkan",
    "because_receipts": "tanda terima",
    "because_sampling": "galat sampel",
    "because_too few recipients": "penerima terlalu sedikit",
    "tips_at": "seimbang pada {tipping}",
    "cannot_tie": "mustahil seimbang",
    "not_worse": "tidak kalah",
    "standardised": "{pair}: dibakukan menurut {by}; selisih kasarnya {crude} poin",
    "standardised_flips": "{pair}: dibakukan menurut {by}; selisih kasarnya, {crude} poin, BERLAWANAN TANDA",
    "assignment_random": "Penugasan: diacak per {unit}, jumlah terhadap bagian χ² = {chi2}, p {p}: {passed}.",
    "assignment_random_untested": "Penugasan: diacak per {unit}, jumlahnya tidak diuji terhadap bagiannya.",
    "assignment_not_random": "Penugasan: per {unit}, tidak diacak, jadi selisih belum tentu berasal dari {by}.",
    "passed": "lulus",
    "not_passed": "TIDAK LULUS",
    # peringatan, menurut kode
    "warnings": "Peringatan",
    "more": "{count} lainnya",
    "refused": "{count} rekaman {source} ditolak: {file} menyebutkan sebabnya.",
    "refused_more": "{count} rekaman dari {sources} sumber lain ditolak: {files} menyebutkan sebabnya.",
    "warning_machine_opens": "{share} bukaan {arm} dibuat mesin: bukaan tidak menunjukkan siapa yang membaca.",
    "warning_low_receipt_coverage": (
        "Hanya {coverage} dari {arm} punya tanda terima: jangan diperingkat menurut yang bertanda terima."
    ),
    "warning_sign_changes": "Pembakuan membalik tanda {a} − {b} ({metric}): khalayaknya berbeda.",
    "warning_conflicts": (
        "{count} pesan {arm} disebut tidak terkirim sekaligus tersampaikan; dihitung tidak diketahui."
    ),
    "warning_log_end_default": "Akhir log tidak ditetapkan untuk {channel}: dipakai peristiwa terbaru.",
    "warning_unmapped_addresses": "{count} alamat tidak ada di berkas orang; masing-masing dihitung satu orang.",
    "warning_mixed_strata": "{count} penerima punya dua strata dan dihitung sebagai campuran.",
    "warning_unbalanced_assignment": "Besar kelompok tidak sesuai pengacakan: tanpa kata sebab-akibat.",
    "warning_persons_in_several_arms": (
        "{count} orang ada di beberapa kelompok, jadi tidak terpisah secara acak: tanpa kata sebab-akibat."
    ),
    "warning_no_messages": "Akan dibandingkan, tetapi tidak ada pesannya: {arm}. Pesan yang ada: {known}.",
    "warning_no_arms": (
        "Tidak ada pesan yang punya {attribute}: semuanya satu kelompok, jadi tidak ada yang dapat "
        "dibandingkan."
    ),
    "warning_no_strata": "Tidak ada penerima yang punya {attribute}: pembakuan menurutnya tidak mengubah apa pun.",
    "warning_few_effective_recipients": (
        "{arm} punya {recipients} penerima, tetapi sebagian besar pesannya hanya untuk segelintir "
        "orang: bobotnya setara {effective} penerima, terlalu sedikit untuk dibandingkan."
    ),
    "warning_receipt_levels_differ": (
        "Tanda terima {device} berasal dari perangkat penerima, sedangkan {carrier} hanya dari "
        "operator: yang di sana dihitung tersampaikan belum tentu sampai di perangkat."
    ),
    "warning_disagreements": (
        "{count} pesan punya dua nilai {attribute}; yang dipakai nilai pertama menurut abjad."
    ),
    "warning_no_stratum": "{count} penerima tidak memiliki {attribute}: mereka membentuk strata tersendiri.",
    "warning_word_never_seen": (
        "Tidak ada baris {source} yang berisi {word} di kolom {column}, padahal diminta oleh peta: apakah ejaannya sama dengan di berkas?"
    ),
    "warning_words_unnamed": (
        "{count} baris {source} berisi kata di kolom {column} yang tidak disebut peta: tidak diketahui tersampaikan atau gagal."
    ),
    "warning_empty_source": "Tidak ada rekaman di {source}.",
    "warning_unknown_key": "Isian {key} di {source} tidak dibaca; apakah maksudnya {near}?",
    "warning_unread_keys": "Isian yang tidak dibaca di {source}: {keys}.",
    "warning_untimed": (
        "{count} peristiwa {source} tidak mencantumkan waktu; pesannya tidak pernah berstatus ditunggu."
    ),
    # neraca
    "balance": (
        "Neraca: {records} rekaman = {accepted} diterima + {rejected} ditolak + "
        "{without_event} tanpa peristiwa"
    ),
    "balance_events": "{events} peristiwa = {facts} fakta + {repeats} ulangan",
    # corong
    "funnel_head": "Nasib setiap pesan",
    "attempted": "dicoba",
    "not_sent": "tak terkirim",
    "pending": "ditunggu",
    "unknown": "tak diketahui",
    "failed": "gagal",
    "delivered": "tersampaikan",
    "funnel_receipts": "Bagaimana ketersampaian diketahui, dan apa yang menyusul",
    "carrier": "tanda terima\noperator",
    "device": "tanda terima\nperangkat",
    "inferred": "disimpulkan\ndari tindakan",
    "seen": "terlihat",
    "machine_only": "bukaan\nmesin saja",
    "engaged": "terlibat",
    "acted": "bertindak",
    "suspects": "klik\nmencurigakan",
    "conflicts": "pertentangan",
    # what check and ingest say
    "logs_valid": "Tidak ada yang ditolak: {records} rekaman dibaca dari {count} berkas",
    "logs_refused": "{refused} dari {records} rekaman DITOLAK, dari {count} berkas",
    "logs_known": "Sudah ada di penyimpanan dan tidak dibaca lagi: {count} berkas.",
    "logs_file": "berkas",
    "logs_format": "format",
    "logs_records": "rekaman",
    "logs_accepted": "diterima",
    "logs_rejected": "ditolak",
    "logs_without_event": "tanpa\nperistiwa",
    "logs_events": "peristiwa",
    "logs_repeats": "ulangan",
    "fault": "{place}: tertulis {received}, seharusnya {expected}",
    "logs_refusals": "Ditolak: berkas dan baris, tempat di dalam rekaman, isinya",
    "logs_more": "… dan {count} lagi.",
    "logs_more_unwritten": "… dan {count} lagi; -o BERKAS menuliskan semuanya.",
}
