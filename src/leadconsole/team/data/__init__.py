"""Published facts that the desk needs and no library has."""
