"""1-on-1 sheets in English."""

from __future__ import annotations

from leadconsole.demo.sheets import Matter, Sheet

SHEET = Sheet(
    matters=(
        Matter(
            "Requests done on time", 20,
            ("Four requests went past their norm without a word to the client.", "Two clients had to ask twice."),
            ("Mostly in time; one request slept over the weekend.", "In time but for the bank exchange."),
            ("Everything in time, the urgent ones first.", "Nothing late, and clients heard before they asked."),
        ),
        Matter(
            "Answers a client understands", 15,
            ("The answer was a link without a word of explanation.", "Wrote in our slang to an accountant."),
            ("Clear, but long: the step that matters stood at the end.", "Clear in most; one had to be explained by phone."),
            ("Short, polite, with the next step in the first line.", "The client thanked for the picture with arrows."),
        ),
        Matter(
            "Solves it alone before handing on", 15,
            ("Handed three easy ones to the second line at once.", "Gave it on without looking into the log."),
            ("Tried first, but wrote nothing down of what was tried.", "One hand-off could have been spared."),
            ("Handed on only what needs the database, with all that was tried.", "Found it alone, with a search in old requests."),
        ),
        Matter(
            "Time and notes written down", 10,
            ("Half of the week has no minutes.", "Notes are missing where colleagues needed them."),
            ("Minutes are there, notes are thin.", "Written down, but in the evening from memory."),
            ("Every hour with its request; anyone can go on from the notes.",),
        ),
        Matter(
            "Learns and shares", 10,
            ("No article and no question in two weeks.",),
            ("Read up on the new release, told nobody.",),
            ("Wrote the guide on closing the month; two colleagues used it.",),
        ),
        Matter(
            "Calm with difficult clients", 10,
            ("Argued with the client about whose fault it is.",),
            ("Stayed calm, but promised too much.",),
            ("Took the shouting call, summed it up by mail, and it was over.",),
        ),
    ),
    improvements=(
        "Write minutes and notes right after each request",
        "Call the client before a request runs past its norm",
        "Write down what was tried before handing on",
    ),
    lacks=("Access to the ERP test server", "A second monitor", "A day of training on the new reports"),
    points=("Who covers for me on Fridays?", "The script for closing the month: shall I finish it?", "Talk about the second line"),
    remark="Agreed. The bank exchange was waiting for their access, though.",
    note="Seems tired since the move; ask about the schedule.",
)  # fmt: skip
