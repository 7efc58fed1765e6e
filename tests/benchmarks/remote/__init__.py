"""What a session over the network costs: bytes on the line, lag on a bad one, thirty sessions at once."""
