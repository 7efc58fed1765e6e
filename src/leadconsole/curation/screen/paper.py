"""A Markdown paper as text in tones."""

from __future__ import annotations

from leadconsole.console.widgets.text_pane import Block, block


def paper(markdown: str) -> list[Block]:
    """The lines of a paper: headings stand out, lists are moved in."""
    blocks: list[Block] = []
    for line in markdown.splitlines():
        if line.startswith("# "):
            blocks.append(block(line[2:], "bold"))
        elif line.startswith("## "):
            blocks.append(block(line[3:], "accent"))
        elif line.startswith("**") and line.endswith("**"):
            blocks.append(block("▲ " + line[2:-2], "danger"))
        elif line or (blocks and blocks[-1].pieces[0].tone != "accent" and blocks[-1] != block()):
            blocks.append(block(line, indent=2 if line.startswith("- ") else 0))
    return blocks
