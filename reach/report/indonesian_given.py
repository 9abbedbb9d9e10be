"""Reasons, assumptions and methods that a document of persons has in English, in Indonesian.

Blanks stand for what differs: the first pattern that a sentence fits is taken.
"""

from __future__ import annotations

from typing import Final

_NOT_MEASURED: Final = {
    "it is told in {unit}, which are no persons": "angkanya dalam {unit}, dan {unit} bukan orang",
    "nobody counted who came": "tidak ada yang menghitung siapa yang hadir",
    "what was put out says nothing of who saw or heard it: nobody counted, asked or estimated": (
        "yang dipasang atau disiarkan tidak memberi tahu siapa yang melihat atau mendengarnya: "
        "tidak ada yang menghitung, menanyai, atau memperkirakan"
    ),
    "whom it might reach is not whom it reached": (
        "yang mungkin terjangkau bukanlah yang terjangkau"
    ),
    "readers of an average issue need not have noted it: state noting in an estimate": (
        "pembaca edisi rata-rata belum tentu memperhatikannya: nyatakan noting dalam perkiraan"
    ),
    "contacts and ratings are no persons: state reach, reach1_pct, or grp with ots_average": (
        "kontak dan rating bukan orang: nyatakan reach, reach1_pct, atau grp beserta ots_average"
    ),
    "no sampling error is stated, nor a sample size: the estimate stands between all that is"
    " possible, and no universe of {unit}": (
        "galat penarikan sampel dan jumlah sampelnya tidak dinyatakan, begitu pula seluruh "
        "populasinya dalam {unit}"
    ),
    "the platform tells no number of accounts: impressions and views are times": (
        "platform tidak memberikan jumlah akun: impresi dan tayangan adalah berapa kali, bukan "
        "berapa akun"
    ),
    "visitors or followers of outlets are whom they might reach, and no reach": (
        "pengunjung atau pengikut media adalah yang mungkin terjangkau, bukan jangkauan"
    ),
    "whoever was called back had been given something: they are no sample of the universe. State"
    " what they say as read_share in an estimate": (
        "yang ditelepon kembali adalah mereka yang telah diberi sesuatu: mereka bukan sampel "
        "populasi. Nyatakan jawaban mereka sebagai read_share dalam perkiraan"
    ),
    "the universe is of the public: of how many staff these answers are a share nobody says": (
        "populasinya adalah masyarakat: tidak dinyatakan dari berapa pegawai jawaban ini diambil"
    ),
    "of {formula} nobody states {inputs}": "dari {formula} belum dinyatakan {inputs}",
    "{group} has several rows of one period ({places}): nobody says which is right, so it is not"
    " measured. Keep one.": (
        "{group} memiliki beberapa baris untuk satu periode ({places}) dan tidak diketahui mana "
        "yang benar, jadi dianggap tidak terukur. Sisakan satu."
    ),
    "{group} has rows of different periods ({places}), and the reach of periods never adds up: not"
    " measured. Give one row for the whole period.": (
        "{group} memiliki baris dengan periode berbeda-beda ({places}), dan jangkauan antarperiode "
        "tidak dapat dijumlahkan: tidak terukur. Berikan satu baris untuk seluruh periode."
    ),
    "nobody in the sample belongs to this group with a weight above 0": (
        "dalam sampel tidak ada seorang pun dari kelompok ini yang bobotnya di atas 0"
    ),
    "this group is in {units} primary units of {strata} strata: too few to see how units differ": (
        "kelompok ini ada di {units} klaster dari {strata} strata: terlalu sedikit untuk melihat "
        "seberapa berbeda klaster-klasternya"
    ),
}

