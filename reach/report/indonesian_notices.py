"""What reports say in Indonesian of rows that were left out, chosen or supposed something of."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    # cara menghitung siapa yang hadir
    "counted_by_register": "daftar hadir",
    "counted_by_ticket": "tiket",
    "counted_by_headcount": "hitungan kepala",
    "counted_by_photo_estimate": "perkiraan dari foto",
    "counted_by_organiser_claim": "klaim penyelenggara",
    # khalayak
    "notice_potential_left_out": (
        "Tidak masuk hasil mana pun: siapa yang mungkin dijangkau {channel} ({place}). Itu bukan "
        "jangkauan: nyatakan apa yang diukur."
    ),
    "notice_no_error_stated": (
        "Angka {channel} tidak disertai jumlah sampel atau selang ({place}), jadi bisa berapa saja "
        "dari 0 sampai semua yang ada: mintalah salah satunya kepada sumbernya."
    ),
    "notice_universe_differs": (
        "{channel} diukur pada {universe} orang ({place}), sedangkan populasinya {persons}: umur "
        "atau daerahnya mungkin lain. Nyatakan populasi yang dipakai sumbernya."
    ),
    "notice_margin_hides_design": (
        "Batas galat {channel} dihitung seakan-akan orang ditarik satu per satu ({place}: {margin} "
        "poin, {sample_size} orang ditanyai). Bila ditarik per desa, rumah tangga, atau hari, "
        "batas itu terlalu sempit: nyatakan efek desainnya."
    ),
    "notice_margin_hides_design_with": (
        "Batas galat {channel} dihitung seakan-akan orang ditarik satu per satu ({place}: {margin} "
        "poin, {sample_size} orang ditanyai): batas itu dilebarkan dengan efek desain yang "
        "dinyatakan sumbernya, {design_effect}."
    ),
    "notice_period_chosen": (
        "Untuk {channel} dipakai baris yang mencakup seluruh periode ({place}). Baris lainnya tidak "
        "dipakai ({others}), karena jangkauan antarperiode tidak dapat dijumlahkan."
    ),
    "notice_period_twice": (
        "Beberapa baris {channel} memuat periode yang sama ({places}) dan tidak diketahui mana yang "
        "benar, jadi dianggap tidak terukur: sisakan satu."
    ),
    "notice_periods_differ": (
        "Baris {channel} memuat periode yang berbeda-beda ({places}), yang jangkauannya tidak dapat "
        "dijumlahkan, jadi dianggap tidak terukur: berikan satu baris untuk seluruh periode."
    ),
    "notice_measured_twice": (
        "{channel}: diukur lebih dari sekali. Yang dipakai adalah bukti yang lebih kuat ({taken}), "
        "selebihnya tidak ({left}); tidak ada yang dijumlahkan."
    ),
    # unggahan dan pemberitaan
    "notice_posts_repeated": (
        "Beberapa baris {channel} memuat unggahan yang juga ada di baris lain ({rows}): setiap "
        "unggahan dihitung sekali, dengan angkanya yang lebih besar."
    ),
    "notice_posts_without_reach": (
        "{silent} dari {posts} unggahan {channel} tidak memiliki jangkauan, artinya tidak terukur "
        "dan bukan 0: angkanya hanya dari unggahan lain. Ekspor jangkauan semuanya."
    ),
    "notice_mentions_left_out": (
        "Tidak masuk hasil mana pun: khalayak pemberitaan ({channel}: {mentions}). Itu seluruh "
        "khalayak medianya, bukan yang membacanya."
    ),
    # acara dan penempatan
    "notice_count_without_range": (
        "{channel}: yang hadir dihitung dengan {method}, tanpa rentang ({place}), jadi bisa berapa "
        "saja sampai seluruh penduduk wilayahnya: nyatakan count_low dan count_high."
    ),
    "notice_events_uncounted": (
        "Pada {uncounted} dari {events} acara {channel} tidak ada yang menghitung siapa yang hadir, "
        "dan itu bukan 0: angkanya hanya dari acara lain."
    ),
    "notice_placements_not_sent": (
        "Tidak semua penempatan {channel} terbukti tayang (dari {placements}: {claimed} diklaim "
        "tanpa bukti, {planned} baru direncanakan, {missed} tidak terlaksana). Semua itu tidak "
        "dihitung sebagai terkirim; yang diklaim dihitung sebagai biaya. Mintalah bukti tayangnya."
    ),
    # perkiraan
    "notice_estimate_above_universe": (
        "Perkiraan {channel} melebihi semua orang yang ada ({persons}) pada paling banyak {share} "
        "undian acak, dan dipotong menjadi sebanyak itu: ada masukan yang terlalu besar."
    ),
    "notice_estimate_without_doubt": (
        "Setiap masukan bagi perkiraan {channel} dinyatakan seolah-olah pasti, padahal tidak ada "
        "yang tahu sepasti itu: nyatakan seberapa jauh masing-masing bisa meleset."
    ),
    "notice_estimate_outside": (
        "Pada paling banyak {share} undian acak, ada masukan bagi perkiraan {channel} yang di bawah "
        "0, atau bagian yang di atas 1, lalu dipotong ({place}): pilih lognormal, atau beta untuk "
        "bagian."
    ),
    # survei
    "notice_survey_regions_missing": (
        "{file}: di {without} dari {regions} wilayah tidak ada yang ditanyai. Wilayah itu dianggap "
        "serupa dengan yang lain, dan itu benar hanya bila wilayahnya ditarik secara acak."
    ),
    "notice_survey_regions_missing_with": (
        "{file}: orang hanya ditanyai di {only}, dan di {without} dari {regions} wilayah tidak ada. "
        "Tentang wilayah itu survei tidak mengatakan apa pun: tanyai juga di sana."
    ),
    "notice_survey_unweighted": (
        "{file} tidak memiliki bobot: semua orang dihitung sama, seakan-akan peluang mereka untuk "
        "ditanyai sama. Bila tidak, tambahkan kolom weight."
    ),
    "notice_survey_without_clusters": (
        "{file} tidak memiliki klaster: orang dihitung seakan-akan ditarik satu per satu. Bila "
        "ditarik per desa, rumah tangga, atau hari, selangnya terlalu sempit: tambahkan kolom "
        "cluster."
    ),
    "notice_survey_single_unit": (
        "{file}: pada beberapa strata hanya satu klaster yang ditarik ({strata}), jadi tidak "
        "diketahui seberapa berbeda klaster di sana. Yang dipakai adalah jaraknya dari rata-rata "
        "semua; lain kali tariklah dua atau lebih."
    ),
    "notice_survey_intercept": (
        "{file}: sebagian orang ditanyai di tempat mereka lewat ({people}). Mereka mewakili "
        "pengunjung tempat itu, dan bukan orang yang tidak pernah datang."
    ),
    "notice_recall_without_exposure": (
        "Sebagian mengingat pesan yang menurut pengakuan mereka sendiri tidak pernah dilihat atau "
        "didengar ({channel}: seluruhnya {respondents}): itu tidak dihitung sebagai ingatan."
    ),
    "notice_recall_below_decoys": (
        "Pesan {channel} diingat tidak lebih sering daripada pesan yang tidak pernah ada: tidak "
        "diketahui seorang pun yang mengingatnya."
    ),
    # wilayah, sinyal, log
    "notice_coverage_unit": (
        "{file} memuat bagian {unit} yang mendapat sinyal, dan bukan bagian orang: bagian itu "
        "dianggap berlaku bagi orang."
    ),
    "notice_coverage_missing": (
        "{file} tidak memiliki baris untuk {regions} dari {of} wilayah ({names}): di sana dianggap "
        "ada sinyal di mana-mana. Tambahkan barisnya."
    ),
    "notice_spread_evenly": (
        "Diukur atas seluruh populasi: {channel}. Setiap wilayah dianggap memiliki bagian yang "
        "sama; bila perlu sinyal, bagian yang sama dari mereka yang mendapatnya."
    ),
    "notice_least_in_estimate": (
        "Untuk {channel} hanya batas-batasnya yang diketahui: perkiraan menghitung yang paling "
        "sedikit terjangkau, dan ujung atas yang paling banyak."
    ),
    "notice_persons_elsewhere": (
        "{count} orang dalam log tidak tinggal di wilayah mana pun dari populasi dan tidak dihitung "
        "sebagai terjangkau: beri masing-masing wilayah dalam berkas orang, dengan ejaan yang sama "
        "seperti dalam populasi."
    ),
    "notice_several_campaigns": (
        "Baris-barisnya berasal dari beberapa kampanye ({campaigns}), dan yang dikatakan di sini "
        "adalah tentang semuanya: untuk satu kampanye saja, sisakan barisnya."
    ),
}
