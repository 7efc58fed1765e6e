"""Files in and out: the interchange folder and the exports of other desks."""