_ASSUMED: Final = {
    "what people say of their exposure is so": (
        "yang dikatakan orang tentang apa yang mereka lihat atau dengar memang benar"
    ),
    "visitors of the places where people were asked are like everybody": (
        "pengunjung tempat orang ditanyai serupa dengan semua orang"
    ),
    "what people say they remember is so: no decoy tells how many only say so": (
        "yang dikatakan orang tentang ingatannya memang benar: tidak ada pengecoh yang menunjukkan "
        "berapa yang sekadar mengaku ingat"
    ),
    "who did not see the message claims to remember it as often as the decoys are claimed": (
        "yang tidak melihat pesannya mengaku mengingatnya sesering pengecoh diakui"
    ),
    "no sampling error is stated, nor a sample size: the estimate stands between all that is"
    " possible": (
        "galat penarikan sampel dan jumlah sampelnya tidak dinyatakan: perkiraannya berada di "
        "antara semua yang mungkin"
    ),
    "people were drawn one by one: the source states no design effect": (
        "orang ditarik satu per satu: sumbernya tidak menyatakan efek desain"
    ),
    "its {measured} persons stand for the {there} of the universe": (
        "{measured} orang yang diukurnya mewakili {there} orang dalam populasi"
    ),
    "its {measured} stand for the {there} of the universe": (
        "{measured} yang diukurnya mewakili {there} orang dalam populasi"
    ),
    "who was there need not have heard, seen or read it: those counted are the most there can be": (
        "yang berada di sana belum tentu mendengar, melihat, atau membacanya: yang terhitung adalah "
        "sebanyak-banyaknya"
    ),
    "nobody knows who came to several events: at least the largest, at most all together": (
        "tidak diketahui siapa yang hadir di beberapa acara: sedikitnya acara yang terbesar, paling "
        "banyak jumlah semuanya"
    ),
    "nobody knows which accounts saw several posts: at least the largest, at most all together": (
        "tidak diketahui akun mana yang melihat beberapa unggahan: sedikitnya unggahan yang "
        "terbesar, paling banyak jumlah semuanya"
    ),
    "where no range of a count is stated, it may be anything up to all persons": (
        "bila rentang suatu hitungan tidak dinyatakan, isinya bisa berapa saja sampai semua orang"
    ),
    "passers are different persons, and not passages of the same": (
        "yang lewat adalah orang yang berbeda-beda, bukan orang yang sama berulang kali"
    ),
    "those in range are different persons, who live or were there": (
        "yang berada dalam jangkauan suara adalah orang yang berbeda-beda, yang tinggal atau berada "
        "di sana"
    ),
    "readers of several copies are different persons": (
        "pembaca beberapa eksemplar adalah orang yang berbeda-beda"
    ),
    "each piece has one reader, and each another": (
        "setiap lembar memiliki satu pembaca, masing-masing orang yang berbeda"
    ),
    "persons stand as densely all over the place, and all were counted at one moment": (
        "orang berdiri sama rapatnya di seluruh tempat, dan semua dihitung pada satu saat"
    ),
    "every input is stated as fixed, which nobody knows: the estimate stands between all that is"
    " possible": (
        "setiap masukan dinyatakan seolah-olah pasti, padahal tidak ada yang tahu sepasti itu: "
        "perkiraannya berada di antara semua yang mungkin"
    ),
    "covers the stated doubt about the inputs, taken as independent; covers no bias: neither a"
    " wrong formula nor an input that is off beyond what was stated": (
        "mencakup keraguan yang dinyatakan atas setiap masukan, yang dianggap saling bebas; tidak "
        "mencakup bias: baik rumus yang keliru maupun masukan yang meleset lebih dari yang "
        "dinyatakan"
    ),
}

_METHODS: Final = {
    "counted: one key a person in all logs; from those with a receipt to those without a failure": (
        "dihitung: satu kunci per orang di semua log; dari yang memiliki tanda terima sampai yang "
        "tidak gagal"
    ),
    "different accounts, as the platform counts them": (
        "akun yang berbeda-beda, menurut hitungan platform"
    ),
    "media monitoring": "pemantauan media",
    "estimate, {formula}; Monte Carlo over the stated inputs; variance shares by Saltelli 2010 and"
    " Jansen": (
        "perkiraan, {formula}; Monte Carlo atas masukan yang dinyatakan; bagian ragam menurut "
        "Saltelli 2010 dan Jansen"
    ),
    "survey, {asked} asked in {units} primary units, design effect {effect}; proportion, Wilson with"
    " effective trials and Student's t; Taylor linearisation by strata and primary units": (
        "survei, {asked} orang ditanyai di {units} klaster, efek desain {effect}; proporsi, Wilson "
        "dengan ukuran sampel efektif dan t Student; linearisasi Taylor menurut strata dan klaster"
    ),
    "survey, {asked} asked in {units} primary units; proportion, Wilson with effective trials and"
    " Student's t; Taylor linearisation by strata and primary units": (
        "survei, {asked} orang ditanyai di {units} klaster; proporsi, Wilson dengan ukuran sampel "
        "efektif dan t Student; linearisasi Taylor menurut strata dan klaster"
    ),
}

GIVEN: Final[dict[str, str]] = _NOT_MEASURED | _ASSUMED | _METHODS
"""English sentences with their blanks, and what is said for each."""
