"""Records out: one file a format; every format writes what the record says and decides nothing."""
