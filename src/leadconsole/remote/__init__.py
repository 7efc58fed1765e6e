"""Remote access: public keys, the forced command of OpenSSH, what a session over the network may do."""
