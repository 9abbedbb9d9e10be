"""What reports say in Indonesian of persons reached."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "people_together": (
        "Semua kanal bersama menjangkau {estimate} dari {all} orang ({share}), {low} sampai {high}, "
        "pada {rung}, mutu {grade}"
    ),
    "people_whatever": "; {least} sampai {most} apa pun tumpang tindih antarkanal",
    "people_together_bounds": (
        "Semua kanal bersama menjangkau {low} sampai {high} dari {all} orang, pada {rung}, mutu "
        "{grade}."
    ),
    "people_rung": "anak tangga {step} ({name})",
    "rung_1": "satu kunci per orang, atau satu kanal saja",
    "rung_2": "tumpang tindih menurut survei",
    "rung_3": "saling bebas di dalam daerah",
    "rung_4": "saling bebas di seluruh daerah",
    "rung_5": "batas saja",
    "people_other_rung": "Pada {rung} hasilnya {estimate}, {low} sampai {high}.",
    "people_other_rung_bounds": "Pada {rung} hasilnya {low} sampai {high}.",
    "people_adds_most": (
        "Tanpa {channel}, {estimate} ({low} sampai {high}) tidak terjangkau kanal lain mana pun."
    ),
    "people_adds_nothing": "Tidak ada kanal yang banyak menambah jangkauan kanal lain.",
    "people_missed": "Tidak terjangkau apa pun: {estimate} ({share}), {low} sampai {high}.",
    "people_missed_bounds": "Tidak terjangkau apa pun: {low} sampai {high}.",
    "people_blank": (
        "{count} ({share}) tinggal di daerah tanpa sinyal: pesan dan yang daring tidak sampai ke sana."
    ),
    "people_nobody_known": "Belum diketahui berapa orang yang dijangkau kanal mana pun.",
    "people_m": "{count} jt",
    "people_million": "{count} juta",
    "people_steps": "Orang terjangkau, tiap langkah pasti lebih banyak daripada berikutnya: {steps}.",
    "people_more": "{a} pasti menjangkau lebih banyak orang daripada {b}.",
    "people_open_sampling": "Belum pasti karena selang bersinggungan: {pairs}.",
    "people_open_bounds": "Belum pasti karena hanya batas yang diketahui: {pairs}.",
    "people_on_assumptions": (
        "{some} dari {pairs} perbandingan hanya berlaku dengan asumsi yang disebut (mutu D atau E)."
    ),
    "people_across": "{some} dari {pairs} perbandingan berbeda mutu bukti.",
    "people_neighbours": (
        "Tiap kanal terhadap peringkat berikutnya ({level} untuk semua {count} perbandingan)"
    ),
    "people_neighbours_legend": "≠ beda mutu · * dengan asumsi yang disebut",
    "people_difference": "orang",
    "people_grades": "mutu",
    "people_verdict_more": "lebih banyak",
    "people_verdict_fewer": "lebih sedikit",
    "because_bounds": "batas",
    "warning_no_persons": "Orang terjangkau tidak dapat diperkirakan: {why}.",
    "people_reached": "orang",
    "people_share": "dari {all}",
    "people_each": "{currency} per orang",
    "people_legend": "█ paling sedikit · ░ paling banyak · tiap batang 0 sampai 100 % semua orang",
    "people_legend_short": "pegawai sendiri, bukan bagian dari semesta",
    "people_parts": "Kanal dengan beberapa stasiun, koran, atau tempat: tiap orang sekali.",
    "people_added_head": "Tambahan tiap kanal terhadap semua kanal lain",
    "people_added_alone": "tambahan",
    "people_added_interval": "selang",
    "people_added_possible": "mungkin",
    "people_added_so_far": "bersama sejauh ini",
    "people_added_legend": (
        "tambahan: tidak terjangkau kanal lain · mungkin: apa pun tumpang tindihnya"
    ),
    "people_several_head": "Orang menurut banyaknya kanal dan seringnya kontak",
    "people_by_channels": "kanal",
    "people_by_contacts": "kontak, paling sedikit",
    "people_often": "Seberapa sering: {channel} ({row})",
    "people_often_not": "Tidak dapat diperkirakan: {why}.",
    "people_often_left": "{count} baris lain tentang frekuensi, dari {channels}: ada di JSON.",
    "people_units_head": "Dihitung dalam akun atau perangkat, bukan orang",
    "people_staff_head": "Dibagikan pegawai dari akun sendiri: tidak ditambahkan ke akun kantor",
    "people_units_reached": "terjangkau",
    "people_units_sent": "terkirim",
    "people_unmeasured_head": "Tidak terukur, bukan berarti tidak ada",
    "people_unmeasured": "{channels}: {why}",
    "people_internal": "Internal: pegawai sendiri, tidak ditambahkan ke publik",
    "people_resting": "Dasar angka ini",
    "people_assumed": "{channels}: {what}.",
    "people_where": " ({regions})",
    "people_means": "Yang dihitung sebagai terjangkau",
    "people_noticed": "Yang disisihkan, diandaikan, atau dipilih",
    "people_universe": "Semesta: {name}, {all} orang ({sources}).",
    "people_section": "Orang terjangkau, dari {all}",
    "people_more_in": "Selengkapnya: reach people {experiment}",
    "note_independence": (
        "Di dalam satu daerah, terpisah bagi yang punya dan tidak punya sinyal, yang dijangkau satu "
        "kanal dianggap bebas dari yang dijangkau kanal lain{where}."
    ),
    "note_global_independence": (
        "Yang dijangkau satu kanal dianggap bebas dari kanal lain di seluruh daerah: bila kota "
        "mendapat lebih banyak dari semua kanal, angkanya terlalu besar."
    ),
    "note_surveyed_overlaps": "Tumpang tindih dua kanal menurut survei{where}.",
    "note_confirmed_in_estimate": (
        "Kanal berlog dihitung dengan tanda terimanya; yang mungkin terjangkau selain itu ada di "
        "batas atas{where}."
    ),
    "note_signal_unknown": "Tidak diketahui berapa yang punya sinyal: semua dianggap punya{where}.",
    "note_cut_at_coverage": (
        "Batas atas {channels} melebihi bagian yang punya sinyal, dan dipotong di sana{where}."
    ),
    "note_not_measured": (
        "{channels}: tidak diukur di semua daerah, dan di sana tidak seorang pun dihitung: yang "
        "terjangkau bisa lebih, juga di atas batas atas{where}."
    ),
    "note_frequency_unknown": (
        "Frekuensi {channels} tidak diketahui: dihitung sekali, maka angka menurut kontak adalah "
        "paling sedikit{where}."
    ),
    "note_estimate_unknown": (
        "Dari {channels} hanya batas yang diketahui, maka tidak ada perkiraan{where}."
    ),
    "note_closed_form": "Kanal sebanyak ini membuat batas lebih lebar daripada perlu{where}.",
    "note_coverage_contradicts": (
        "{channels} menjangkau lebih banyak orang daripada yang punya sinyal: cakupan atau jangkauan "
        "salah. Cakupan tidak dipakai di sana{where}."
    ),
    "note_overlaps_contradict": (
        "Tidak ada penduduk dengan bagian dan tumpang tindih seperti ini: salah satunya keliru. "
        "Tumpang tindih tidak dipakai{where}."
    ),
    "note_overlaps_not_fitted": (
        "Perkiraan bagian dan tumpang tindih saling bertentangan, walau selangnya tidak: hanya ada "
        "batas{where}."
    ),
    "note_independence_infeasible": (
        "Andaian saling bebas memberi angka di luar yang dibolehkan survei, dan tidak dipakai{where}."
    ),
    "means_direct": "tanda terima dari operator atau perangkat",
    "means_social": "akun berbeda menurut platform, atau orang menurut survei",
    "means_online": "pembaca berbeda yang melihatnya",
    "means_tv": "paling sedikit satu kontak dengan spot",
    "means_radio": "paling sedikit satu kontak dengan spot",
    "means_cinema": "paling sedikit satu kontak dengan spot",
    "means_print": "pembaca satu edisi yang memperhatikannya",
    "means_outdoor": "lewat, dan terlihat",
    "means_banner": "lewat, dan terlihat",
    "means_poster": "lewat, dan terlihat",
    "means_event": "hadir saat pesan disampaikan",
    "means_loudspeaker": "hadir dan mendengarnya",
    "means_worship": "hadir dan mendengarnya",
    "means_leaflet": "membacanya",
    "unit_persons": "orang",
    "unit_households": "rumah tangga",
    "unit_accounts": "akun",
    "unit_devices": "perangkat",
    "unit_copies": "eksemplar",
    "sent_messages": "pesan",
    "sent_spots": "spot",
    "sent_insertions": "pemuatan",
    "sent_copies": "eksemplar",
    "sent_pieces": "lembar",
    "sent_posts": "unggahan",
    "sent_events": "acara",
    "sent_rounds": "putaran",
    "sent_placements": "penempatan",
}
