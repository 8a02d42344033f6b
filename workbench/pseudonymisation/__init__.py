"""Names out of the text, pseudonyms in, and back for the key holder only."""
