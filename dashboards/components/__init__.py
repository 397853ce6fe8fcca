"""Frame in, figure out: what pages are made of. Nothing here reads the database."""
