"""The shift roster: who works when; what is wrong with a plan, and a good plan found by itself."""
