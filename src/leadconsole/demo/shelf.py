"""Ready texts and macros of a demo desk, everybody's, in its language."""

from __future__ import annotations

from leadconsole.demo.parts import Scene

Text = tuple[str, str]
"""Name and text."""
Macro = dict[str, str]

_TEXTS: dict[str, tuple[Text, ...]] = {
    "en": (
        ("We are on it", "Dear {requester},\n\nwe are working on ticket {number} «{subject}».\n\n{me}"),
        ("A picture, please", "Dear {requester},\n\nplease send a picture of the whole window, with the message.\n\n{me}"),
        ("Is it done?", "Dear {requester},\n\n{number} is solved. Please confirm, or tell us what is missing.\n\n{me}"),
    ),
    "ru": (
        ("Взяли в работу", "{заявитель}, здравствуйте!\n\nРаботаем над заявкой {номер} «{тема}».\n\n{я}"),
        ("Снимок экрана", "{заявитель}, здравствуйте!\n\nПришлите, пожалуйста, снимок всего окна с сообщением.\n\n{я}"),
        ("Всё ли готово", "{заявитель}, здравствуйте!\n\nЗаявка {номер} решена. Подтвердите или скажите, что не так.\n\n{я}"),
    ),
    "uk": (
        ("Узяли в роботу", "{заявник}, вітаємо!\n\nПрацюємо над заявкою {номер} «{тема}».\n\n{я}"),
        ("Знімок екрана", "{заявник}, вітаємо!\n\nНадішліть, будь ласка, знімок усього вікна з повідомленням.\n\n{я}"),
        ("Чи все готово", "{заявник}, вітаємо!\n\nЗаявку {номер} вирішено. Підтвердьте або скажіть, що не так.\n\n{я}"),
    ),
}  # fmt: skip
_MACROS: dict[str, tuple[Macro, ...]] = {
    "en": (
        {"name": "Take it", "assign": "@me", "status": "open"},
        {"name": "Asked for a picture", "reply": _TEXTS["en"][1][1], "status": "waiting_client", "wait": "2d"},
        {"name": "To the second line", "line": "2", "reason": "Checked what the first line can check.", "assign": "-"},
    ),
    "ru": (
        {"name": "Беру", "assign": "@me", "status": "open"},
        {"name": "Спросили снимок", "reply": _TEXTS["ru"][1][1], "status": "waiting_client", "wait": "2d"},
        {"name": "На вторую линию", "line": "2", "reason": "Проверено всё, что может первая линия.", "assign": "-"},
    ),
    "uk": (
        {"name": "Беру", "assign": "@me", "status": "open"},
        {"name": "Спитали знімок", "reply": _TEXTS["uk"][1][1], "status": "waiting_client", "wait": "2d"},
        {"name": "На другу лінію", "line": "2", "reason": "Перевірено все, що може перша лінія.", "assign": "-"},
    ),
}  # fmt: skip


def fill(scene: Scene) -> None:
    """Fill the tables of ready texts and macros."""
    scene.sql.executemany("INSERT INTO canned_text (owner, name, text) VALUES ('', ?, ?)", _TEXTS[scene.language])
    for macro in _MACROS[scene.language]:
        names = ", ".join(macro)
        marks = ", ".join("?" * len(macro))
        scene.sql.execute(f"INSERT INTO macro (owner, {names}) VALUES ('', {marks})", list(macro.values()))
