"""What is written beside the sums of a demo desk's payout, by language."""

from __future__ import annotations

from typing import NamedTuple


class PayWords(NamedTuple):
    """Texts of expenses, set-asides, the correction and the decision after a bad month."""

    hosting: str
    rescue: str
    decision: str
    reserve: str
    bonus: str
    adjustment: str


PAY_WORDS = {
    "en": PayWords(
        "Test servers and telephony",
        "Database recovery by an outside firm after the disk failure",
        "Checked backups at every client of the priority policy; two fees renegotiated",
        "Training of the first line",
        "Took over the customers of a colleague who left",
        "Act issued twice",
    ),
    "ru": PayWords(
        "Тестовые серверы и телефония",
        "Восстановление базы внешней фирмой после отказа диска",
        "Проверенные копии у всех клиентов с приоритетной политикой; две абонентские платы пересмотрены",
        "Обучение первой линии",
        "Принял клиентов уволившегося коллеги",
        "Акт выставлен дважды",
    ),
    "uk": PayWords(
        "Тестові сервери й телефонія",
        "Відновлення бази зовнішньою фірмою після відмови диска",
        "Перевірені копії в усіх клієнтів із пріоритетною політикою; дві абонентські плати переглянуто",
        "Навчання першої лінії",
        "Прийняв клієнтів колеги, який звільнився",
        "Акт виставлено двічі",
    ),
}
