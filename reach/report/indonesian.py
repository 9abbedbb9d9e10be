"""Everything the reports say in Indonesian, by key; the terms are the project's glossary."""

from __future__ import annotations

from typing import Final

from reach.report.indonesian_tables import TABLES

TEXTS: Final[dict[str, str]] = TABLES | {
    # baris judul
    "simulated": "SIMULASI",
    "final": "final",
    "not_final": "BELUM FINAL",
    "log_ends": "log berakhir {ends}",
    "log_ends_differ": "log berakhir {ends}",
    "log_without_times": "log tanpa keterangan waktu",
    "newest_event": "peristiwa terbaru",
    # kata untuk yang dibandingkan
    "by_channel": "kanal",
    "by_variant": "varian",
    "by_campaign": "kampanye",
    "by_purpose": "tujuan",
    "by_region": "wilayah",
    "by_segment": "segmen",
    "by_period": "periode",
    "attribute_person": "orang",
    "arm_of": "{by} {name}",
    "channel_of": "kanal {name}",
    # pembilang dan penyebut
    "what_delivered": "ketersampaian",
    "what_engaged": "keterlibatan",
    "what_acted": "tindakan",
    "what_seen": "terlihat",
    "per_sent": "per pesan terkirim",
    "per_assigned": "per pesan dialokasikan",
    "per_attempted": "per pesan dicoba",
    "per_delivered": "per pesan tersampaikan",
    "per_recipient": "per penerima",
    "per_receipted": "per pesan bertanda terima",
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
    "cause": " karena perbedaan {by}",
    "whatever_unknown": ", apa pun nasib pesan yang tidak diketahui",
    "whatever_suspect": ", bagaimanapun cara klik mencurigakan dihitung",
    "equivalent": "{a} dan {b} setara: {interval} poin, di dalam batas ±{margin} poin",
    "equivalent_above": "; {a} sedikit lebih unggul",
    "equivalent_below": "; {a} sedikit tertinggal",
    "undetermined_tie": (
        "Perbandingan {a} dengan {b} belum pasti: {share} pesan {trailing} tidak memiliki tanda "
        "terima, dan sedikitnya {tipping} di antaranya harus sudah tersampaikan agar keduanya "
        "seimbang"
    ),
    "undetermined_receipts": (
        "Perbandingan {a} dengan {b} belum pasti: hal yang tidak diketahui masih memungkinkan "
        "selisih {possible} poin"
    ),
    "undetermined_sampling": (
        "Perbandingan {a} dengan {b} belum pasti: galat penarikan sampel masih memungkinkan "
        "selisih {interval} poin"
    ),
    "undetermined_too_few": (
        "Perbandingan {a} dengan {b} belum pasti: hanya {count} penerima efektif di {arm}, "
        "padahal diperlukan sedikitnya 10"
    ),
    "non_inferior": "; {a} tidak lebih buruk dari {b} melebihi batas {margin} poin",
    "not_comparable": "{a} dan {b} tidak dapat dibandingkan: {why}",
    "why_no_messages": "tidak ada pesan {arms}",
    "why_not_measured": "{metric} tidak terukur di {arms}",
    "why_not_estimable": "{metric} tidak dapat diperkirakan di {arms}",
    # many pairs told together
    "nothing_to_compare": "Tidak ada yang dibandingkan: tidak ada dua kelompok yang ditanyakan.",
    "digest_better_delivered": "{a} lebih banyak tersampaikan daripada {b}{cause}",
    "digest_better_engaged": "Keterlibatan pada {a} lebih tinggi daripada {b}{cause}",
    "digest_better_acted": "{a} lebih banyak ditindaklanjuti daripada {b}{cause}",
    "digest_better_other": "{a} lebih tinggi daripada {b} untuk {metric}{cause}",
    "digest_worse_delivered": "{a} lebih sedikit tersampaikan daripada {b}{cause}",
    "digest_worse_engaged": "Keterlibatan pada {a} lebih rendah daripada {b}{cause}",
    "digest_worse_acted": "{a} lebih sedikit ditindaklanjuti daripada {b}{cause}",
    "digest_worse_other": "{a} lebih rendah daripada {b} untuk {metric}{cause}",
    "digest_pair": "{a} dengan {b}",
    "digest_receipts": (
        "perbandingan {a} dengan {b} belum pasti: {share} pesan {a} tidak memiliki tanda terima"
    ),
    "digest_receipts_other": "belum pasti karena tanda terima tidak lengkap: {pairs}",
    "digest_sampling": "belum pasti karena galat penarikan sampel: {pairs}",
    "digest_too_few_recipients": "belum pasti karena penerima terlalu sedikit: {pairs}",
    "digest_not_compared": "tidak dibandingkan dengan yang lain: {why}",
    # what to do next
    "next": "Langkah berikutnya",
    "next_no_receipts": (
        "Mintalah tanda terima pengiriman kepada penyedia: tanpa itu tidak ada yang tahu apa yang "
        "sampai."
    ),
    "next_best": (
        "Bila warga dapat dijangkau dengan cara itu, pilihlah {arms}: sejauh pengiriman ini, tidak "
        "ada yang lebih banyak tersampaikan."
    ),
    "next_receipts": (
        "Mintalah tanda terima {arm}: {count} pesan, {share} dari yang terkirim, tidak "
        "memilikinya, dan {pairs} dapat berubah karenanya."
    ),
    "next_pending": (
        "Ambil lagi log nanti dan jalankan sekali lagi: {count} pesan masih ditunggu."
    ),
    "next_recipients": (
        "Faktor kebetulan saja membuat {pairs} belum pasti: lebih banyak penerima, di sini atau "
        "dalam kampanye berikutnya, dapat memutuskannya."
    ),
    "next_engagement": (
        "Agar tindakan warga dapat dibandingkan, sertakan pada {arms} tautan atau balasan yang "
        "tercatat."
    ),
    "counted_comparisons": "{count} perbandingan",
    "assumptions": ", dengan asumsi yang dinyatakan",
    "provisional": " (sementara)",
    "to": " sampai ",
    "to_short": " s.d. ",
    "and": " dan ",
    "others": "{count} lainnya",
    "digest_more": "{count} lainnya juga unggul atas yang lain: lihat tabel pasangan",
    "digest_receipts_many": "{count} pasangan belum pasti: pesan tanpa tanda terima, {shares} % dari yang dikirim, dapat membaliknya",
    "warning_unfinished": (
        "Belum final: {count} pesan masih ditunggu. Semuanya dihitung sebagai tidak diketahui, "
        "dan setiap kesimpulan dapat berubah."
    ),
    # tabel yang dibandingkan
    "sent": "terkirim",
    "recipients": "penerima",
    "unknown_per_sent": "tak diketahui per\npesan terkirim",
    "no_messages": "tanpa pesan",
    "not_measured": "tidak terukur",
    "not_estimable": "tidak dapat diperkirakan",
    "legend": "█ terkonfirmasi · ░ mungkin, tidak ada tanda terima · semua batang 0 sampai 100 %",
    "legend_confirmed": "█ terkonfirmasi · semua batang 0 sampai 100 %",
    "delivery_not_measured": (
        "Ketersampaian tidak terukur: log ini tidak memuat tanda terima, jadi tidak diketahui "
        "apakah pesan sampai."
    ),
    "delivery_only_inferred": (
        "Ketersampaian tidak terukur: log ini tidak memuat tanda terima; yang diketahui sampai "
        "hanya pesan yang ditanggapi."
    ),
    "delivery_of_failures_only": (
        "Ketersampaian tidak terukur: log-log ini hampir hanya mencatat kegagalan, sehingga tidak "
        "diketahui apa yang sampai."
    ),
    "delivery_not_measured_in": "Ketersampaian tidak terukur di {arms}: {why}.",
    "no_receipts": "lognya tidak memuat tanda terima",
    "failures_only": "lognya hampir hanya mencatat kegagalan",
    "set_apart": "Disisihkan karena mencurigakan: {items}.",
    "suspect_clicks": "{count} klik {arm}",
    # tabel pasangan
    "pairs_head": (
        "Pasangan ({level} untuk semuanya sekaligus, {family} perbandingan, {persons}{overlap}, "
        "hanya untuk pengiriman ini)"
    ),
    "pairs_left_out": "Tidak ditampilkan: {pairs} yang tidak dapat dilakukan.",
    "pairs_overlap": ", {count} di antaranya di beberapa kelompok",
    "in_points": "{metric}, dalam poin",
    "possible": "mungkin",
    "interval": "selang",
    "p_adjusted": "nilai p\nterkoreksi",
    "verdict": "kesimpulan",
    "verdict_provisional": "kesimpulan\n(* sementara)",
    "verdict_better": "lebih baik",
    "verdict_worse": "lebih buruk",
    "verdict_equivalent": "setara",
    "verdict_undetermined": "belum pasti",
    "verdict_not comparable": "tidak dapat dibandingkan",
    "because_receipts": "tanda terima",
    "because_sampling": "galat penarikan sampel",
    "because_too few recipients": "penerima terlalu sedikit",
    "tips_at": "seimbang pada {tipping}",
    "cannot_tie": "mustahil seimbang",
    "not_worse": "tidak lebih buruk",
    "standardised": "{pair}: distandardisasi menurut {by}; selisih kasarnya {crude} poin",
    "standardised_flips": (
        "{pair}: distandardisasi menurut {by}; selisih kasarnya, {crude} poin, BERLAWANAN TANDA"
    ),
    "assignment_random": (
        "Alokasi: diacak per {unit}; jumlah dibandingkan dengan porsinya: χ² = {chi2}, p {p}: "
        "{passed}."
    ),
    "assignment_random_untested": "Alokasi: diacak per {unit}; jumlahnya tidak diuji terhadap porsinya.",
    "assignment_not_random": "Alokasi: per {unit}, tidak diacak, jadi selisih belum tentu berasal dari {by}.",
    "passed": "sesuai",
    "not_passed": "TIDAK SESUAI",
    # peringatan, menurut kode
    "warnings": "Peringatan",
    "more": "{count} lainnya",
    "refused": "{count} catatan {source} ditolak; alasannya ada di {file}.",
    "refused_more": "{count} catatan dari {sources} sumber lain ditolak; alasannya ada di {files}.",
    "warning_machine_opens": (
        "{share} pembukaan {arm} dilakukan, atau mungkin dilakukan, oleh mesin: pembukaan tidak "
        "menunjukkan siapa yang membaca."
    ),
    "warning_low_receipt_coverage": (
        "Hanya {coverage} pesan {arm} memiliki tanda terima: yang diketahui darinya belum tentu "
        "berlaku untuk pesan lainnya."
    ),
    "warning_sign_changes": (
        "Setelah distandardisasi, tanda {a} − {b} ({metric}) berbalik: khalayaknya berbeda."
    ),
    "warning_conflicts": (
        "{count} pesan {arm} dinyatakan tidak terkirim sekaligus tersampaikan; dihitung sebagai "
        "tidak diketahui."
    ),
    "warning_log_end_default": "Akhir log {channel} tidak dinyatakan: yang dipakai adalah peristiwa terbaru.",
    "warning_unmapped_addresses": (
        "{count} alamat tidak ada di berkas orang; masing-masing dihitung sebagai satu orang."
    ),
    "warning_mixed_strata": "{count} penerima memiliki dua strata dan dihitung sebagai campuran.",
    "warning_unbalanced_assignment": (
        "Besar kelompok tidak sesuai dengan pengacakan: selisih tidak dinyatakan sebagai akibat."
    ),
    "warning_persons_in_several_arms": (
        "{count} orang ada di beberapa kelompok, jadi tidak terpisah secara acak: selisih tidak "
        "dinyatakan sebagai akibat."
    ),
    "warning_no_messages": (
        "Diminta dibandingkan, tetapi tidak ada pesannya: {arm}. Yang ada pesannya: {known}."
    ),
    "warning_empty_campaign": "Tidak ada pesan dari kampanye {campaign}: apakah namanya tertulis demikian di log?",
    "warning_no_arms": (
        "Tidak ada pesan yang memiliki {attribute}: semuanya masuk satu kelompok, jadi tidak ada "
        "yang dapat dibandingkan."
    ),
    "warning_no_strata": (
        "Tidak ada penerima yang memiliki {attribute}: standardisasi menurutnya tidak mengubah "
        "apa pun."
    ),
    "warning_few_effective_recipients": (
        "{arm} memiliki {recipients} penerima, tetapi sebagian besar pesannya hanya untuk "
        "segelintir orang: bobotnya setara {effective} penerima, terlalu sedikit untuk "
        "dibandingkan."
    ),
    "warning_receipt_levels_differ": (
        "Tanda terima {device} berasal dari perangkat penerima, sedangkan {carrier} hanya dari "
        "operator: yang di sana dihitung tersampaikan belum tentu sampai di perangkat."
    ),
    "warning_disagreements": (
        "{count} pesan memiliki dua nilai {attribute}; yang dipakai adalah nilai pertama menurut "
        "abjad."
    ),
    "warning_no_stratum": "{count} penerima tidak memiliki {attribute}: mereka membentuk strata tersendiri.",
    "warning_place_never_found": (
        "Tidak ada pesan di {source} yang memuat {place}, yang disebut fields.{field}: dibiarkan kosong."
    ),
    "warning_word_never_seen": (
        "Tidak ada baris {source} yang berisi {word} di kolom {column}, padahal diminta oleh peta: apakah ejaannya sama dengan di berkas?"
    ),
    "warning_words_unnamed": (
        "{count} baris {source} berisi kata di kolom {column} yang tidak disebut peta: tidak diketahui tersampaikan atau gagal."
    ),
    "warning_empty_source": "Tidak ada catatan di {source}.",
    "warning_unknown_key": "Isian {key} di {source} tidak dibaca; apakah maksudnya {near}?",
    "warning_unread_keys": "Isian yang tidak dibaca di {source}: {keys}.",
    "warning_no_number": (
        "{count} alamat di {source} ditulis seperti nomor telepon tetapi bukan nomor telepon; "
        "masing-masing dihitung sebagai satu penerima tersendiri. Apakah negaranya benar?"
    ),
    "warning_answers_only": (
        "{count} pesan {arm} hanya diketahui dari kabar yang kembali: pesan yang tidak ada kabarnya tidak "
        "tercatat di log mana pun dan tidak masuk hitungan. Tambahkan daftar pesan yang dikirim."
    ),
    "warning_people_counted": (
        "{source} menghitung orang dan bukan pesan: baris-barisnya ({rows}) diperiksa tersendiri."
    ),
    "warning_no_country": (
        "{count} alamat di {source} ditulis seperti nomor telepon suatu negara: sebutkan negaranya "
        "dengan country; jika tidak, setiap cara penulisan dihitung sebagai penerima tersendiri."
    ),
    "warning_untimed": (
        "{count} peristiwa {source} tidak mencantumkan waktu: yang terjadi tetap dihitung, tetapi "
        "kapan terjadinya tidak diketahui."
    ),
    # neraca
    "balance": (
        "Neraca: {records} = {accepted} diterima + {rejected} ditolak + {without_event} tanpa "
        "peristiwa"
    ),
    "balance_events": "{events} = {facts} + {repeats}",
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
    "machine_only": "dibuka\nmesin saja",
    "engaged": "terlibat",
    "acted": "bertindak",
    "suspects": "klik\nmencurigakan",
    "conflicts": "data\nbertentangan",
    # seberapa cepat pesan sampai
    "timing_head": "Seberapa cepat pesan tersampaikan",
    "timing_within": "tersampaikan dalam\n{within} per pesan",
    "within_1h": "1 jam",
    "within_24h": "24 jam",
    "within_7d": "7 hari",
    "timing_median": "waktu tengah\nsampai",
    "timing_of": "dari {count}",
    "timing_not_reached": "tidak tercapai",
    "timing_too_short": "log terlalu singkat",
    "timing_nothing_sent": "tidak ada yang dikirim",
    "timing_legend": (
        "terkonfirmasi … mungkin, bila waktunya tidak diketahui · selang ({level}, masing-masing) · "
        "pesan yang dikirim setidaknya selama itu sebelum log berakhir"
    ),
    "timing_legend_median": (
        "Median: saat separuh dari semua yang terkirim sudah sampai, termasuk yang tidak pernah "
        "sampai; paling cepat bila semua yang tidak diketahui langsung sampai, paling lambat bila "
        "hanya yang terkonfirmasi yang sampai. Tanpa selang."
    ),
    "timing_left_out": (
        "Tidak dihitung: tanpa waktu apa pun, atau dikirim terlalu dekat dengan akhir log"
    ),
    "timing_untimed": "tanpa\nwaktu",
    "timing_too_recent": "terlalu baru\nuntuk {within}",
    "timing_known": "Bagaimana waktu sampai diketahui",
    "timing_timed": "terkirim,\nberwaktu",
    "timing_receipts": "kirim dan tanda\nterima berwaktu",
    "timing_undated": "tersampaikan, waktu\ntidak diketahui",
    "timing_open": "tidak diketahui\natau ditunggu",
    "timing_not_measured": "Waktu sampai tidak terukur: {why}.",
    "timing_not_measured_in": "Waktu sampai tidak terukur di {arms}: {why}.",
    "timing_no_times": "log tidak mencantumkan waktu",
    "timing_no_sending": "log tidak mencantumkan kapan pesan dikirim",
    "timing_no_receipt_times": "log tidak mencantumkan kapan pesan tersampaikan",
    "days": "{count} hari",
    "hours": "{count} jam",
    "minutes": "{count} mnt",
    "seconds": "{count} dtk",
    "warning_receipts_before_sending": (
        "{count} tanda terima {arm} lebih awal daripada pengirimannya; dihitung sebagai seketika."
    ),
    "warning_receipts_at_sending": (
        "Semua tanda terima {arm} bertanda waktu sama persis dengan pengirimannya: apakah lognya "
        "mengenal lebih dari satu waktu?"
    ),
    # what check and ingest say
    "logs_valid": "Tidak ada yang ditolak: {records} dibaca dari {files}",
    "logs_refused": "{refused} dari {records} DITOLAK, dari {files}",
    "logs_known": "Sudah ada di penyimpanan dan tidak dibaca lagi: {count} berkas.",
    "logs_file": "berkas",
    "logs_format": "format",
    "logs_records": "catatan",
    "logs_accepted": "diterima",
    "logs_rejected": "ditolak",
    "logs_without_event": "tanpa\nperistiwa",
    "logs_events": "peristiwa",
    "logs_repeats": "pengulangan",
    "fault": "{place}: tertulis {received}, seharusnya {expected}",
    "logs_recognised": "Dikenali dari isinya",
    "logs_refusals": "Ditolak: berkas dan baris, tempat di dalam catatan, isinya",
    "logs_more": "… dan {count} lagi.",
    "logs_more_unwritten": "… dan {count} lagi; -o BERKAS menuliskan semuanya.",
    # yang dikatakan bench
    "bench_megabytes": "{count} MB",
    "bench_format": "format {names}",
    "bench_refused": "{count} catatan ditolak: membacanya lagi satu per satu perlu waktu.",
    "bench_cores": "{count} inti",
    "bench_medians": "Proses utuh, bergantian; median {count} kali jalan, memori pada puncaknya.",
    "bench_from_logs": "Dari log ke putusan: reach compare, dengan penyimpanan kosong",
    "bench_stage_opening": "mulai, kenali, sidik",
    "bench_stage_ingest": "baca, periksa, gulung, samarkan, simpan",
    "bench_stage_tally": "rekap",
    "bench_stage_statistics": "statistik",
    "bench_stage_report": "laporan",
    "bench_stage_all": "semua",
    "bench_seconds": "detik",
    "bench_events_per_s": "peristiwa/dtk",
    "bench_mib": "puncak MiB",
    "bench_memory": "memori paling banyak {mib} MiB",
    "bench_cpu": "{seconds} dtk waktu prosesor",
    "bench_again": "sekali lagi, tanpa yang baru: {seconds} dtk",
    "bench_job_funnel": (
        "Sebagai pembanding: corong buatan sendiri (kelompokkan per pesan, hitung per kanal dan "
        "wilayah; tanpa pemeriksaan, tanpa selang)"
    ),
    "bench_job_copy": (
        "Sebagai pembanding: salinan polos log ke Parquet, tanpa pemeriksaan atau hitungan"
    ),
    "bench_reach_takes": "reach perlu",
    "bench_times": "{ratio} kali",
    "bench_missing": "{name} tidak terpasang. Untuk melihatnya di sini: {command}",
    "bench_unreadable": "{name} tidak dapat membaca log seperti ini begitu saja.",
    "bench_failed": "{name} gagal: {why}",
    "bench_projected": "Perkiraan untuk log yang lebih besar",
    "bench_grows": (
        "Setiap kali jalan perlu {fixed} dtk, sekecil apa pun lognya. Selebihnya tumbuh dari "
        "{smaller} ke {larger} peristiwa dengan pangkat {exponent} dari jumlahnya, dan "
        "diperkirakan dengan pangkat itu."
    ),
    "bench_grows_less": (
        "Setiap kali jalan perlu {fixed} dtk, sekecil apa pun lognya. Selebihnya tumbuh dari "
        "{smaller} ke {larger} peristiwa dengan pangkat {exponent} dari jumlahnya; diperkirakan "
        "dengan pangkat 1."
    ),
    "bench_grows_assumed": (
        "Setiap kali jalan perlu {fixed} dtk, sekecil apa pun lognya. Bagaimana selebihnya tumbuh "
        "tidak diukur, karena ukurannya hanya satu; dianggap sebanding dengan jumlah peristiwa."
    ),
    "bench_grows_unclear": (
        "Setiap kali jalan perlu {fixed} dtk, sekecil apa pun lognya. Log ini terlalu kecil untuk "
        "menunjukkan bagaimana selebihnya tumbuh; dianggap sebanding dengan jumlah peristiwa."
    ),
    # jumlah beserta bendanya
    "counted_records": "{count} catatan",
    "counted_events": "{count} peristiwa",
    "counted_facts": "{count} fakta",
    "counted_repeats": "{count} pengulangan",
    "counted_files": "{count} berkas",
    "counted_persons": "{count} orang",
    # ucapan reach store
    "store_merged": "{merged} ({before}) menjadi {into} ({after}), dengan {rows} yang sama.",
    "store_nothing_to_merge": "Tidak ada yang digabung: tidak ada dua berkas kecil.",
    "store_old_kept": (
        "Berkas yang digabung tetap disimpan untuk versi tabel terdahulu; "
        "reach store compact DIR --drop-old menghapusnya."
    ),
    "store_dropped": "Dihapus: {files} dari versi terdahulu.",
    "store_cleared": "{count} berkas sisa proses yang terhenti paksa telah dibersihkan.",
    "store_holds": "{ingests}, {rows} bukti dalam {files}; tabel versi {version}.",
    "store_holds_old": "Disimpan untuk versi terdahulu: {files}; reach store compact DIR --drop-old menghapusnya.",
    "store_holds_stray": (
        "Belum selesai: {files}, dari proses yang masih berjalan atau terhenti paksa; tidak ikut dihitung."
    ),
    "store_holds_rejected": "Catatan yang ditolak, utuh beserta alamatnya: {files} dalam rejected.",
    "store_files_of": "{files} ({size})",
    "counted_store_files": "{count} berkas",
    "counted_rows": "{count} baris",
    "counted_ingests": "{count} pembacaan berkas",
    # several campaigns together
    "campaigns_head": "Atas {count} kampanye ({level}, tiap selang berdiri sendiri; bukan putusan)",
    "campaigns_of": "kampanye",
    "campaigns_average": "rata-rata",
    "campaigns_next": "kampanye berikutnya",
    "campaigns_too_few": "terlalu sedikit",
    "campaigns_why": "{pair}: {why}",
    "campaigns_left_out": "{pair}, tidak disertakan: {campaigns}",
    "campaigns_legend": "rata-rata … yang mungkin, bila tanda terima tidak ada · kampanye berikutnya: letak selisih sebenarnya, bila serupa dengan kampanye ini · orang yang ada di beberapa kampanye dianggap orang berbeda",
}
