"""What reports say in Indonesian of posts compared."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "per_reached": "per akun terjangkau",
    "posts_head": "Unggahan menurut {by}: akun yang terlibat per akun terjangkau",
    "posts_by_kind": "jenis",
    "posts_by_paid": "iklan",
    "posts_by_account": "akun",
    "posts_by_shared_by": "yang menampilkan",
    "posts_arm_paid": "berbayar",
    "posts_arm_unpaid": "tidak berbayar",
    "posts_arm_office": "kantor",
    "posts_arm_staff": "staf",
    "posts_of_kind": "unggahan {name}",
    "posts_of_paid": "unggahan {name}",
    "posts_of_account": "unggahan {name}",
    "posts_of_shared_by": "unggahan {name}",
    "posts_better": (
        "{a} melibatkan lebih banyak dari akun yang dijangkaunya daripada {b}: {interval} poin"
    ),
    "posts_worse": (
        "{a} melibatkan lebih sedikit dari akun yang dijangkaunya daripada {b}: {interval} poin"
    ),
    "posts_too_few": (
        "Belum pasti, karena jangkauannya bertumpu pada terlalu sedikit unggahan: {arms}. Diperlukan "
        "sedikitnya 10, dihitung sebagai unggahan yang sama besar"
    ),
    "posts_weighs": "{arm} (setara {count})",
    "posts_not_compared": "Tidak dibandingkan: {why}",
    "posts_more": "{count} pasangan lainnya: lihat tabel",
    "posts_nothing": "Tidak ada yang dibandingkan: semua unggahan ada dalam satu kelompok",
    "posts_posts": "unggahan",
    "posts_effective": "setara\nunggahan",
    "posts_difference": "selisih",
    "posts_legend": (
        "akun menurut hitungan platform, bukan orang · satu akun terhitung pada setiap unggahan yang "
        "menjangkaunya, jadi jangkauan unggahan tidak dapat dijumlahkan · unitnya unggahan, karena "
        "akun-akunnya bereaksi serupa · selang {level}, masing-masing tersendiri"
    ),
    "posts_pairs_head": (
        "Pasangan unggahan ({level} untuk semuanya sekaligus, {family} perbandingan, hanya untuk "
        "unggahan ini)"
    ),
    "posts_pairs_left_out": "Tidak ditampilkan: {pairs} tanpa jawaban.",
    "posts_blank": "Kosong, artinya tidak terukur dan bukan 0: {fields}.",
    "posts_blank_field": "{field} pada {posts}",
    "posts_repeated": (
        "{count} baris memuat unggahan yang juga ada di baris lain: setiap unggahan dihitung sekali, "
        "dengan angkanya yang lebih besar."
    ),
    "posts_out_internal": "Tidak disertakan: {posts} untuk pegawai sendiri.",
    "posts_out_staff": "Tidak disertakan: {posts} dari akun pribadi staf.",
    "posts_impossible": "Baris yang mustahil, tidak termasuk dalam angka di atas",
    "posts_with_impossible": (
        "Seandainya baris itu disertakan apa adanya: analisis kepekaan, tidak menentukan apa pun"
    ),
    "posts_same_rates": "Tidak ada tingkat yang berubah.",
    "posts_same_verdicts": "Tidak ada kesimpulan yang berubah.",
    "posts_other_verdict": "{pair} menjadi: {verdict}",
    "counted_posts": "{count} unggahan",
    "because_too few posts": "unggahan terlalu sedikit",
    "reason_no_posts": "tidak ada unggahan {arm}; yang ada: {known}",
    "reason_posts_not_measured": "tidak ada unggahan {arm} yang memiliki {fields} sekaligus",
    "reason_nobody_reached": "unggahan {arm} tidak menjangkau akun mana pun",
    "reason_platforms_differ": (
        "unggahannya dari beberapa platform ({platforms}), yang masing-masing menghitung akun dengan "
        "aturannya sendiri"
    ),
}
