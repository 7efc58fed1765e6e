"""The first screen: what needs a decision now, and which ticket comes next."""
